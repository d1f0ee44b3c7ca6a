/** Lets the thread sleep. SIGINT, where a run can be broken off by it, breaks off the sleep too. */
export function sleep(milliseconds: number): void {
  // Made for each call, because a startup snapshot cannot hold one.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
