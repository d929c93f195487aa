"""The commands. Their options are in `cli.options`, their work in the modules of that name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.command import with_options
from cli.models import models_app
from cli.options import EvaluateOptions, RunOptions
from cli.remote import remote_app
from cli.serve import serve_app
from cli.terminal import make_console
from engine.paths import APP_NAME, app_version

DEMO_FILE = "live2diff-demo.mp4"

OTHER_NAMES = {
    "steadiness": "flicker-reduction",
    "eye-color": "eye-colour",
    "hair-color": "hair-colour",
}
"""Former names of options and other spellings; accepted, but hidden."""

app = typer.Typer(
    help=f"{APP_NAME}. Opens the window when no command is given.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "token_normalize_func": lambda name: OTHER_NAMES.get(name, name),
    },
)
app.add_typer(models_app, name="models")
app.add_typer(remote_app, name="remote")
app.add_typer(serve_app, name="serve")
console = make_console()


def _print_version(wanted: bool) -> None:
    if wanted:
        console.print(f"{APP_NAME} {app_version()}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_print_version, help="Print the version."
        ),
    ] = False,
) -> None:
    pass


@app.command()
@with_options(RunOptions)
def run(options: RunOptions) -> None:
    """Restyle a camera, a file or the screen into a file or the virtual camera."""
    _run(options)


@app.command()
@with_options(RunOptions, input="demo", output=DEMO_FILE)
def demo(options: RunOptions) -> None:
    """Restyle a moving portrait: no camera, screen or download needed."""
    _run(options)


@app.command()
def doctor() -> None:
    """Check everything that the camera and the engine need; exits with 0 only if all is well."""
    from cli.info import print_examination  # noqa: PLC0415

    if not print_examination(console):
        raise typer.Exit(1)


@app.command()
def devices() -> None:
    """List cameras, virtual cameras, devices and accelerators."""
    from cli.info import print_devices  # noqa: PLC0415

    print_devices(console)


@app.command()
def benchmark(
    seconds: Annotated[float, typer.Option(help="Seconds to measure each setting.")] = 3.0,
) -> None:
    """Measure this computer's speed and recommend a setting."""
    from cli.benchmark import benchmark as measure  # noqa: PLC0415

    measure(seconds, console)


@app.command()
@with_options(EvaluateOptions)
def evaluate(options: EvaluateOptions) -> None:
    """Score styles on video clips: flicker, structure, sharpness, faces, speed."""
    from cli.evaluate import evaluate as score  # noqa: PLC0415

    score(options, console)


@app.command()
def update(
    download: Annotated[
        bool, typer.Option("--download", help="Fetch and check the installer.")
    ] = False,
) -> None:
    """Ask over the network whether there is a newer version."""
    from cli.update import update as look  # noqa: PLC0415

    look(download, console)


@app.command()
def verify(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Pictures or videos.")],
    report: Annotated[Path | None, typer.Option(help="Write what is found to this JSON file.")] = (
        None
    ),
    trust: Annotated[
        Path | None, typer.Option(help="Trust the root certificates in this PEM file as well.")
    ] = None,
) -> None:
    """Check whether files say that AI made them; exits with 0 only if all of them do, by us."""
    from cli.verify import verify_files  # noqa: PLC0415

    raise typer.Exit(verify_files(files, report, trust, console))


def _run(options: RunOptions) -> None:
    from cli.run import run as run_job  # noqa: PLC0415

    run_job(options, console)
