"""The publisher as a program of its own, or the microphone's process.

pyvirtualcam (GPL-2.0) lies beside it as plain files.
"""

import sys
from pathlib import Path

sys.path.append(str(Path(getattr(sys, "_MEIPASS"), "gpl")))  # noqa: B009 - only a bundle has it

from engine.installation import MICROPHONE

if __name__ == "__main__":
    if sys.argv[1:2] == [MICROPHONE]:
        from engine.microphone.process import main as pass_sound_on

        sys.exit(pass_sound_on(sys.argv[2:]))
    from engine.virtual_camera.process.publisher import main

    sys.exit(main(sys.argv[1:]))
