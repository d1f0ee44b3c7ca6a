/** Sleeps for some milliseconds: how a non-blocking descriptor is waited for. */
export function waitBriefly(): void {
  // Made here, not once above: a startup snapshot cannot hold one.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}

/**
 * What to do when a signal broke off a call, before it is made again. The signal is SIGINT, and what stops the program
 * then is another thread, which needs a moment: in a call that blocks again, nothing would be stopped.
 */
export function waitForInterrupt(): void {
  for (let waits = 0; waits < 200; waits++) waitBriefly();
}

/** The name of a system error (`EAGAIN`); undefined for anything else. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
