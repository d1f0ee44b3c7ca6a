import type { Span } from "../diagnostics/diagnostic.ts";
import type * as ast from "../parser/ast.ts";

/** Where the value of a name is kept: a variable of generated code, or a slot of a module or prompt. */
export type Storage =
  | { readonly in: "local"; readonly number: number }
  | { readonly in: "slot"; readonly number: number };

export interface Variable {
  readonly kind: "let" | "parameter" | "loop variable" | "function" | "import";
  readonly name: string;
  readonly storage: Storage;
  /** The function whose call makes it. */
  readonly owner: FunctionScope;
  /** The offset in the source after which it surely has a value. */
  readonly readyAt: number;
}

/** What generation knows of the function it is in. */
export interface FunctionScope {
  readonly outer: FunctionScope | undefined;
  /** Where it comes into being: a declaration at the start of its block, an expression where it stands. */
  readonly createdAt: number;
  readonly isTop: boolean;
  locals: number;
  temporaries: number;
  mostTemporaries: number;
  loops: number;
}

export function functionScope(outer: FunctionScope | undefined, createdAt: number): FunctionScope {
  return {
    outer,
    createdAt,
    isTop: outer === undefined,
    locals: 0,
    temporaries: 0,
    mostTemporaries: 0,
    loops: 0,
  };
}

/** The names of one block. */
export interface Scope {
  readonly outer: Scope | undefined;
  readonly names: Map<string, Variable>;
}

export function findVariable(scope: Scope, name: string): Variable | undefined {
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    const variable = at.names.get(name);
    if (variable) return variable;
  }
  return undefined;
}

/**
 * Whether a use may find its variable without a value, so that generated code must look. What is called counts from
 * where the outermost function between variable and use came into being.
 */
export function mayBeUnset(variable: Variable, use: Span, from: FunctionScope): boolean {
  if (variable.kind !== "let" && variable.kind !== "import") return false;
  let at = use.start;
  for (let scope = from; scope !== variable.owner; ) {
    at = scope.createdAt;
    if (scope.outer === undefined) return true;
    scope = scope.outer;
  }
  return at < variable.readyAt;
}

/** The declarations of a block, in order: all its names hold from its start. */
export function* declarations(statements: readonly ast.Statement[]): Generator<Declaration> {
  for (const statement of statements) {
    switch (statement.kind) {
      case "let":
      case "import":
        yield { kind: statement.kind, name: statement.name, readyAt: statement.end };
        break;
      case "function declaration":
        yield { kind: "function", name: statement.name, readyAt: 0 };
        break;
      default:
    }
  }
}

export interface Declaration {
  readonly kind: "let" | "import" | "function";
  readonly name: ast.Identifier;
  readonly readyAt: number;
}
