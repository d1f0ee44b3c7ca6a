import { causeWording, errnoName, printable } from "../exec-check/exec-check.ts";
import { print, say } from "../program/output.ts";
import type { Form } from "./command-line.ts";
import * as messages from "./messages.ts";
import type { Outcome } from "./outcome.ts";
import type { Tally } from "./tally.ts";

/** The version of what `--json` prints. It grows where a reader of the last one would go wrong. */
const JSON_VERSION = 1;

/** In characters: what is written at once. */
const WRITTEN_AT_ONCE = 1 << 16;

/** Where outcomes go. */
export interface Report {
  readonly add: (outcome: Outcome) => void;
  /** Writes what is still to be written. */
  readonly end: (tally: Tally) => void;
}

/**
 * Tells of each file as it is found, or of all together at the end.
 *
 * What could not be looked at goes to standard error, but with `json` all goes to standard output.
 */
export function createReport(form: Form, summary: boolean): Report {
  let pending: string[] = [];
  let size = 0;
  const flush = () => {
    print(1, Buffer.from(pending.join(""), "latin1"));
    pending = [];
    size = 0;
  };
  /** @param text In Latin-1, where each character is a byte. */
  const add = (text: string) => {
    pending.push(text);
    size += text.length;
    if (size >= WRITTEN_AT_ONCE) flush();
  };
  const inBytes = (text: string) => Buffer.from(text).toString("latin1");

  return {
    add: (outcome) => {
      if (form === "json") {
        if (!summary) add(inBytes(`${JSON.stringify(asJson(outcome))}\n`));
      } else if (outcome.is === "unreadable") {
        flush();
        say(2, messages.unreadable(outcome));
      } else if (summary) return;
      else if (form === "names") {
        if (outcome.is === "refused") add(`${outcome.path.toString("latin1")}\0`);
      } else
        add(inBytes(outcome.is === "executable" ? messages.executable(outcome) : messages.refused(outcome)));
    },
    end: (tally) => {
      if (summary) {
        const causes = Object.fromEntries(tally.causes);
        add(
          inBytes(
            form === "json"
              ? `${JSON.stringify({ "exec-check": JSON_VERSION, ...tally, causes })}\n`
              : messages.summary(tally),
          ),
        );
      }
      flush();
    },
  };
}

/** One line of `--json`. A path that is not UTF-8 is also given as its bytes, in base64. */
function asJson(outcome: Outcome): object {
  const text = outcome.path.toString();
  const path = Buffer.from(text).equals(outcome.path)
    ? { path: text }
    : { path: printable(outcome.path), base64: outcome.path.toString("base64") };
  const head = { "exec-check": JSON_VERSION, ...path, result: outcome.is };
  switch (outcome.is) {
    case "executable":
      return head;
    case "unreadable":
      return { ...head, call: outcome.call, errno: errnoName(outcome.errno) };
    case "refused":
      return {
        ...head,
        kind: outcome.kind,
        errno: errnoName(outcome.check),
        cause: outcome.cause,
        hint: outcome.cause && causeWording(outcome.cause, messages.sourceOf(outcome)),
      };
  }
}
