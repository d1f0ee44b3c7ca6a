/** The adapters that come with the kit. They are imported, so that they are part of the executable. */
import bash from "../../../adapters/bash.json" with { type: "json" };
import busybox from "../../../adapters/busybox.json" with { type: "json" };
import dash from "../../../adapters/dash.json" with { type: "json" };
import fish from "../../../adapters/fish.json" with { type: "json" };
import gawk from "../../../adapters/gawk.json" with { type: "json" };
import guile from "../../../adapters/guile.json" with { type: "json" };
import inc from "../../../adapters/inc.json" with { type: "json" };
import kernelSample from "../../../adapters/kernel-sample.json" with { type: "json" };
import lua from "../../../adapters/lua5.4.json" with { type: "json" };
import m4 from "../../../adapters/m4.json" with { type: "json" };
import make from "../../../adapters/make.json" with { type: "json" };
import mksh from "../../../adapters/mksh.json" with { type: "json" };
import node from "../../../adapters/node.json" with { type: "json" };
import perl from "../../../adapters/perl.json" with { type: "json" };
import php from "../../../adapters/php.json" with { type: "json" };
import pwsh from "../../../adapters/pwsh.json" with { type: "json" };
import python3 from "../../../adapters/python3.json" with { type: "json" };
import ruby from "../../../adapters/ruby.json" with { type: "json" };
import tclsh from "../../../adapters/tclsh.json" with { type: "json" };
import zsh from "../../../adapters/zsh.json" with { type: "json" };
import type { Adapter } from "./adapter.ts";

/** A test passes each of them to readAdapter. */
export const ADAPTERS: readonly Adapter[] = [
  inc,
  kernelSample,
  dash,
  bash,
  busybox,
  python3,
  perl,
  lua,
  node,
  ruby,
  gawk,
  zsh,
  mksh,
  fish,
  php,
  tclsh,
  guile,
  m4,
  make,
  pwsh,
] as readonly Adapter[];
