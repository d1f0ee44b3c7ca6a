declare const MADE: unique symbol;

/** A text for a person, made in a file called messages.ts: the type of what can be said. */
export type Message = string & { readonly [MADE]: true };

/** Makes a message. Only files called messages.ts call it, so that each program has all its sentences in one place. */
export function message(text: string): Message {
  return text as Message;
}
