"""Pins every package that set-up, CI and the installers use, with the hashes of its files.

    python -m tools.lock        or `make lock`; after a change of pyproject.toml

Needs uv (`pip install uv`), which resolves for all systems at once. Only torch is pinned by version
without a hash, in `installer/lock/torch.txt`, because the right build depends on the graphics card.
Packages that only its CUDA builds require are installed with it, and not listed either.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "installer" / "lock"
LOCKS: dict[str, tuple[str, ...]] = {
    "requirements.txt": (),
    "requirements-dev.txt": ("dev",),
    "requirements-bundle.txt": ("bundle", "midi", "streaming"),
}
"""Which extras each file adds to the dependencies."""

PYTHON = "3.11"
"""The oldest version that is served."""

SYSTEMS = ("x86_64-manylinux_2_36", "x86_64-pc-windows-msvc", "aarch64-apple-darwin")
"""Where everything in a lock must be there ready to use: Debian 12, Windows, Apple's computers."""

OLDEST_MACOS = "14.0"
SOURCES_ALONE = "xcffib"
"""Published without wheels; pure Python, which needs no compiler."""

OF_CUDA_BUILDS = re.compile(r"(nvidia-|cuda-|triton)")
HEADER = "# Made by `make lock` out of pyproject.toml; installed with --require-hashes --no-deps.\n"


def main() -> int:
    """Write all files, or none; 2 where uv is missing, its own status where it fails."""
    uv = shutil.which("uv")
    if uv is None:
        sys.stderr.write("uv is not installed. Install it: pip install uv\n")
        return 2
    locks = {}
    try:
        with TemporaryDirectory() as nowhere:
            for name, extras in LOCKS.items():
                locks[name] = HEADER + without_cuda(_run([uv, *_arguments(extras)]))
                for system in SYSTEMS:
                    _run([uv, *_trial(system, nowhere)], locks[name])
    except subprocess.CalledProcessError as error:
        sys.stderr.write(error.stderr)
        return error.returncode
    for name, text in locks.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


def _run(command: Sequence[str], given: str = "") -> str:
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"MACOSX_DEPLOYMENT_TARGET": OLDEST_MACOS},
        input=given,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def _trial(system: str, target: str) -> list[str]:
    """Look for the files of a lock on another system. A version may be published for some alone.

    target: an empty folder, in which nothing is installed.
    """
    ready = ["--only-binary=:all:", f"--no-binary={SOURCES_ALONE}", "--require-hashes", "--no-deps"]
    there = [f"--python-platform={system}", f"--python-version={PYTHON}", f"--target={target}"]
    return ["pip", "install", "--dry-run", "--quiet", *ready, *there, "-r", "-"]


def _arguments(extras: Sequence[str]) -> list[str]:
    chosen = [f"--extra={extra}" for extra in extras]
    kept_out = ["--no-emit-package=torch", "--no-annotate", "--no-header"]
    constraint = ["--constraint", str(FOLDER / "torch.txt")]
    hashed = ["--universal", f"--python-version={PYTHON}", "--generate-hashes"]
    return ["pip", "compile", "pyproject.toml", "--quiet", *hashed, *kept_out, *constraint, *chosen]


def without_cuda(requirements: str) -> str:
    """The same requirements but for what only torch's CUDA builds need."""
    entries = re.split(r"^(?=[a-z0-9])", requirements, flags=re.MULTILINE)
    return "".join(entry for entry in entries if not OF_CUDA_BUILDS.match(entry))


if __name__ == "__main__":
    sys.exit(main())
