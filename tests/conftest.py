"""What every test stands on."""

from __future__ import annotations

import os
import tempfile

import pytest

# Small networks gain nothing by threads, and lose much where the machine is busy otherwise.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("GOMP_SPINCOUNT", "10000")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

# Nothing of the user's is read or written, by programs that tests start neither.
_HOME = tempfile.mkdtemp(prefix="live2diff-tests-")
for _name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
    os.environ[_name] = os.path.join(_HOME, _name)  # noqa: PTH118 - pytest has not begun yet


@pytest.fixture(autouse=True)
def _without_openvino(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is installed, it would be tried at each first start of a size, for seconds."""
    if "openvino" not in request.keywords:
        monkeypatch.setattr("engine.model.acceleration.openvino.accelerator.units_present", tuple)
