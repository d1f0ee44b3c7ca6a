/** What a source file imports, in every form that TypeScript has for it: read from its syntax, nothing is run. */
import { posix } from "node:path";
import { type CallExpression, parseSync, type StringLiteral, Visitor } from "oxc-parser";

export interface SourceFile {
  /** Relative to the repository. */
  readonly path: string;
  readonly imports: readonly Import[];
}

export interface Import {
  readonly line: number;
  /** A file relative to the repository, or the name of a package, or "?" where it is computed when the program runs. */
  readonly target: string;
  readonly isFile: boolean;
  readonly typesOnly: boolean;
}

/** @throws Error where the file is not TypeScript, with its first mistake. */
export function readImports(path: string, text: string): SourceFile {
  const { program, module, errors } = parseSync(path, text);
  if (errors[0] !== undefined) throw new Error(`${path}: ${errors[0].message}`);
  const imports: Import[] = [];
  const add = (start: number, specifier: string, typesOnly = false) => {
    const isFile = specifier.startsWith(".");
    const target = isFile ? posix.join(posix.dirname(path), specifier) : specifier;
    imports.push({ line: text.slice(0, start).split("\n").length, target, isFile, typesOnly });
  };

  for (const { moduleRequest, entries } of module.staticImports)
    add(moduleRequest.start, moduleRequest.value, entries.length > 0 && entries.every((each) => each.isType));
  for (const { entries } of module.staticExports)
    for (const { moduleRequest, isType } of entries)
      if (moduleRequest !== null) add(moduleRequest.start, moduleRequest.value, isType);
  new Visitor({
    ImportExpression: ({ start, source }) => add(start, literal(source)),
    TSImportType: ({ start, source }) => add(start, literal(source), true),
    CallExpression: (call) => {
      if (LOADERS.test(text.slice(call.callee.start, call.callee.end))) add(call.start, argumentOf(call));
    },
  }).visit(program);
  return { path, imports };
}

/** What gives a module without an import statement. (`require.resolve` gives the path of one alone.) */
const LOADERS = /^(?:require|createRequire\(.*\)|process\.getBuiltinModule)$/s;

function argumentOf({ arguments: [first] }: CallExpression): string {
  return first === undefined ? "?" : literal(first);
}

function literal(node: { readonly type: string }): string {
  const { value } = node as Partial<StringLiteral>;
  return node.type === "Literal" && typeof value === "string" ? value : "?";
}
