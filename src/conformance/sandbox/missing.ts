/** Something is missing here: why. A case that needs it is skipped with this reason. */
export interface Missing {
  readonly missing: string;
}
