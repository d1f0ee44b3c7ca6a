import type { Span } from "../diagnostics/diagnostic.ts";
import type * as ast from "../parser/ast.ts";

/** Where the value of a variable is kept: in a variable of generated code, or in a slot. */
export type Storage =
  | { readonly in: "local"; readonly number: number }
  | { readonly in: "slot"; readonly number: number };

export interface Variable {
  readonly kind: "let" | "parameter" | "loop variable" | "function" | "import";
  readonly name: string;
  readonly storage: Storage;
  /** The function that it is a variable of. */
  readonly owner: FunctionScope;
  /** The offset in the source after which it has a value for certain. */
  readonly readyAt: number;
}

/** A function while code is made for it. */
export interface FunctionScope {
  readonly outer: FunctionScope | undefined;
  /** The offset at which it is created: for a declaration the start of its block, for an expression its own. */
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
 * Whether a variable may have no value yet where it is used, so that generated code must check. A use in an inner function
 * cannot run before that function is created, so it counts as being there.
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

/** The declarations of a block, in order. */
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
