"""`python -m tests.golden.compare CASE_DIR`: run a case, print its error, exit 0 if it passes."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.golden.case import Case, draw_network, max_abs_error, run


def main(folder: Path) -> int:
    """The largest error over the stream batch and the one-after-the-other order."""
    case = Case.read(folder)
    network = draw_network(case.config)
    error = max(
        max_abs_error(case, run(case, network, batched=batched)) for batched in (True, False)
    )
    sys.stdout.write(f"max abs error: {error:.3g}\n")
    return 0 if error <= case.tolerance else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
