/** What `read` gives; undefined where it throws: a process or a file may be gone before it is looked at. */
export function quietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
