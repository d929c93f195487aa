"""Imports torch before the first start, without noticeably stopping other threads.

An import keeps the interpreter's lock while it loads a library, and every garbage collection
meanwhile visits every object; together they froze the window for 0.3 s on an idle machine and for
1 s on a busy one. So the libraries are loaded first by a call that releases the lock, no garbage is
collected meanwhile, and the objects that the import created, which are permanent, are excluded from
all later collections: visiting them took 80 ms each time.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

logger = logging.getLogger(__name__)

FACTORY = "engine.model.factory"

_LIBRARIES = ("torch_global_deps", "c10", "torch_cpu", "torch_cuda", "torch")
"""The libraries of torch that do not depend on Python, in the order of their dependencies."""


def preload() -> None:
    """Import what building a translator needs; takes about a second, the first time."""
    if FACTORY in sys.modules:
        return
    with _no_garbage():
        _load_libraries()
        importlib.import_module(FACTORY)  # its libraries first


@contextmanager
def _no_garbage() -> Iterator[None]:
    """No garbage collection inside; objects that exist at the end are never visited again."""
    automatic = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if automatic:
            gc.enable()


def _load_libraries() -> None:
    """If this fails, the import loads the library, and explains a failure."""
    if sys.platform == "win32":
        return
    ending = "dylib" if sys.platform == "darwin" else "so"
    spec = find_spec("torch")
    folders = spec.submodule_search_locations if spec is not None else None
    for folder in folders or ():
        for name in _LIBRARIES:
            path = Path(folder, "lib", f"lib{name}.{ending}")
            if path.is_file():
                _load(path)


def _load(path: Path) -> None:
    """Like `ctypes.CDLL`, but through a foreign function call, which releases the lock."""
    dlopen = ctypes.CDLL(None).dlopen
    dlopen.argtypes, dlopen.restype = (ctypes.c_char_p, ctypes.c_int), ctypes.c_void_p
    scope = os.RTLD_GLOBAL if path.stem.endswith("global_deps") else os.RTLD_LOCAL
    if dlopen(os.fsencode(path), os.RTLD_NOW | scope) is None:
        logger.debug("%s is left to the import", path.name)
