/** What exec-check was asked to do. */
export type Command =
  | ({ readonly do: "check" } & Survey)
  | { readonly do: "help" | "version" }
  | { readonly do: "complain"; readonly about: Complaint };

/** Which files are to be checked, as whom, and what is to be said of them. */
export interface Survey {
  readonly paths: readonly Buffer[];
  readonly recursive: boolean;
  /** A shell's pattern for the names of files in trees. */
  readonly name: Buffer | undefined;
  readonly user: Identity | undefined;
  readonly form: Form;
  readonly summary: boolean;
}

/** `lines` for people, `names` of what would not be executed for xargs, `json` for programs. */
export type Form = "lines" | "names" | "json";

/** Whom to become; without a group, the user's own ones. */
export interface Identity {
  readonly uid: number;
  readonly gid: number | undefined;
}

export type Complaint =
  | { readonly is: "unknown option"; readonly option: Buffer }
  | { readonly is: "no argument"; readonly option: string }
  | { readonly is: "not a user"; readonly text: Buffer }
  | { readonly is: "options exclude each other"; readonly options: readonly [string, string] }
  | { readonly is: "no path" };

const LARGEST_ID = 0xffff_fffe;

/**
 * Reads `exec-check [options] [--] path…`. Options end at `--` or at the first argument that is not one; an argument of a
 * long option is the next word, or follows `=`. Single letters combine.
 */
export function parseCommandLine(args: readonly Buffer[]): Command {
  let recursive = false;
  let summary = false;
  let form: Form = "lines";
  let name: Buffer | undefined;
  let user: Identity | undefined;
  let at = 0;
  for (; at < args.length; at++) {
    const word = args[at] as Buffer;
    // In Latin-1 each byte is one character, so that no byte is lost.
    const text = word.toString("latin1");
    if (text === "--") {
      at++;
      break;
    }
    if (!text.startsWith("-") || text === "-") break;
    const [option] = text.startsWith("--") ? text.split("=", 1) : [text];
    if (option === "--name" || option === "--as-user") {
      const value = text.length > option.length ? word.subarray(option.length + 1) : args[++at];
      if (value === undefined) return complain({ is: "no argument", option });
      if (option === "--name") name = value;
      else {
        user = identityIn(value.toString("latin1"));
        if (user === undefined) return complain({ is: "not a user", text: value });
      }
    } else if (text === "--help" || text === "-h") return { do: "help" };
    else if (text === "--version") return { do: "version" };
    else if (text === "--summary") summary = true;
    else if (text === "--json" || text === "--null" || text === "--recursive" || /^-[r0]+$/.test(text)) {
      const letters = text.startsWith("--") ? "" : text;
      if (text === "--recursive" || letters.includes("r")) recursive = true;
      const wanted: Form =
        text === "--json" ? "json" : text === "--null" || letters.includes("0") ? "names" : form;
      if (form !== "lines" && wanted !== form) return excluded("--json", "-0");
      form = wanted;
    } else return complain({ is: "unknown option", option: word });
  }
  const paths = args.slice(at);
  if (summary && form === "names") return excluded("--summary", "-0");
  if (paths.length === 0) return complain({ is: "no path" });
  return { do: "check", paths, recursive, name, user, form, summary };
}

/** `UID` or `UID:GID`, as numbers. */
function identityIn(text: string): Identity | undefined {
  const [, uid, gid] = /^(\d+)(?::(\d+))?$/.exec(text) ?? [];
  if (uid === undefined || [uid, gid ?? "0"].some((id) => Number(id) > LARGEST_ID)) return undefined;
  return { uid: Number(uid), gid: gid === undefined ? undefined : Number(gid) };
}

function excluded(one: string, other: string): Command {
  return complain({ is: "options exclude each other", options: [one, other] });
}

function complain(about: Complaint): Command {
  return { do: "complain", about };
}
