#!/usr/bin/python3 -EsB
# SPDX-License-Identifier: MIT-0
"""A tiny calculator that obeys: whichever way its code comes in, enlighten.py admits it.

A program is made of lines: `print 1 + 2 * 3`, `import "PATH"` (admitted each time, run once), `# comment`.
CALC_STARTUP names a file that is run first.

-E and -s: no variable and no folder of the user's brings code into this Python itself; -B: it leaves no compiled code.
"""
import os
import re
import signal
import sys

import enlighten

SUM = rb"[ \t]*\d+[ \t]*(?:[-+*][ \t]*\d+[ \t]*)*"
modules = {}


class Wrong(Exception):
    """An error in the program."""


def calculate(text):
    total = 0
    for sign, product in re.findall(rb"([-+]?)([^-+]+)", text):
        value = 1
        for number in product.split(b"*"):
            digits = number.strip().lstrip(b"0")[:20]  # more are too many in any case
            value *= int(digits or b"0")
            if value >= 2**63:
                raise Wrong("the result is too large")
        total += -value if sign == b"-" else value
        if not -(2**63) <= total < 2**63:
            raise Wrong("the result is too large")
    return total


def statement(line):
    if printed := re.fullmatch(rb"print(?=[ \t])(" + SUM + rb")", line):
        os.write(1, b"%d\n" % calculate(printed[1]))
    elif imported := re.fullmatch(rb'import "([^"]*)"', line):
        code = enlighten.admit(imported[1])
        # Only now: the same file may be executable by one path, and not by another.
        if code.identity in modules:
            os.close(code.fd)
        else:
            modules[code.identity] = code
            run(imported[1], code.text)
    elif line and not line.startswith(b"#"):
        raise Wrong('neither print SUM, nor import "PATH", nor a comment')


def run(name, text):
    for number, line in enumerate(text.split(b"\n"), 1):
        try:
            if b"\0" in line:
                raise Wrong("a NUL byte")
            statement(line.strip(b" \t"))
        except Wrong as error:
            shown = "".join(chr(byte) if 31 < byte < 127 else "?" for byte in name)
            raise enlighten.Refused(f"{shown}:{number}: {error}") from None


def prompt():
    while True:
        sys.stderr.write("calc> ")
        sys.stderr.flush()
        line = sys.stdin.buffer.readline()
        if not line:
            sys.stderr.write("\n")
            return
        try:
            run(b"standard input", line)
        except enlighten.Refused as error:  # it ends the statement, not the session
            sys.stderr.write(f"calc: {error}\n")


def main(args):
    is_snippet = len(args) > 1 and args[0] == "-c"
    prompts = not args and os.isatty(0) and os.isatty(2)
    startup = os.environ.get("CALC_STARTUP")
    if args and args[0].startswith("-") and not is_snippet:
        sys.stderr.write("usage: calc [-c TEXT | FILE] [ARGUMENT...]\n")
        return 2
    name = os.fsencode(args[0]) if args else b"standard input"
    try:
        # All of it is admitted before any of it runs.
        if is_snippet:
            code = enlighten.snippet("-c", args[1])
        else:
            code = enlighten.admit(args[0] if args else None, args[1:], reads=not prompts)
        if startup is not None:
            run(os.fsencode(startup), enlighten.admit(startup).text)
        prompt() if prompts else run(name, code.text)
        return 0
    except OSError as error:
        sys.stderr.write(f"calc: cannot write: {error.strerror}\n")
    except (enlighten.Refused, RecursionError) as error:
        sys.stderr.write(f"calc: {error}\n")
    return 1


signal.signal(signal.SIGPIPE, signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.SIG_DFL)
sys.exit(main(sys.argv[1:]))
