"""Python, torch, accelerator, model files, disk."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from engine.doctor.checks import Check, failed, passed, unknown
from engine.errors import EngineError
from engine.installation import is_bundle
from engine.model_store.catalog import load_catalog
from engine.model_store.location import models_folder

_NEEDED_PYTHON = (3, 11)
_WITH_OPENVINO = frozenset(
    {("linux", "x86_64"), ("linux", "aarch64"), ("win32", "AMD64"), ("darwin", "arm64")}
)
"""Systems and processors that OpenVINO has packages for, as in `pyproject.toml`."""

_INSTALL_AGAIN = "Install the program again."
_NEEDED_BYTES = 2 * 1024**3


def check_computer(*, with_torch: bool) -> list[Check]:
    """Check what the engine itself needs."""
    accelerator = _ask_torch() if with_torch else _find_accelerator()
    return [_python(), _torch(), _openvino(), accelerator, _model_files(), _disk()]


def _python() -> Check:
    version = platform.python_version()
    if sys.version_info >= _NEEDED_PYTHON:
        return passed("Python", version)
    return failed(
        "Python", "{version} is too old", "Install Python 3.11 or newer.", version=version
    )


def _torch() -> Check:
    try:
        return passed("PyTorch", metadata.version("torch"))
    except metadata.PackageNotFoundError:
        return failed(
            "PyTorch",
            "not installed",
            _INSTALL_AGAIN if is_bundle() else "{python} -m pip install torch",
            python=sys.executable,
        )


def _openvino() -> Check:
    """It is a dependency only of the systems that it has packages for."""
    try:
        return passed("OpenVINO", metadata.version("openvino"))
    except metadata.PackageNotFoundError:
        detail = "not installed: the program works without it, but more slowly"
        if (sys.platform, platform.machine()) not in _WITH_OPENVINO:
            return unknown("OpenVINO", detail)
        remedy = _INSTALL_AGAIN if is_bundle() else "{python} -m pip install openvino"
        return unknown("OpenVINO", detail, remedy, python=sys.executable)


def _find_accelerator() -> Check:
    """What the system reports; PyTorch may still not be built for it."""
    tool = shutil.which("nvidia-smi")
    if tool:
        names = _output(tool, "--query-gpu=name", "--format=csv,noheader").splitlines()
        return passed("Accelerator", ", ".join(names) or "an NVIDIA card without a working driver")
    if platform.system() == "Darwin" and platform.machine() == "arm64":
        return passed("Accelerator", "Apple GPU")
    return unknown("Accelerator", "none found: the built-in model runs on the CPU")


def _ask_torch() -> Check:
    import torch  # noqa: PLC0415 - takes seconds, and only on request

    if torch.cuda.is_available():
        return passed("Accelerator", torch.cuda.get_device_name())
    if torch.backends.mps.is_available():
        return passed("Accelerator", "Apple GPU")
    return unknown("Accelerator", "PyTorch uses the CPU")


def _model_files() -> Check:
    try:
        model = load_catalog().model("built-in")
    except EngineError as error:
        return failed("Model files", *error.args, **error.values)
    folder = model.folder
    if folder is not None and any(folder.glob("*.safetensors")):
        return passed("Model files", "{model}, {folder}", model=model.title, folder=folder)
    return failed("Model files", "missing in {folder}", "Install the program again.", folder=folder)


def _disk() -> Check:
    folder = _existing(models_folder())
    free = shutil.disk_usage(folder).free
    detail = f"{free / 1024**3:.1f} GiB free in {folder}"
    if free >= _NEEDED_BYTES:
        return passed("Disk", detail)
    return unknown("Disk", detail, "Free at least 2 GiB before you record or download a model.")


def _existing(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.exists())


def _output(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    return done.stdout
