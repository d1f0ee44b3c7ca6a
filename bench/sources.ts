/** A source of any size, in Inc and in Python: what a person would write, over and over, with other numbers. */

export function repeated(count: number, block: (number: number) => string): string {
  return Array.from({ length: count }, (_, number) => block(1000 + number)).join("\n");
}

export function incBlock(n: number): string {
  return `# Orders of customer ${n}: totals, and a line for each.
fn total_${n}(orders, rate) {
  let sum = 0
  let lines = []
  for order in orders {
    if order["paid"] and not has(order, "void") {
      sum = sum + order["price"] * order["count"] - ${n} % 7
    } else if order["count"] > ${n} or sum < -1 {
      push(lines, "skipped \\"" + order["name"] + "\\": " + str(order["count"]))
      continue
    }
    push(lines, join([order["name"], str(sum / 100), "x"], " "))
  }
  while sum >= ${n} * 10 {
    sum = sum - rate
  }
  return {"customer": ${n}, "sum": sum, "lines": lines, "check": fn (x) { return x * 2 + ${n} }}
}
let orders_${n} = [{"name": "bolt", "price": ${n}, "count": 3, "paid": true}, {"name": "nut", "price": 12, "count": 1, "paid": false}]
print total_${n}(orders_${n}, 3)["sum"], len(orders_${n})
`;
}

/** The same in Python, token for token as far as the languages go. */
export function pythonBlock(n: number): string {
  return `# Orders of customer ${n}: totals, and a line for each.
def total_${n}(orders, rate):
  sum = 0
  lines = []
  for order in orders:
    if order["paid"] and not "void" in order:
      sum = sum + order["price"] * order["count"] - ${n} % 7
    elif order["count"] > ${n} or sum < -1:
      lines.append("skipped \\"" + order["name"] + "\\": " + str(order["count"]))
      continue
    lines.append(" ".join([order["name"], str(sum // 100), "x"]))
  while sum >= ${n} * 10:
    sum = sum - rate
  return {"customer": ${n}, "sum": sum, "lines": lines, "check": lambda x: x * 2 + ${n}}
orders_${n} = [{"name": "bolt", "price": ${n}, "count": 3, "paid": True}, {"name": "nut", "price": 12, "count": 1, "paid": False}]
print(total_${n}(orders_${n}, 3)["sum"], len(orders_${n}))
`;
}
