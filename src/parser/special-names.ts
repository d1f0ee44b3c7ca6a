/** The variable that `+` and `?` change. No other name hides it. */
export const COUNTER = "counter";

/** The built-in function that depends on where it is called. */
export const EVAL = "eval";
