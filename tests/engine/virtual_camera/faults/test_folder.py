"""The runtime folder or the memory is lost, full, or taken by something else."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from engine.virtual_camera.client import PublisherClient
from engine.virtual_camera.link import connect_to_publisher
from engine.virtual_camera.protocol import OnAir, PublisherState
from tests.engine.virtual_camera.faults.application import (
    RAW_GREY,
    SIZE,
    STYLED_GREY,
    camera_settings,
)
from tests.engine.virtual_camera.faults.stage import REPLACED_WITHIN, Stage
from tests.engine.virtual_camera.helpers import end_publishers, publishers, wait_until

Measured = Callable[[float | None, int], None]


@pytest.fixture
def client(stage: Stage) -> Iterator[PublisherClient]:
    client = PublisherClient(camera_settings(stage.folder), folder=stage.folder)
    yield client
    client.close()


def _is(client: PublisherClient, state: PublisherState) -> None:
    wait_until(lambda: client.status().state is state)


def test_a_folder_that_is_removed_stops_nothing_and_comes_back(
    stage: Stage, measured: Measured
) -> None:
    owner = stage.live("original")
    shutil.rmtree(stage.folder)
    stage.until_frames_go_out(RAW_GREY)
    os.kill(stage.publisher, signal.SIGKILL)
    since = time.monotonic()
    owner.tell("styled")
    took = stage.until_no_raw(since)
    measured(took, 0)
    assert took < REPLACED_WITHIN
    stage.until_frames_go_out(STYLED_GREY)


def test_a_file_in_the_folders_place_is_named_and_its_removal_heals(
    stage: Stage, client: PublisherClient
) -> None:
    stage.folder.rmdir()
    stage.folder.write_text("squatted")
    client.start()
    _is(client, PublisherState.UNAVAILABLE)
    status = client.status()
    assert "cannot be used" in str(status.error)
    assert str(stage.folder) in str(status.error)
    assert status.on_air is OnAir.UNKNOWN
    stage.folder.unlink()
    _is(client, PublisherState.SENDING)


@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="only root can make it another's")
def test_a_folder_of_another_user_is_named_and_its_return_heals(
    stage: Stage, client: PublisherClient
) -> None:
    os.chown(stage.folder, 65534, 65534)
    client.start()
    _is(client, PublisherState.UNAVAILABLE)
    assert "not this user's alone" in str(client.status().error)
    os.chown(stage.folder, os.getuid(), os.getgid())
    _is(client, PublisherState.SENDING)


@pytest.fixture
def small_folder(stage: Stage) -> Iterator[Path]:
    """The runtime folder on a file system of 64 kB."""
    command = ["mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", str(stage.folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("needs the right to mount")
    yield stage.folder
    end_publishers(stage.folder)
    subprocess.run(["umount", "-l", str(stage.folder)], check=True)


def test_a_full_folder_kills_nobody(
    stage: Stage, small_folder: Path, client: PublisherClient, measured: Measured
) -> None:
    """Frames do not lie there any more: the camera comes up all the same."""
    filling = small_folder / "filling"
    with suppress(OSError), filling.open("wb", buffering=0) as file:
        for _ in range(64):
            file.write(bytes(4096))
    assert filling.stat().st_size <= 64 * 1024, "the folder is not full"
    client.start()
    wait_until(lambda: client.status().state is not PublisherState.STARTING)
    if client.status().state is PublisherState.UNAVAILABLE:
        assert client.status().error is not None
        filling.unlink()
    _is(client, PublisherState.SENDING)
    measured(None, stage.raw())


def test_a_socket_left_over_from_a_crash_is_replaced(stage: Stage, client: PublisherClient) -> None:
    client.start()
    _is(client, PublisherState.SENDING)
    os.kill(stage.publisher, signal.SIGKILL)
    assert (stage.folder / "camera.sock").exists()
    wait_until(lambda: client.status().state is not PublisherState.SENDING)
    _is(client, PublisherState.SENDING)


def test_lock_files_that_are_deleted_let_no_second_writer_in(
    stage: Stage, measured: Measured
) -> None:
    stage.live()
    for file in stage.folder.glob("*.lock"):
        file.unlink()
    second = stage.application()
    assert second.start.startswith("refused")
    second.tell("original")
    time.sleep(0.3)
    assert len(publishers(stage.folder)) == 1
    measured(None, stage.raw())
    assert stage.raw() == 0


def test_the_owner_cannot_truncate_the_memory(stage: Stage, measured: Measured) -> None:
    code = "import os, sys, time; from pathlib import Path\n"
    code += "from engine.virtual_camera.link import *\n"
    code += "from engine.virtual_camera.transport.unix import UnixChannel\n"
    code += "files = []; take = UnixChannel.take_handle\n"
    code += "UnixChannel.take_handle = lambda s: files.append(f := take(s)) or os.dup(f)\n"
    code += "link = connect_to_publisher(Path(sys.argv[1]))\n"
    code += "while not link.memory_number: link.hear(); time.sleep(0.01)\n"
    code += "for length in (0, 4096, 1 << 32):\n try:\n  os.ftruncate(files[0], length)\n"
    code += " except PermissionError: print('sealed')"
    client = PublisherClient(camera_settings(stage.folder), folder=stage.folder)
    client.start()
    _is(client, PublisherState.SENDING)
    client.close()
    publisher = stage.publisher
    done = subprocess.run(
        [sys.executable, "-c", code, str(stage.folder)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "sealed\n" * 3
    since = time.monotonic()
    wait_until(lambda: len(stage.entries(since)) > 5)
    assert stage.publisher == publisher
    measured(None, stage.raw())


def test_a_former_owner_writes_into_memory_that_nobody_reads(
    stage: Stage, measured: Measured
) -> None:
    first = _owner(stage)
    assert first._granted is not None
    memory = first._granted.pictures
    first._channel.close()  # as if it had crashed; the mapping is still there
    stage.live()
    for slot in range(4):
        memory.picture(slot).fill(RAW_GREY)
    time.sleep(0.3)
    measured(None, stage.raw())
    assert stage.raw() == 0
    assert memory.size == SIZE


def _owner(stage: Stage):  # type: ignore[no-untyped-def]
    """A bare connection that owns the camera, with memory granted."""
    client = PublisherClient(camera_settings(stage.folder), folder=stage.folder)
    client.start()
    _is(client, PublisherState.SENDING)
    client.close()
    link = connect_to_publisher(stage.folder)
    assert link is not None

    def granted() -> bool:
        link.hear()
        return bool(link.memory_number)

    wait_until(granted)
    return link
