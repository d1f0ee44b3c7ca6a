/** Attempts go side by side; what ran out of time is tried again while no other is under way. */

export interface Turns {
  /** Does this beside others of its kind. */
  readonly beside: <T>(work: () => Promise<T>) => Promise<T>;
  /**
   * Does this while nothing else is done; gives undefined, and does nothing, where trying again has been of no use too
   * often.
   */
  readonly again: <T>(work: () => Promise<T>, isBetter: (result: T) => boolean) => Promise<T | undefined>;
}

/** So many that did not end even alone, one after the other, and it is not the load that keeps them from it. */
const IN_VAIN = 8;

export function makeTurns(): Turns {
  const waiting: { readonly isAlone: boolean; readonly begin: () => void }[] = [];
  let underWay = 0;
  let isOneAlone = false;
  let inVain = 0;
  const admit = () => {
    for (let first = waiting[0]; first !== undefined; first = waiting[0]) {
      if (isOneAlone || (first.isAlone && underWay > 0)) return;
      waiting.shift();
      underWay++;
      isOneAlone = first.isAlone;
      first.begin();
    }
  };
  const take = async <T>(isAlone: boolean, work: () => Promise<T>): Promise<T> => {
    await new Promise<void>((begin) => {
      waiting.push({ isAlone, begin });
      admit();
    });
    try {
      return await work();
    } finally {
      underWay--;
      isOneAlone = false;
      admit();
    }
  };
  return {
    beside: (work) => take(false, work),
    again: (work, isBetter) =>
      take(true, async () => {
        if (inVain >= IN_VAIN) return undefined;
        const result = await work();
        inVain = isBetter(result) ? 0 : inVain + 1;
        return result;
      }),
  };
}
