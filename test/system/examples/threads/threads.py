#!/usr/bin/python3 -EsB
"""Prints how many of 300 threads cannot be created while another thread admits a file that passes, again and again:
`threads.py plain FILE` with the GIL released during the check, `threads.py kept FILE` by the way of enlighten.py."""
import ctypes
import os
import sys
import threading

import enlighten

if sys.argv[1] == "plain":
    kept = enlighten.libc
    enlighten.libc = ctypes.CDLL(None, use_errno=True)
    enlighten.libc.syscall.restype, enlighten.libc.syscall.argtypes = kept.syscall.restype, kept.syscall.argtypes
    enlighten.libc.prctl.argtypes = kept.prctl.argtypes

ended = False


def admit():
    while not ended:
        os.close(enlighten.admit(sys.argv[2]).fd)


admitting = threading.Thread(target=admit)
admitting.start()
failed = 0
for _ in range(300):
    thread = threading.Thread(target=int)
    try:
        thread.start()
        thread.join()
    except RuntimeError:
        failed += 1
ended = True
admitting.join()
print(failed)
