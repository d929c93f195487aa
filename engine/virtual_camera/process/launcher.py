"""The publisher process begins here: started by this file's full name, with Python's -I.

Python then ignores the working directory and PYTHONPATH. This puts the program's own
folder first, so that the publisher runs the code next to this file and no other.
"""

from __future__ import annotations

import site
import sys
from pathlib import Path

OWN_FOLDER = Path(__file__).resolve().parents[3]


def choose_code(arguments: list[str]) -> list[str]:
    """Set where modules come from; returns the arguments that are left."""
    own = str(OWN_FOLDER)
    sys.path[:] = [own, *(entry for entry in sys.path if entry != own)]
    if "--user-site" not in arguments:
        return arguments
    sys.path.append(site.getusersitepackages())
    return [argument for argument in arguments if argument != "--user-site"]


if __name__ == "__main__":
    left = choose_code(sys.argv[1:])
    from engine.virtual_camera.process.publisher import main

    sys.exit(main(left))
