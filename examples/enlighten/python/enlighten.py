# SPDX-License-Identifier: MIT-0
"""Admission of code, for an interpreter that obeys AT_EXECVE_CHECK and the exec securebits (Linux 6.14): opens, checks,
decides and reads as one act. Let nothing else read code. `Refused` says why nothing may run, and what to do about it.

Threads: the securebits are the calling thread's. While a check that passes is under way, the kernel lets no thread of
the process create another (EAGAIN). PyDLL keeps the GIL during the check, and no Python thread starts one without it.
Where there is no GIL, or each subinterpreter has its own, have one lock around admit() and Thread.start().
"""
import ctypes
import errno
import os
import stat
import sys
import time

AT_EMPTY_PATH = 0x1000
AT_EXECVE_CHECK = 0x10000
PR_GET_SECUREBITS = 27
RESTRICT_FILE = 1 << 8
DENY_INTERACTIVE = 1 << 10
BITS = {RESTRICT_FILE: "SECBIT_EXEC_RESTRICT_FILE", DENY_INTERACTIVE: "SECBIT_EXEC_DENY_INTERACTIVE"}
MAX_BYTES = 32 << 20  # /dev/zero has no end
KINDS = {
    stat.S_IFREG: "regular file",
    stat.S_IFDIR: "directory",
    stat.S_IFIFO: "pipe",
    stat.S_IFSOCK: "socket",
    stat.S_IFCHR: "terminal or device",
    stat.S_IFBLK: "device",
}
HINTS = {
    errno.EACCES: "\nhint: if you trust it: chmod +x; a pipe, a terminal or a file on a noexec mount never passes",
    errno.ETXTBSY: "\nhint: close it where it is open for writing",
}

# By number: musl has no execveat, and older C libraries have none.
NUMBERS = {"x86_64": 322, "aarch64": 281, "riscv64": 281, "loongarch64": 281, "ppc64le": 362, "s390x": 354}
number = NUMBERS.get(os.uname().machine) if sys.maxsize > 2**32 else None
libc = ctypes.PyDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
libc.syscall.argtypes = [ctypes.c_long] * 2 + [ctypes.c_char_p] + [ctypes.c_void_p] * 2 + [ctypes.c_long]
libc.prctl.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4


class Refused(Exception):
    """Nothing was admitted, and nothing may run."""


class Code:
    """What was admitted. Of a path, fd is open: until it is closed, no other file has the same identity."""

    def __init__(self, text, fd=None, identity=None):
        self.text, self.fd, self.identity = text, fd, identity


def admit(path=None, args=(), reads=True):
    """Admits a script, a module or a startup file; or standard input, where path is None.

    args: what it would be executed with, behind its name. reads: False for a prompt, whose text is yet to be typed.
    """
    name = b"standard input" if path is None else os.fsencode(path)
    call, opened = "open", None
    try:
        if path is not None:
            opened = os.open(name, os.O_RDONLY | os.O_CLOEXEC | os.O_NOCTTY)
        call = "read"
        text, info = _admit(name, opened, args, reads)
        return Code(text, opened, (info.st_dev, info.st_ino))
    except (OSError, ValueError, Refused) as error:
        if opened is not None:
            os.close(opened)
        if isinstance(error, Refused):
            raise
        number = getattr(error, "errno", errno.EINVAL)  # ValueError: a NUL in the path
        raise _refusal(name, f"cannot {call}", number) from None


def snippet(name, text):
    """Admits text that is in no file, such as that of -c."""
    hint = "\nhint: put the code into an executable file and run that"
    _decide(os.fsencode(name), DENY_INTERACTIVE, None, "code that is in no file", hint)
    return Code(os.fsencode(text))


def _admit(name, opened, args, reads):
    is_stdin = opened is None
    fd, under, argv0 = (0, DENY_INTERACTIVE, b"/proc/self/fd/0") if is_stdin else (opened, RESTRICT_FILE, name)
    info = os.fstat(fd)
    check = _check(fd, [argv0, *map(os.fsencode, args)])  # in every mode, and before the first byte is read
    what = f"a {KINDS.get(stat.S_IFMT(info.st_mode))} that the kernel would not execute"
    hint = HINTS.get(check, "")
    if is_stdin and check == 0 and os.lseek(fd, 0, os.SEEK_CUR) != 0:  # who shares it chose where it stands
        check, what = None, "a part of a file that the kernel would execute as a whole"
        hint = "\nhint: give the file from its beginning: something has read of it before"
    if not stat.S_ISREG(info.st_mode):  # the path of a pipe or terminal brings user commands, by another name
        under |= DENY_INTERACTIVE
    _decide(name, under, check, what, hint)
    # What passed on standard input is read from its beginning, wherever others move it meanwhile.
    from_start = is_stdin and check == 0
    text, part = bytearray(), b"-"
    while reads and part:
        try:
            part = os.pread(fd, 65536, len(text)) if from_start else os.read(fd, 65536)
        except BlockingIOError:  # somebody made it non-blocking: this is not its end
            time.sleep(0.005)
            continue
        text += part
        if len(text) > MAX_BYTES:
            raise OSError(errno.EFBIG, "")
    if from_start:
        os.lseek(fd, len(text), os.SEEK_SET)
    return bytes(text), info


def _check(fd, argv):
    """Gives 0 if the kernel would execute the file, else an errno."""
    if number is None:
        return errno.ENOSYS
    block = (ctypes.c_char_p * (len(argv) + 1))(*argv, None)
    environ = ctypes.c_void_p.in_dll(libc, "environ")
    failed = libc.syscall(number, fd, b"", block, environ, AT_EMPTY_PATH | AT_EXECVE_CHECK)
    return ctypes.get_errno() if failed else 0


def _decide(name, under, check, what, hint):
    """Refuses under the bits `under` what did not pass. check: 0, an errno, or None: no file holds it as a whole."""
    bits = libc.prctl(PR_GET_SECUREBITS, 0, 0, 0, 0)
    if bits < 0:
        raise _refusal(name, "nothing runs, as the securebits cannot be known", ctypes.get_errno())
    because = " and ".join(text for bit, text in BITS.items() if bit & under & bits)
    if check != 0 and because:
        raise _refusal(name, f"refused: {what}", check, f", under {because}{hint}")


def _refusal(name, what, number=None, more=""):
    shown = "".join(chr(byte) if 31 < byte < 127 else "?" for byte in name)  # a terminal could obey the others
    reason = f": {errno.errorcode.get(number, 'errno')} ({os.strerror(number)})" if number else ""
    return Refused(f"{shown}: {what}{reason}{more}")
