import { printable } from "./printable.ts";

/** Text as it came from the system: bytes, where it may not be UTF-8. */
export type Text = string | Uint8Array;

/** Where code is to come from. Whether a path is a `file` or a `stream` is known only once it is open. */
export type Origin =
  | {
      readonly from: "path";
      readonly path: Text;
      /** The script's own arguments: the check sees them behind the path, as a native execution would. */
      readonly args?: readonly Text[];
    }
  | { readonly from: "stdin"; readonly args?: readonly Text[] }
  | { readonly from: "snippet"; readonly name: string; readonly text: Text };

/** An origin that has a descriptor. */
export type FileOrigin = Exclude<Origin, { from: "snippet" }>;

/** The name of an origin, made fit to print: for messages. */
export function nameOf(origin: Origin): string {
  if (origin.from === "path") return printable(origin.path);
  return origin.from === "stdin" ? "standard input" : printable(origin.name);
}

/**
 * What a native execution would see as its argv, and what security modules may look at in the check: the path as given, or
 * for standard input its link in /proc, then the script's arguments. Never empty, which the kernel would warn of. (ours)
 */
export function argvOf(origin: FileOrigin): Uint8Array[] {
  const name = origin.from === "stdin" ? "/proc/self/fd/0" : origin.path;
  return [name, ...(origin.args ?? [])].map((text) => Buffer.from(text));
}
