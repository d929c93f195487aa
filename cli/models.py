"""`python main.py models ...`: listing, downloading, importing, removing and verifying."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.filesize import decimal
from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as ProgressBar
from rich.table import Table

from cli.terminal import make_console
from engine.errors import ModelError
from engine.events import Progress
from engine.model_store import manage as commands
from engine.model_store.components import ModelComponent
from engine.model_store.location import choose_folder

models_app = typer.Typer(
    help="List, download, import, remove and verify models and styles.", rich_markup_mode=None
)
console = make_console()

Name = Annotated[str, typer.Argument(help="MODEL or MODEL/STYLE: see `models list`.")]


@models_app.command("list")
def list_models() -> None:
    """List every model and style, and whether it is installed."""
    store = commands.open_store()
    table = Table("title", "installed", "size")
    table.add_column("name", no_wrap=True)
    for status in commands.list_models(store):
        installed = "yes" if status.installed else "no"
        size = decimal(status.size) if status.size else ""
        table.add_row(status.title, installed, size, status.name)
    console.print(table)
    console.print(f"Folder: {store.installed.styles.parent}", soft_wrap=True)
    for problem in store.catalog.problems:
        console.print(str(problem), style="yellow", soft_wrap=True)


@models_app.command()
def download(
    name: Name,
    mirror: Annotated[
        str | None, typer.Option(help="Another host with the hub's interface.")
    ] = None,
    local: Annotated[Path | None, typer.Option(help="A folder with copies of the files.")] = None,
    accept: Annotated[
        bool, typer.Option("--accept-licences", help="I have read the licences and accept them.")
    ] = False,
) -> None:
    """Download what a model or a style needs; resumes where an earlier attempt stopped."""
    from engine.model_store.download.hosts import DownloadOptions  # noqa: PLC0415 - loads slowly

    options = DownloadOptions.from_environment()
    chosen = DownloadOptions(mirror or options.mirror, local, options.offline)
    with _bar() as listener:
        commands.download(
            name,
            commands.open_store(),
            (lambda _: True) if accept else _ask,
            options=chosen,
            listener=listener,
        )
    console.print(f"{name} is ready.", soft_wrap=True)


@models_app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="Weights, or a style as one .json file.")],
    name: Annotated[str | None, typer.Option(help="The name to give it.")] = None,
) -> None:
    """Import a checkpoint, a LoRA, an embedding or a style of your own."""
    from engine.model.checkpoints.recognise import recognise  # noqa: PLC0415 - imports torch

    imported = commands.import_file(file, commands.open_store(), recognise, name)
    console.print(f"Imported as {imported}.", soft_wrap=True)


@models_app.command()
def export(
    name: Annotated[str, typer.Argument(help="MODEL/STYLE.")],
    file: Annotated[Path, typer.Argument(help="The .json file to write.")],
) -> None:
    """Write a style as one file to share: with hashes, without weights."""
    commands.export_style(name, file, commands.open_store())
    console.print(f"wrote {file}", soft_wrap=True)


@models_app.command()
def remove(name: Name) -> None:
    """Delete a model's or a style's files."""
    freed = commands.remove(name, commands.open_store())
    console.print(f"Removed {name}; {decimal(freed)} freed.", soft_wrap=True)


@models_app.command()
def verify(name: Name) -> None:
    """Read every file again and compare it with its hash."""
    with _bar() as listener:
        damaged = commands.verify(name, commands.open_store(), listener)
    if damaged:
        raise ModelError(
            "Missing or damaged: {files}.",
            "Download them again: python main.py models download {name}",
            files=", ".join(damaged),
            name=name,
        )
    console.print(f"{name} is complete.", soft_wrap=True)


@models_app.command()
def folder(
    path: Annotated[Path, typer.Argument(help="Where to keep models from now on.")],
) -> None:
    """Keep the models in another folder; move the files there yourself."""
    choose_folder(path)
    console.print(f"Models are kept in {path.resolve()}.", soft_wrap=True)


@models_app.command()
def token() -> None:
    """Store your civitai token in the system's key store."""
    from engine.model_store.download.tokens import keep_civitai_token  # noqa: PLC0415 - loads slowly

    keep_civitai_token(typer.prompt("civitai token", hide_input=True))
    console.print("Stored in the system's key store.")


def _ask(component: ModelComponent) -> bool:
    """Show a licence and let the user decide; without a terminal nothing is accepted."""
    console.print(
        f"{component.title}: {component.licence.name}\n{component.licence.url}", soft_wrap=True
    )
    return sys.stdin.isatty() and typer.confirm("Accept these terms?")


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    """A bar in bytes, one line for each component."""
    bar = ProgressBar(
        TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(),
        TimeRemainingColumn(), console=console,
    )  # fmt: skip
    tasks = {}

    def listen(progress: Progress) -> None:
        if progress.subject not in tasks:
            tasks[progress.subject] = bar.add_task(progress.subject, total=None)
        bar.update(tasks[progress.subject], completed=progress.done, total=progress.total or None)

    with bar:
        yield listen
