/** Sleeps for some milliseconds: how a non-blocking descriptor is waited for. */
export function waitBriefly(): void {
  // Made here, not once above: a startup snapshot cannot hold one.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}

/** The name of a system error (`EAGAIN`); undefined for anything else. */
export function errorCode(thrown: unknown): string | undefined {
  return thrown instanceof Error && "code" in thrown && typeof thrown.code === "string"
    ? thrown.code
    : undefined;
}
