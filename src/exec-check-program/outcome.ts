import type { CheckedFile } from "./check-file.ts";

/** What came of one path. */
export type Outcome =
  | { readonly is: "executable"; readonly path: Buffer }
  | ({ readonly is: "refused"; readonly path: Buffer } & CheckedFile)
  | {
      readonly is: "unreadable";
      readonly path: Buffer;
      readonly call: "open" | "read";
      readonly errno: number;
    };
