/** How much of a stream is kept. The rest is read and dropped, so that the child does not block. */
const KEPT_BYTES = 256 * 1024;

/** A command that writes more than this to one stream is stopped. */
const FLOOD_BYTES = 64 * 1024 * 1024;

/**
 * Captures what a child writes to a stream.
 *
 * @param flooded Called when it has written too much.
 * @returns What gives the beginning of it, as far as it has come.
 */
export function capture(stream: NodeJS.ReadableStream | null, flooded: () => void): { text: () => string } {
  const chunks: Buffer[] = [];
  let size = 0;
  stream?.on("data", (chunk: Buffer) => {
    if (size < KEPT_BYTES) chunks.push(chunk.subarray(0, KEPT_BYTES - size));
    size += chunk.length;
    if (size > FLOOD_BYTES) flooded();
  });
  stream?.on("error", () => {});
  return { text: () => Buffer.concat(chunks).toString() };
}
