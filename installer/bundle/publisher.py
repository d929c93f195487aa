"""The publisher as a program of its own; pyvirtualcam (GPL-2.0) lies beside it as plain files."""

import sys
from pathlib import Path

sys.path.append(str(Path(getattr(sys, "_MEIPASS"), "gpl")))  # noqa: B009 - only a bundle has it

from engine.virtual_camera.process.publisher import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
