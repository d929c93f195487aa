"""Pins every package that set-up, CI and the installers use, with the hashes of its files.

    python -m tools.lock        or `make lock`; after a change of pyproject.toml

Needs uv (`pip install uv`), which resolves for all systems at once. Only torch is pinned by version
without a hash, in `installer/lock/torch.txt`, because the right build depends on the graphics card.
Packages that only its CUDA builds require are installed with it, and not listed either.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "installer" / "lock"
LOCKS: dict[str, tuple[str, ...]] = {
    "requirements.txt": (),
    "requirements-dev.txt": ("dev", "streaming"),
    "requirements-bundle.txt": ("bundle", "midi", "streaming"),
}
"""Which extras each file adds to the dependencies."""

PYTHON = "3.11"
"""The oldest version that is served."""

OF_CUDA_BUILDS = re.compile(r"(nvidia-|cuda-|triton)")
HEADER = "# Made by `make lock` out of pyproject.toml; installed with --require-hashes --no-deps.\n"


def main() -> int:
    """Write both files; 2 where uv is missing, its own status where it fails."""
    uv = shutil.which("uv")
    if uv is None:
        sys.stderr.write("uv is not installed. Install it: pip install uv\n")
        return 2
    for name, extras in LOCKS.items():
        resolved = subprocess.run(
            [uv, *_arguments(extras)], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if resolved.returncode:
            sys.stderr.write(resolved.stderr)
            return resolved.returncode
        (FOLDER / name).write_text(HEADER + without_cuda(resolved.stdout), encoding="utf-8")
    return 0


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
