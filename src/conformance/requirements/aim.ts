/** What a requirement is about, as far as reports count apart what had to be refused from what had not. */
import { type Enforced, modeObeyed } from "./always.ts";
import { isRefusedIn } from "./faults.ts";
import type { Requirement } from "./requirement.ts";
import type { Kind } from "./ways.ts";

/** `refuse`: something must not run. `run`: something has to. `call`: how the kernel is asked. */
export type Aim = "refuse" | "run" | "call";

/** @param always What the build enforces in every mode. */
export function aimOf({ proof }: Requirement, always: readonly Enforced[] = []): Aim {
  switch (proof.by) {
    case "channel":
      return proof.channel.expect[modeObeyed(proof.mode, always) - 1] as Aim;
    case "fault":
      return isRefusedIn(modeObeyed(proof.mode, always), proof.kind) ? "refuse" : "run";
    case "race":
    case "moved-offset":
      return "refuse";
    case "trace":
    case "securebits-fault":
      return "call";
  }
}

/** The kind of source without which a requirement asks nothing; undefined where any kind will do. */
export function kindOf({ proof }: Requirement): Kind | undefined {
  switch (proof.by) {
    case "channel":
      return proof.channel.kind;
    case "fault":
      return proof.kind;
    case "moved-offset":
      return "stdin";
    case "race":
    case "securebits-fault":
      return "script";
    case "trace":
      return undefined;
  }
}

/** The kinds that nearly every interpreter takes: without them in its adapter, nobody can say that it conforms. */
export const EXPECTED_KINDS = ["script", "stdin"] as const satisfies readonly Kind[];
