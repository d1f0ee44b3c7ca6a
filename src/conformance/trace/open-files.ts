/**
 * Follows the open files of traced processes: which descriptor of which process is which open file, through open, dup,
 * fcntl, close, fork, threads and what a socket passes on. Two descriptors of one open file share one object here.
 */
import { type Call, descriptorIn, descriptorsPassed, numberIn, stringIn } from "./strace-log.ts";

/** One open file: what open(2) makes and dup(2) shares. */
export interface OpenFile {
  readonly target: string;
  /** The open file through whose /proc/self/fd/N it was opened: the same file, whatever its name is by now. */
  readonly reopenedFrom: OpenFile | undefined;
}

type Table = Map<number, OpenFile>;

const CLONE_FILES = 0x400;
const F_DUPFD = 0;
const F_DUPFD_CLOEXEC = 1030;

export class OpenFiles {
  readonly #tables = new Map<number, Table>();
  readonly #inherited: Table = new Map();
  /** Sent over a socket (SCM_RIGHTS) and not received yet, the oldest first. */
  readonly #sent: OpenFile[] = [];
  readonly #parents: ReadonlyMap<number, Call>;

  constructor(calls: readonly Call[]) {
    const births = calls.filter(({ name }) => /^(clone3?|v?fork)$/.test(name));
    this.#parents = new Map(births.map((call) => [numberIn(call.result) ?? -1, call]));
  }

  /** The open file behind a descriptor as strace shows it, at this moment. */
  at(pid: number, text: string | undefined): OpenFile | undefined {
    const shown = descriptorIn(text);
    if (shown === undefined) return undefined;
    const table = this.#tableOf(pid);
    const known = table.get(shown.fd) ?? this.#inherited.get(shown.fd);
    if (known !== undefined && known.target === shown.target) return known;
    // Its opening was not seen: it was open before, or came in a way that is not followed.
    const file: OpenFile = { target: shown.target, reopenedFrom: undefined };
    (known === undefined ? this.#inherited : table).set(shown.fd, file);
    return file;
  }

  /** Does a process hold an open file of this name? */
  isOpen(target: string): boolean {
    return [this.#inherited, ...this.#tables.values()].some((table) =>
      [...table.values()].some((file) => file.target === target),
    );
  }

  /** Takes a call into account. To be called for each call, in order, after what was asked about it. */
  follow(call: Call): void {
    const { pid, name, args, result } = call;
    const made = descriptorIn(result);
    const table = this.#tableOf(pid);
    switch (name) {
      case "open":
      case "openat":
      case "openat2": {
        if (made === undefined) return;
        const path = stringIn(args[name === "open" ? 0 : 1]) ?? "";
        const through = /^(?:\/proc\/(?:self|thread-self|\d+)\/fd|\/dev\/fd)\/(\d+)$/.exec(path)?.[1];
        const fd = through ?? (/^\/dev\/std(in|out|err)$/.test(path) ? "0" : undefined);
        const origin = fd === undefined ? undefined : this.#tableOf(pid).get(Number(fd));
        const reopened = origin ?? (fd === undefined ? undefined : this.#inherited.get(Number(fd)));
        const isSame = reopened?.target === made.target;
        table.set(made.fd, { target: made.target, reopenedFrom: isSame ? reopened : undefined });
        return;
      }
      case "dup":
      case "dup2":
      case "dup3":
      case "fcntl": {
        const command = numberIn(args[1]);
        if (name === "fcntl" && command !== F_DUPFD && command !== F_DUPFD_CLOEXEC) return;
        const file = this.at(pid, args[0]);
        if (made !== undefined && file !== undefined) table.set(made.fd, file);
        return;
      }
      case "close": {
        const fd = descriptorIn(args[0])?.fd;
        if (fd !== undefined) table.delete(fd);
        return;
      }
      case "sendmsg": {
        for (const shown of descriptorsPassed(args[1])) {
          const file = this.at(pid, shown);
          if (file !== undefined) this.#sent.push(file);
        }
        return;
      }
      case "recvmsg": {
        for (const shown of descriptorsPassed(args[1])) this.#receive(table, shown);
        return;
      }
      case "clone":
      case "clone3":
      case "fork":
      case "vfork": {
        // What the parent closes before the child's first call, the child has all the same.
        const child = numberIn(result);
        if (child !== undefined && child > 0) this.#tableOf(child);
        return;
      }
    }
  }

  /** What was sent of this name; something that came from outside the trace is a file of its own. */
  #receive(table: Table, shown: string): void {
    const received = descriptorIn(shown);
    if (received === undefined) return;
    const at = this.#sent.findIndex(({ target }) => target === received.target);
    const [file] = at === -1 ? [] : this.#sent.splice(at, 1);
    table.set(received.fd, file ?? { target: received.target, reopenedFrom: undefined });
  }

  #tableOf(pid: number): Table {
    const known = this.#tables.get(pid);
    if (known !== undefined) return known;
    const birth = this.#parents.get(pid);
    const parents = birth === undefined ? undefined : this.#tableOf(birth.pid);
    const table = parents === undefined ? new Map() : sharesFiles(birth) ? parents : new Map(parents);
    this.#tables.set(pid, table);
    return table;
  }
}

function sharesFiles(birth: Call | undefined): boolean {
  const flags = /flags=((?:0x[0-9a-f]+|\d+)(?:\|\d+)?)/.exec(birth?.args.join(",") ?? "")?.[1];
  return ((numberIn(flags) ?? 0) & CLONE_FILES) !== 0;
}

/** Whether this is certainly the same file: the same open file, or one that was opened through it. */
export function descendsFrom(file: OpenFile, origin: OpenFile): boolean {
  if (file === origin) return true;
  return file.reopenedFrom !== undefined && descendsFrom(file.reopenedFrom, origin);
}
