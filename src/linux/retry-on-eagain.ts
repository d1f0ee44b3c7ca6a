import { sleep } from "./sleep.ts";

/** How long a descriptor that has nothing to say, or takes nothing, is left alone. */
const WAIT_MS = 5;

/**
 * Makes a call until it has an answer: on a descriptor that someone made non-blocking, EAGAIN means "not now" and is no
 * end. Between the calls the thread sleeps.
 *
 * @param call A read or a write of one descriptor.
 * @throws Whatever else the call throws.
 */
export function retryOnEagain<T>(call: () => T): T {
  while (true) {
    try {
      return call();
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) throw error;
      sleep(WAIT_MS);
    }
  }
}
