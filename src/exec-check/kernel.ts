/**
 * The seam: everything that an admission asks of the kernel beyond what Node itself offers, one function per call, under
 * the call's own name. The real one is linux-kernel.ts; callers may pass their own to look at or refuse calls.
 */
export interface Kernel {
  /**
   * `execveat(fd, "", argv, environ, AT_EMPTY_PATH | AT_EXECVE_CHECK)`: would the kernel allow executing this file?
   *
   * @param fd An open descriptor of the file.
   * @param argv What a native execution would see: at least one string, as bytes without a final NUL.
   * @returns 0 for yes, else the errno: ENOSYS also where the call's number is not known.
   * @throws {KernelError} When the call cannot be made at all.
   */
  execveatCheck(fd: number, argv: readonly Uint8Array[]): number;

  /**
   * `prctl(PR_GET_SECUREBITS)`, of the calling thread.
   *
   * @throws {KernelError} When the kernel refuses or cannot be asked. A caller must then interpret nothing.
   */
  getSecurebits(): number;
}
