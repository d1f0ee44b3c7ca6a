/** What cannot be had here, and why. Where a case needs it, this is why the case is skipped. */
export interface Missing {
  readonly missing: string;
}
