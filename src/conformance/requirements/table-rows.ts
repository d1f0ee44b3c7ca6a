/** How requirements stand in a table, wherever one is shown. */
import type { Channel } from "./channels.ts";
import { MODES } from "./expectations.ts";
import type { Requirement } from "./requirement.ts";

/** A channel's four modes stand in one row, undefined where nothing is required; any other requirement stands alone. */
export type TableRow =
  | { readonly id: string; readonly modes: readonly (Requirement | undefined)[] }
  | { readonly id: string; readonly alone: Requirement };

/** Puts requirements into rows, in the order in which they come. */
export function tableRows(requirements: readonly Requirement[]): TableRow[] {
  const rows = Map.groupBy(requirements, ({ id, proof }) => (proof.by === "channel" ? proof.channel : id));
  return [...rows].map(([of, each]) =>
    typeof of === "string" ? { id: of, alone: each[0] as Requirement } : channelRow(of, each),
  );
}

function channelRow({ id }: Channel, of: readonly Requirement[]): TableRow {
  const inMode = (mode: number) => of.find(({ proof }) => proof.by === "channel" && proof.mode === mode);
  return { id, modes: MODES.map(inMode) };
}
