import { decodeText } from "../../diagnostics/source.ts";
import { isInteger } from "../../values/integer.ts";
import { charge, checkTextLength } from "../../values/memory.ts";
import { printed, shown } from "../../values/print-value.ts";
import { ScriptError } from "../../values/script-error.ts";
import type { Value } from "../../values/value.ts";
import { readLineBytes } from "../input.ts";
import { available, type World } from "../world.ts";
import { type Builtin, shorten, takes, text, wrong } from "./builtin.ts";

/** Thrown by `exit`. It is not an error. */
export class ExitRequest {
  readonly status: number;

  constructor(status: number) {
    this.status = status;
  }
}

/** The built-in functions that reach outside or end the program, in the order of docs/language.md. */
export function outsideFunctions(world: World): Builtin[] {
  const { output, errors, input } = world;
  return [
    takes("read_line", 0, 0, () => {
      output.flush();
      const bytes = readLineBytes(input);
      return bytes === undefined ? null : decoded(bytes, "the line");
    }),
    takes("read_file", 1, 1, (_, path) => {
      const name = text("read_file", path as Value);
      return decoded(
        available(() => world.readData(name)),
        shorten(shown(name)),
      );
    }),
    takes("eprint", 0, Number.POSITIVE_INFINITY, (_, ...values) => {
      output.flush();
      errors.write(`${values.map(printed).join(" ")}\n`);
      return null;
    }),
    takes("args", 0, 0, () => world.args.map((bytes, i) => decoded(bytes, `argument ${i + 1}`))),
    takes("env", 1, 1, (_, name) => {
      const variable = text("env", name as Value);
      const bytes = available(() => world.env(variable));
      return bytes === undefined ? null : decoded(bytes, `the variable ${shorten(shown(name as Value))}`);
    }),
    takes("exit", 1, 1, (_, status) => {
      if (!isInteger(status)) return wrong("exit", "an integer", status as Value);
      if (status < 0 || status > 255) throw new ScriptError(`an exit status must be 0 to 255, not ${status}`);
      throw new ExitRequest(Number(status));
    }),
    takes("fail", 1, 1, (_, message) => {
      throw new ScriptError(text("fail", message as Value));
    }),
  ];
}

function decoded(bytes: Uint8Array, what: string): string {
  const result = decodeText(bytes);
  if (!result.ok) throw new ScriptError(`${what} is not text: ${result.message}, at byte ${result.offset}`);
  checkTextLength(result.text.length);
  charge(result.text.length);
  return result.text;
}
