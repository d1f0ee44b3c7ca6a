/** The statuses that inc ends with of itself; any other is what a script says with exit. */
export const FAILED = 1;
export const WRONG_USAGE = 2;
