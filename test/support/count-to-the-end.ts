/** For coverage, loaded before a program: one that ends by a signal or becomes another would not write down what it ran. */
import { takeCoverage } from "node:v8";
import { linuxKernel } from "../../src/exec-check/exec-check.ts";

const { kill } = process;
process.kill = (pid, signal) => {
  if (pid === process.pid) takeCoverage();
  return kill.call(process, pid, signal);
};

const { execvpe } = linuxKernel;
linuxKernel.execvpe = (argv, environment) => {
  takeCoverage();
  return execvpe.call(linuxKernel, argv, environment);
};
