/** For coverage, loaded before a program: one that ends by a signal or becomes another would not write down what it ran. */
import { takeCoverage } from "node:v8";
import { libc } from "../../src/linux/libc.ts";

const { kill } = process;
process.kill = (pid, signal) => {
  if (pid === process.pid) takeCoverage();
  return kill.call(process, pid, signal);
};

try {
  const real = libc();
  const { func } = real;
  Object.assign(real, {
    func(prototype: string): ReturnType<typeof func> {
      const found = func(prototype);
      if (!prototype.includes("execvpe")) return found;
      return (...args) => {
        takeCoverage();
        return found(...args);
      };
    },
  });
} catch {
  // Without the addon, nothing is executed.
}
