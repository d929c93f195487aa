"""What every test starts from, and what it must leave behind: nothing."""

from __future__ import annotations

import gc
import os
import tempfile
import threading
import time
from collections.abc import Iterator

import pytest
from hypothesis import settings

# Small networks gain nothing by threads, and lose much where the machine is busy otherwise.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("GOMP_SPINCOUNT", "10000")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

# Nothing of the user's is read or written, by programs that tests start neither.
_HOME = tempfile.mkdtemp(prefix="live2diff-tests-")
for _name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
    os.environ[_name] = os.path.join(_HOME, _name)  # noqa: PTH118 - pytest has not begun yet
os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = os.path.join(_HOME, "hypothesis")  # noqa: PTH118

# The same examples each time, on a machine however slow.
settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.load_profile("repeatable")


PATIENCE = 10.0
"""Seconds that a test's threads have to end after it; they have been stopped by then."""

PROCESS_WIDE = frozenset({"tqdm_monitor"})
"""Threads of libraries that start with the first use and serve until the process ends: tqdm's,
which torch starts with a progress bar when it exports a network.
"""


@pytest.fixture(autouse=True)
def no_threads_left() -> Iterator[None]:
    """Fails a test that leaves a thread running, by the thread's name: stop it, and join it."""
    before = set(threading.enumerate())
    yield
    begun = set(threading.enumerate()) - before
    left = _join({thread for thread in begun if thread.name not in PROCESS_WIDE})
    if left:
        gc.collect()  # an executor ends its threads when nothing refers to it any more
        left = _join(left)
    assert not left, f"left running: {', '.join(sorted(thread.name for thread in left))}"


def _join(threads: set[threading.Thread]) -> set[threading.Thread]:
    """Wait for threads to end; those that have not."""
    deadline = time.monotonic() + PATIENCE
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    return {thread for thread in threads if thread.is_alive()}


@pytest.fixture(autouse=True)
def _without_openvino(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is installed, it would be tried at each first start of a size, for seconds."""
    if "openvino" not in request.keywords:
        for module in ("accelerator", "faces"):
            monkeypatch.setattr(f"engine.model.acceleration.openvino.{module}.units_present", tuple)
