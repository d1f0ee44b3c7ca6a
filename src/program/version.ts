import project from "../../package.json" with { type: "json" };

/** The package's version: all its programs share it. */
export const VERSION: string = project.version;
