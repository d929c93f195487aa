"""Linux: what the publisher gives up before it sees the first picture.

Files outside its own code, the system's libraries, the given folders and the camera's device are
closed to it (Landlock, Linux 5.13), and it can make no socket but a unix one (seccomp). Where the
kernel lacks one of the two, the publisher runs without it and says so.

Sources: https://docs.kernel.org/userspace-api/landlock.html and seccomp_filter.html.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 22, 38
_SECCOMP_MODE_FILTER = 2
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION = 1
_PATH_BENEATH = 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_IOCTL_DEVICE = 1 << 15
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_USE_DEVICE = _READ_FILE | _WRITE_FILE | _IOCTL_DEVICE
_FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
"""All rights that a Landlock version knows, from this version on."""
_TCP = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11

_SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/sbin", "/etc", "/proc", "/sys", "/nix/store")

_HARMLESS_DEVICES = tuple(map(Path, ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")))
"""What libraries expect to be there."""

_SYSCALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""For each processor: what the kernel calls it, and the number of `socket`."""
_IO_URING_SETUP = 425
_OTHER_ABI = 0x40000000
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _FAIL = 0x7FFF0000, 0x00050000
_NUMBER_AT, _PROCESSOR_AT, _FIRST_ARGUMENT_AT = 0, 4, 16
_AF_UNIX = 1


class _Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def enter_sandbox(writable: Sequence[Path], devices: Sequence[Path] = ()) -> str:
    """Give up what is not needed, for good; says in a few words what the system could do.

    writable: folders in which everything stays allowed. devices: device files that may be used; one
    that is made anew later is another one, and stays closed.
    """
    if sys.platform != "linux":
        return "none on this system"
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return "none: the kernel refuses"
    files = _restrict_files(library, writable, devices)
    sockets = "no internet sockets" if _restrict_sockets(library) else "sockets unrestricted"
    return f"{files}, {sockets}"


def _restrict_files(library: ctypes.CDLL, writable: Sequence[Path], devices: Sequence[Path]) -> str:
    version = library.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _ASK_VERSION)
    if version < 1:
        return "files unrestricted"
    rights = _FILE_RIGHTS[max(known for known in _FILE_RIGHTS if known <= version)]
    words = [rights, _TCP, _ABSTRACT_SOCKETS_AND_SIGNALS]
    attributes = struct.pack("=3Q", *words)[: 8 if version < 4 else 16 if version < 6 else 24]
    ruleset = library.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0)
    if ruleset < 0:
        return "files unrestricted"
    for path in _readable():
        _allow(library, ruleset, path, _READ & rights)
    for path in (*_HARMLESS_DEVICES, *devices):
        _allow(library, ruleset, path, _USE_DEVICE & rights)
    for path in writable:
        _allow(library, ruleset, path, rights)
    done = library.syscall(_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)
    return f"files restricted (Landlock {version})" if done == 0 else "files unrestricted"


def _readable() -> set[Path]:
    own = Path(__file__).resolve().parents[3]
    python = (sys.prefix, sys.base_prefix, sys.exec_prefix, *sys.path)
    return {own, *(Path(folder).resolve() for folder in (*python, *_SYSTEM) if folder)}


def _allow(library: ctypes.CDLL, ruleset: int, path: Path, rights: int) -> None:
    with suppress(OSError):  # what is not there needs no right
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
        if not path.is_dir():
            rights &= _EXECUTE | _READ_FILE | _WRITE_FILE | _IOCTL_DEVICE
        library.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, struct.pack("=Qi", rights, handle), 0)
        os.close(handle)


def _restrict_sockets(library: ctypes.CDLL) -> bool:
    known = _SYSCALLS.get(platform.machine())
    if known is None:
        return False
    code = _socket_filter(*known)
    program = _Program(len(code) // 8, code)
    mode = ctypes.c_ulong(_SECCOMP_MODE_FILTER)
    return bool(library.prctl(_PR_SET_SECCOMP, mode, ctypes.byref(program), 0, 0) == 0)


def _socket_filter(processor: int, socket_number: int) -> bytes:
    """A program in the kernel's classic BPF: jumps count the instructions that are skipped."""
    refuse = _FAIL | errno.EACCES
    return b"".join(
        struct.pack("=HBBI", *instruction)
        for instruction in (
            (_LOAD, 0, 0, _PROCESSOR_AT),
            (_EQUAL, 0, 7, processor),  # 32-bit calls have other numbers: refused
            (_LOAD, 0, 0, _NUMBER_AT),
            (_AT_LEAST, 5, 0, _OTHER_ABI),
            (_EQUAL, 4, 0, _IO_URING_SETUP),  # it makes sockets, too
            (_EQUAL, 0, 2, socket_number),
            (_LOAD, 0, 0, _FIRST_ARGUMENT_AT),
            (_EQUAL, 0, 1, _AF_UNIX),
            (_RETURN, 0, 0, _ALLOW),
            (_RETURN, 0, 0, refuse),
        )
    )
