// Says in one line what is missing, before anything fails with a stack trace. Written for any Node, however old.
const { existsSync } = require("node:fs");
const { join } = require("node:path");

function missing() {
  if (process.platform !== "linux")
    return "this is a Linux project: the check and the securebits exist nowhere else";
  if (!existsSync(join(__dirname, "../node_modules/esbuild")))
    return "the dependencies are not installed: run `npm ci` first";
  if (Number(process.versions.node.split(".")[0]) < 24) {
    return `this is Node ${process.versions.node}: run it through npm (\`npm run …\`), which finds the project's own Node 24; if it does not, \`npm ci\` had none for ${process.arch}`;
  }
  return undefined;
}

const reason = missing();
if (reason !== undefined) {
  console.error(`enlightened-inc: ${reason}`);
  process.exit(1);
}
