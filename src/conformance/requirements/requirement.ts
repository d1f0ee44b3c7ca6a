/** What a requirement is, and how it is found to hold or not. */
import type { Mode } from "../../exec-check/exec-check.ts";
import type { Channel } from "./channels.ts";
import type { Level } from "./expectations.ts";
import type { FaultKind } from "./faults.ts";
import type { Group } from "./groups.ts";
import type { Question } from "./questions.ts";
import type { SourceId } from "./sources.ts";

/** How a requirement is found to hold or not. */
export type Proof =
  | { readonly by: "channel"; readonly channel: Channel; readonly mode: Mode }
  | { readonly by: "trace"; readonly question: Question }
  | { readonly by: "fault"; readonly kind: FaultKind; readonly mode: Mode }
  | { readonly by: "race"; readonly swap: "to-bad" | "to-good" }
  | { readonly by: "moved-offset" }
  | { readonly by: "securebits-fault" };

export interface Requirement {
  readonly id: string;
  readonly group: Group;
  readonly level: Level;
  readonly sentence: string;
  readonly from: SourceId;
  readonly proof: Proof;
}

/** A requirement with this kind of proof. */
export type ProvedBy<By extends Proof["by"]> = Requirement & { readonly proof: Extract<Proof, { by: By }> };

/** Those of the requirements that have this kind of proof. */
export function provedBy<By extends Proof["by"]>(
  by: By,
  requirements: readonly Requirement[],
): ProvedBy<By>[] {
  return requirements.filter((each): each is ProvedBy<By> => each.proof.by === by);
}
