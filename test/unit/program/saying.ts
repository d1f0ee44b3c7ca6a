/** A program that says a text several times and leaves. Its standard output can be made non-blocking. */
import { leave } from "../../../src/program/leave.ts";
import { message } from "../../../src/program/message.ts";
import { endWithoutOutput, OutputFailed, say } from "../../../src/program/output.ts";
import { makeNonBlocking } from "../../support/libc.ts";

const [fd, text = "", times, nonBlocking] = process.argv.slice(2);
if (nonBlocking) makeNonBlocking(1);

function program() {
  try {
    let status = 0;
    for (let i = 0; i < Number(times); i++) status = say(fd === "1" ? 1 : 2, message(text), 5);
    return status;
  } catch (error) {
    if (!(error instanceof OutputFailed)) throw error;
    return endWithoutOutput(error, "program", 6);
  }
}

leave(program());
