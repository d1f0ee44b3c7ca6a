import type { BinaryOperator, Expression } from "./ast.ts";
import { type Problem, Unparsable } from "./problem.ts";

/** How tightly an operator binds. A unary minus binds more tightly than all of them. */
const STRENGTH: Readonly<Record<BinaryOperator | "not", number>> = {
  or: 1,
  and: 2,
  not: 3,
  "==": 4,
  "!=": 4,
  "<": 4,
  "<=": 4,
  ">": 4,
  ">=": 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
  "%": 6,
};
const COMPARISON = STRENGTH["=="];

/** An operator in an expression: `not` stands before an operand, all others between two. */
export interface Operator {
  readonly symbol: BinaryOperator | "not";
  /** The offset at which it begins. */
  readonly at: number;
}

/**
 * Makes the tree of a flat `operand (operator operand)*`. Operators wait on a stack until a looser one comes, so that a
 * long expression needs no recursion.
 */
export class OperatorChain {
  readonly #operands: Expression[];
  readonly #waiting: Operator[] = [];

  /** @param first The first operand, if it was parsed already. */
  constructor(...first: Expression[]) {
    this.#operands = first;
  }

  operand(expression: Expression): void {
    this.#operands.push(expression);
  }

  not(operator: Operator): void {
    const top = this.#waiting[this.#waiting.length - 1];
    if (top && STRENGTH[top.symbol] > STRENGTH.not) throw new Unparsable(notNeedsParentheses(operator));
    this.#waiting.push(operator);
  }

  binary(operator: Operator): void {
    const strength = STRENGTH[operator.symbol];
    this.#reduce((waiting) => STRENGTH[waiting.symbol] >= strength && !chains(waiting, operator));
    const top = this.#waiting[this.#waiting.length - 1];
    if (top && chains(top, operator)) throw new Unparsable(doNotChain(operator));
    this.#waiting.push(operator);
  }

  /** The whole expression. */
  tree(): Expression {
    this.#reduce(() => true);
    return this.#operands[0] as Expression;
  }

  #reduce(while_: (waiting: Operator) => boolean): void {
    for (let top = this.#waiting.at(-1); top && while_(top); top = this.#waiting.at(-1)) {
      this.#waiting.pop();
      const right = this.#operands.pop() as Expression;
      const { symbol, at } = top;
      if (symbol === "not") {
        this.#operands.push({
          kind: "unary",
          operator: "not",
          operand: right,
          start: at,
          end: right.end,
        });
      } else {
        const left = this.#operands.pop() as Expression;
        this.#operands.push({
          kind: "binary",
          operator: symbol,
          left,
          right,
          at,
          start: left.start,
          end: right.end,
        });
      }
    }
  }
}

function chains(a: Operator, b: Operator): boolean {
  return STRENGTH[a.symbol] === COMPARISON && STRENGTH[b.symbol] === COMPARISON;
}

function doNotChain({ at, symbol }: Operator): Problem {
  const hint = "join two comparisons with `and`, or put one in parentheses";
  return {
    start: at,
    end: at + symbol.length,
    message: `comparisons do not chain: unexpected \`${symbol}\``,
    hint,
  };
}

function notNeedsParentheses({ at, symbol }: Operator): Problem {
  const hint = "put `not` and its operand in parentheses";
  return {
    start: at,
    end: at + symbol.length,
    message: "`not` binds less tightly than the operator before it",
    hint,
  };
}
