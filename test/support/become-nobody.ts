import { NOBODY } from "./users.ts";

/** Makes this process an unprivileged one, after it has loaded what only root may be able to reach. */
export function becomeNobody(): void {
  process.setgroups?.([]);
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
}
