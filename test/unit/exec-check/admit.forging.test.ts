/**
 * Only an admission makes admitted code. The comments that expect errors hold it for the type checker (a comment above a
 * line without an error is an error too), and the tests for the running program.
 */
import { describe, expect, test } from "vitest";
import * as library from "../../../src/exec-check/exec-check.ts";
import {
  type AdmittedCode,
  type AdmittedSession,
  admit,
  admitSession,
} from "../../../src/exec-check/exec-check.ts";

/** Takes the code as an interpreter does. */
const bytesOf = (code: AdmittedCode) => code.bytes;
const typed = (session: AdmittedSession, text: string) => session.code(text);

const genuine = admit({ from: "snippet", name: "test", text: "genuine" }, { securebits: 0 });
const session = admitSession({ from: "stdin" }, { securebits: 0 });

/** An object with all public fields of admitted code. */
const lookalike = {
  source: "file" as const,
  name: "forged",
  identity: undefined,
  bytes: Buffer.from("forged"),
  release() {},
};

describe("the type checker refuses", () => {
  test("text, and objects of the same shape", () => {
    // @ts-expect-error Text is not admitted code.
    void (() => bytesOf("forged"));
    // @ts-expect-error The private field is missing.
    void (() => bytesOf(lookalike));
    // @ts-expect-error A spread copy has no private field.
    void (() => bytesOf({ ...genuine }));
    // @ts-expect-error A session has a private field, too.
    void (() => typed({ code: () => genuine }, "forged"));
    expect(Buffer.from(bytesOf(genuine)).toString()).toBe("genuine");
  });

  test("the classes, which are exported as types alone", () => {
    // @ts-expect-error It is not a value.
    void (() => new library.AdmittedCode());
    // @ts-expect-error It is not a value.
    void (() => new library.AdmittedSession());
    expect(library).not.toHaveProperty("AdmittedCode");
    expect(library).not.toHaveProperty("AdmittedSession");
  });
});

describe("the running program refuses", () => {
  const AnyCode = genuine.constructor as new (...args: unknown[]) => AdmittedCode;
  const AnySession = session.constructor as new (...args: unknown[]) => AdmittedSession;
  const of = { source: "file", name: "forged" };

  test.each([undefined, Symbol("admission"), Symbol.for("admission")])(
    "its constructor, reached through an instance, with %s for a key",
    (key) => {
      expect(() => new AnyCode(key, of, Buffer.from("forged"))).toThrow(TypeError);
      expect(() => new AnySession(key, of)).toThrow(TypeError);
    },
  );

  test("an object with its prototype", () => {
    const forged = Object.create(Object.getPrototypeOf(genuine)) as AdmittedCode;
    expect(forged).toBeInstanceOf(AnyCode);
    expect(() => bytesOf(forged)).toThrow(TypeError);
    const forgedSession = Object.create(Object.getPrototypeOf(session)) as AdmittedSession;
    expect(() => typed(forgedSession, "forged")).toThrow(TypeError);
  });

  test("a subclass", () => {
    class Forged extends AnyCode {
      override get bytes(): Uint8Array {
        return Buffer.from("forged");
      }
    }
    expect(() => new Forged(Symbol("admission"), of, Buffer.alloc(0))).toThrow(TypeError);
  });

  test("another answer of the kernel's", () => {
    expect(() => Object.assign(library.linuxKernel, { getSecurebits: () => 0 })).toThrow(TypeError);
  });

  test("another source or name for admitted code", () => {
    expect(() => Object.assign(genuine, { source: "file" })).toThrow(TypeError);
    expect(() => Object.defineProperty(genuine, "bytes", { value: Buffer.from("forged") })).toThrow(
      TypeError,
    );
  });
});
