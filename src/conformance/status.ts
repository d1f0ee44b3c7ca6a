/** The exit statuses: a CI system tells these apart. */
export const CONFORMS = 0;
export const DOES_NOT = 1;
export const WRONG_USAGE = 2;
export const CANNOT_RUN_HERE = 4;
