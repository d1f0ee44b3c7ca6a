/** Gives what `read` gives; undefined where it throws, because a process or a file may be gone by then. */
export function quietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
