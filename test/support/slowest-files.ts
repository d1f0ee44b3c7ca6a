import type { Reporter, TestModule } from "vitest/node";

const SHOWN = 10;

/** Says at the end of a long run which files took longest, in seconds: where to look when it takes too long. */
export default class SlowestFiles implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    if (modules.length <= SHOWN) return;
    const lines = modules
      .map((module) => ({ seconds: secondsOf(module), name: module.relativeModuleId }))
      .sort((a, b) => b.seconds - a.seconds)
      .slice(0, SHOWN)
      .map(({ seconds, name }) => `${seconds.toFixed(1).padStart(8)} s  ${name}`);
    process.stdout.write(`\n The slowest files:\n${lines.join("\n")}\n`);
  }
}

function secondsOf(module: TestModule): number {
  const { duration, collectDuration, setupDuration } = module.diagnostic();
  return (duration + collectDuration + setupDuration) / 1000;
}
