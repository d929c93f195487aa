"""Live2Diff Camera. `python main.py` opens the window; `python main.py --help` tells the rest."""

from __future__ import annotations

import logging
import os
import sys
import threading

from engine.errors import EngineError

SPINS = "10000"
"""How long OpenMP's threads wait busily for each other between two layers, in turns of a loop.

Its own choice (300,000) is made for a machine that does nothing else. Beside a call, a game or
OBS it lets threads block each other: measured with both cores busy otherwise, a stack of
convolutions took 9 times as long as with this (1500 against 162 ms).
"""


COMPILING = "preparing the network"
"""The name of the thread of `engine.model.acceleration.background_compile`, which is not imported for a look."""


def open_window() -> int:
    """Show the window until it is closed. Raises EngineError where there is no display."""
    from gui import app  # noqa: PLC0415 - commands need no window

    if not app.display_available():
        raise EngineError(
            "There is no display to open the window on.",
            "Use the command line: python main.py run --help, or python main.py demo.",
        )
    return app.run(sys.argv[:1])


def run_command() -> int:
    """Run what the arguments name; typer ends the process itself on a usage error."""
    from cli.app import app  # noqa: PLC0415 - the window opens sooner without

    app()
    return 0


def main() -> int:
    """A mistake of the user's gets one line with a remedy and exit code 2."""
    os.environ.setdefault("GOMP_SPINCOUNT", SPINS)  # read when torch is first imported
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        status = run_command() if sys.argv[1:] else open_window()
    except EngineError as error:
        sys.stderr.write(f"error: {error}\n")
        status = 2
    except SystemExit as end:
        leave(end.code if isinstance(end.code, int) else 0)
        raise
    return leave(status)


def leave(status: int) -> int:
    """The exit status; but the end, here and now, while a compiler is at work beside a stream.

    It cannot be told to stop, and would crash the interpreter that ends around it.
    """
    if COMPILING in {thread.name for thread in threading.enumerate()}:
        logging.shutdown()
        sys.stdout.flush()
        os._exit(status)
    return status


if __name__ == "__main__":
    sys.exit(main())
