"""Live2Diff Camera. `python main.py` opens the window; `--help` lists the commands."""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys

from cli.log import log_to_terminal, save_report, saved_report
from engine.concurrency.worker import unstoppable_is_running
from engine.errors import EngineError
from engine.system import forbid_telemetry

SPINS = "10000"
"""How long OpenMP's threads spin while they wait for each other, in loop iterations.

The default (300,000) suits a computer that does nothing else. During a call or a game, threads
would block each other: with both cores busy, a stack of convolutions took 1500 ms instead of 162.
"""

REMOTE, SERVE = "remote", "serve"


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
    """Run the command given by the arguments; on a usage error, typer ends the process itself."""
    if sys.argv[1] == REMOTE:
        from cli.remote import remote_app  # noqa: PLC0415 - a panic does not wait for the others

        remote_app(sys.argv[2:], prog_name=f"main.py {REMOTE}")
        return 0
    if sys.argv[1] == SERVE:
        from cli.serve import serve_app  # noqa: PLC0415 - it is ready sooner without the others

        serve_app(sys.argv[2:], prog_name=f"main.py {SERVE}")
        return 0
    # the window opens sooner without
    from cli.app import app  # noqa: PLC0415
    from cli.terminal import tolerate_any_text  # noqa: PLC0415

    tolerate_any_text()
    app()
    return 0


def main() -> int:
    """Report a mistake of the user in one line with a remedy; exit code 2."""
    os.environ.setdefault("GOMP_SPINCOUNT", SPINS)  # read when torch is first imported
    forbid_telemetry()
    log_to_terminal()
    try:
        status = run_command() if sys.argv[1:] else open_window()
    except EngineError as error:
        sys.stderr.write(f"error: {error}\n{_details()}")
        status = 2
    except Exception as error:  # noqa: BLE001 - the last place that can put it into words
        status = report_unforeseen(error)
    except SystemExit as end:
        leave(end.code if isinstance(end.code, int) else 0)
        raise
    return leave(status)


def report_unforeseen(error: Exception) -> int:
    """Say what nobody has thought of, and where its details are. Returns the exit status."""
    save_report("an unforeseen error", error)
    sys.stderr.write(
        f"error: Something unforeseen happened: {type(error).__name__}: {error}. "
        f"Please report it.\n{_details()}"
    )
    return 1


def _details() -> str:
    """A line that names the report of an error, if there is one."""
    path = saved_report()
    return "" if path is None else f"The details are in {path}\n"


def leave(status: int) -> int:
    """Return the exit status, or end the process immediately while a compiler is running.

    A compiler cannot be stopped, and would crash when the interpreter shuts down.
    """
    if unstoppable_is_running():
        logging.shutdown()
        sys.stdout.flush()
        os._exit(status)
    return status


if __name__ == "__main__":
    multiprocessing.freeze_support()  # a bundle's child processes begin here, too
    sys.exit(main())
