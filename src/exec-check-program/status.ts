/** Some file would not be executed, or could not be looked at. */
export const SOME_WOULD_NOT = 1;
/** Wrong usage, or the kernel cannot be asked as was wanted: nothing is known of any file. */
export const NOT_ASKED = 2;
