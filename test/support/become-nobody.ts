import { NOBODY } from "./users.ts";

/** Makes this process unprivileged. What only root can reach must be loaded before. */
export function becomeNobody(): void {
  process.setgroups?.([]);
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
}
