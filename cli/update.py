"""The command `update`: asks for a newer version, and fetches its installer."""

from __future__ import annotations

import datetime
from pathlib import Path

import platformdirs
from rich.console import Console
from rich.progress import Progress as ProgressBar

from engine.errors import DownloadError
from engine.updates.check import fetch_installer, installer_for_here, look_for_update
from engine.updates.feed import Feed
from engine.updates.source import built_in_source, state_file


def update(download: bool, console: Console) -> None:
    """Say what is new, and with `download` fetch the installer. Raises DownloadError."""
    today = datetime.datetime.now(datetime.UTC).date()
    feed = look_for_update(built_in_source(), state_file(), today=today)
    if feed is None:
        console.print("This is the newest version.")
        return
    console.print(f"Version {feed.version} is available: {feed.page}", soft_wrap=True)
    console.print(feed.news, soft_wrap=True, markup=False, highlight=False)
    if download:
        console.print(f"Downloaded and checked: {_fetch(feed)}", soft_wrap=True)


def _fetch(feed: Feed) -> Path:
    file = installer_for_here(feed)
    if file is None:
        raise DownloadError(
            "Version {version} has no installer for this system.",
            "See what there is: {page}",
            version=feed.version,
            page=feed.page,
        )
    with ProgressBar() as bar:
        task = bar.add_task(file.name, total=file.size)
        folder = Path(platformdirs.user_downloads_dir())
        return fetch_installer(
            file, folder, on_bytes=lambda count: bar.update(task, completed=count)
        )
