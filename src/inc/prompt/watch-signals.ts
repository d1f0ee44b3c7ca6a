/**
 * Acts on signals, between `watch` and `rest`, as soon as the event loop runs. At any other time they have their default
 * effect.
 *
 * @param watched What to do at which signal.
 */
export function watchSignals(watched: Readonly<Partial<Record<NodeJS.Signals, () => void>>>): {
  watch(): void;
  rest(): void;
} {
  const all = Object.entries(watched) as [NodeJS.Signals, () => void][];
  return {
    watch() {
      for (const [signal, act] of all) process.on(signal, act);
    },
    rest() {
      for (const [signal, act] of all) process.off(signal, act);
    },
  };
}
