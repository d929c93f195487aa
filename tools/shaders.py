"""Translates the shaders for every graphics interface that Qt may use: sources -> shipped files.

    python -m tools.shaders        or `make shaders`

What they are written in, and where: `resources/shaders`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from gui.paths import SHADERS

_BIN = Path(sys.executable).parent
_TARGETS = ("--glsl", "300 es,140", "--hlsl", "50", "--msl", "12")
"""texelFetch is in none older. SPIR-V for Vulkan is always among them."""


def main() -> int:
    """Translate them all, each beside its source."""
    for source in sources():
        translate(source, SHADERS)
    return 0


def sources() -> list[Path]:
    """What people write."""
    return sorted(path for path in SHADERS.iterdir() if path.suffix in {".vert", ".frag"})


def translate(source: Path, folder: Path) -> Path:
    """Translate one; where it is now. Raises CalledProcessError for what is no shader."""
    target = folder / f"{source.name}.qsb"
    subprocess.run([_BIN / "pyside6-qsb", *_TARGETS, "-o", target, source], check=True)
    return target


if __name__ == "__main__":
    sys.exit(main())
