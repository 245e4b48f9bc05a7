"""The system calls of a child, seen through ptrace: what reaches the disk, and in which order (Linux only).

A program that is killed proves nothing about durability, since what it wrote is safe with the kernel. Only the calls
that make the disk itself safe do; they are watched here without a tracing tool installed.
"""

from __future__ import annotations

import ctypes
import os
import struct
import subprocess
import sys
from pathlib import Path

TRACEME, SYSCALL, SETOPTIONS, GET_SYSCALL_INFO = 0, 24, 0x4200, 0x420E
TRACESYSGOOD, EXITKILL = 1, 0x100000
ENTRY = 1
CALLS = {
    "x86_64": {1: "write", 18: "write", 74: "sync", 75: "sync"},
    "aarch64": {64: "write", 68: "write", 82: "sync", 83: "sync"},
}
"""write, pwrite64, fsync and fdatasync by number."""

_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
_libc.ptrace.restype = ctypes.c_long


def _ptrace(request: int, pid: int, address: int = 0, data: object = 0) -> int:
    done = int(_libc.ptrace(request, pid, ctypes.c_void_p(address), data))
    if done < 0:
        raise OSError(ctypes.get_errno(), f"ptrace request {request:#x}")
    return done


def calls_of(script: str, *arguments: str) -> list[tuple[str, str]]:
    """Every write and sync of a Python script, in order, each with the name of the file it was made on."""
    numbers = CALLS[os.uname().machine]
    here = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    child = subprocess.Popen(
        [sys.executable, "-c", script, *arguments], stdout=subprocess.PIPE, preexec_fn=lambda: _ptrace(TRACEME, 0),
        env={**os.environ, "PYTHONPATH": here},
    )
    os.waitpid(child.pid, 0)
    _ptrace(SETOPTIONS, child.pid, 0, TRACESYSGOOD | EXITKILL)
    calls, signal = [], 0
    info = ctypes.create_string_buffer(88)
    while True:
        _ptrace(SYSCALL, child.pid, 0, signal)
        _, status = os.waitpid(child.pid, 0)
        if os.WIFEXITED(status) or os.WIFSIGNALED(status):
            child.returncode = os.waitstatus_to_exitcode(status)
            break
        stopped = os.WSTOPSIG(status)
        signal = 0 if stopped & 0x80 else stopped
        if signal:
            continue
        _ptrace(GET_SYSCALL_INFO, child.pid, len(info), info)
        number, descriptor = struct.unpack_from("<QQ", info.raw, 24)
        if info.raw[0] == ENTRY and number in numbers:
            link = Path(f"/proc/{child.pid}/fd/{descriptor}")
            calls.append((numbers[number], link.readlink().name))
    assert child.stdout is not None
    child.stdout.close()
    assert child.returncode == 0, f"the script ended with {child.returncode}"
    return calls
