import type { IToken } from "chevrotain";
import type { Span } from "../diagnostics/diagnostic.ts";

/** What nodes of the tree are made of. */

/** The host gives an array room for 17 with its first element: that would be a fifth of a tree's memory. */
export function exact<T>(items: T[]): T[] {
  return items.slice();
}

export function after(token: IToken): number {
  return token.startOffset + token.image.length;
}

export function spanOf(token: IToken): Span {
  return { start: token.startOffset, end: after(token) };
}

export function bare<K extends string>(kind: K, token: IToken): { kind: K; start: number; end: number } {
  return { kind, start: token.startOffset, end: after(token) };
}
