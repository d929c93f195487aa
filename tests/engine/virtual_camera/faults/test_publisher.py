"""The publisher dies, hangs, is of another build, or does not start."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.frames import Size
from engine.virtual_camera import launch
from engine.virtual_camera.client import PublisherClient
from engine.virtual_camera.launch import LAUNCHER, start_publisher
from engine.virtual_camera.protocol import OnAir, PublisherState
from tests.engine.virtual_camera.faults.application import (
    STYLED_GREY,
    camera_settings,
    frame,
)
from tests.engine.virtual_camera.faults.stage import PATIENCE, REPLACED_WITHIN, Stage
from tests.engine.virtual_camera.helpers import publishers, wait_until

Measured = Callable[[float | None, int], None]

ROOT = LAUNCHER.parents[3]


@pytest.fixture
def client(stage: Stage) -> Iterator[PublisherClient]:
    """An application in this very process."""
    client = PublisherClient(camera_settings(stage.folder), folder=stage.folder)
    yield client
    client.close()


def test_a_publisher_that_hangs_with_the_original_on_air_is_replaced_within_two_seconds(
    stage: Stage, measured: Measured
) -> None:
    owner = stage.live("original")
    publisher = stage.publisher
    os.kill(publisher, signal.SIGSTOP)
    since = time.monotonic()
    owner.tell("styled")
    assert owner.tell("panic").endswith("False"), "panic cannot have reached a camera that hangs"
    took = stage.until_no_raw(since)
    measured(took, 0)
    assert took < REPLACED_WITHIN
    assert stage.publisher != publisher
    wait_until(lambda: owner.tell("panic") == "sending PANIC True")


def test_a_publisher_that_hangs_with_a_styled_frame_is_replaced(
    stage: Stage, measured: Measured
) -> None:
    stage.live()
    os.kill(stage.publisher, signal.SIGSTOP)
    since = time.monotonic()
    took = stage.until_placeholder(since)
    measured(took, stage.raw())
    assert took < REPLACED_WITHIN
    stage.until_frames_go_out(STYLED_GREY)


LOOPS = """
import signal, sys
def loop(*_):
    while True:
        pass
signal.signal(signal.SIGUSR1, loop)
sys.path.insert(0, {root!r})
from engine.virtual_camera.process.publisher import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_publisher_that_runs_in_a_circle_is_replaced(
    stage: Stage, client: PublisherClient, measured: Measured, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """It asks for the CPU all the time, but is no victim of a busy computer."""
    launcher = tmp_path / "launcher.py"
    launcher.write_text(LOOPS.format(root=str(ROOT)))
    monkeypatch.setattr(launch, "LAUNCHER", launcher)
    client.start()
    wait_until(lambda: client.status().state is PublisherState.SENDING)
    monkeypatch.undo()
    process = client._control.link.process  # type: ignore[union-attr]
    assert process
    os.kill(process, signal.SIGUSR1)
    since = time.monotonic()
    wait_until(lambda: len(stage.entries(since + 0.5)) > 0, 20)
    took = float(stage.entries(since + 0.5)["sent_at"][0]) - since
    measured(took, stage.raw(since))
    assert took < REPLACED_WITHIN
    assert stage.publisher != process


@pytest.mark.parametrize("kind", [signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV])
def test_a_publisher_that_dies_with_the_original_on_air_is_replaced(
    stage: Stage, measured: Measured, kind: signal.Signals
) -> None:
    owner = stage.live("original")
    os.kill(stage.publisher, kind)
    since = time.monotonic()
    owner.tell("panic")
    took = stage.until_no_raw(since)
    measured(took, 0)
    assert took < REPLACED_WITHIN
    wait_until(lambda: owner.tell("panic") == "sending PANIC True")


def test_a_publisher_that_hangs_while_nobody_owns_it_is_replaced(
    stage: Stage, measured: Measured
) -> None:
    stage.live("original").kill()
    stage.until_no_raw(time.monotonic())
    publisher = stage.publisher
    os.kill(publisher, signal.SIGSTOP)
    since = time.monotonic()
    stage.application()
    took = stage.until_placeholder(since, 8)
    measured(took, stage.raw(since))
    assert stage.publisher != publisher


@pytest.fixture
def other_build(tmp_path: Path) -> Path:
    """The launcher of a copy of the program whose code differs."""
    copy = tmp_path / "other build"
    for part in ("files", "concurrency", "virtual_camera"):
        shutil.copytree(ROOT / "engine" / part, copy / "engine" / part)
    for file in (ROOT / "engine").glob("*.py"):
        shutil.copy(file, copy / "engine")
    shutil.copytree(ROOT / "resources" / "placeholder", copy / "resources" / "placeholder")
    shutil.copy(ROOT / "resources" / "__init__.py", copy / "resources")
    (copy / "engine" / "virtual_camera" / "older.py").write_text("")
    return copy / LAUNCHER.relative_to(ROOT)


def _start_other(stage: Stage, launcher: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(launch, "LAUNCHER", launcher)
    process = start_publisher(stage.folder, camera_settings(stage.folder))
    monkeypatch.undo()
    wait_until(lambda: stage.log.count > 0)
    return process.pid


def test_a_publisher_of_another_build_gives_way(
    stage: Stage, measured: Measured, other_build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _start_other(stage, other_build, monkeypatch)
    began = time.monotonic()
    stage.live()
    assert time.monotonic() - began < 5 * PATIENCE
    log = (stage.folder / "publisher.log").read_text()
    assert f"with the code in {other_build.parents[3]}" in log
    assert log.rstrip().rpartition("with the code in ")[2].startswith(f"{ROOT}\n")
    measured(None, stage.raw())
    assert stage.raw() == 0


def test_an_application_of_another_build_takes_nothing_from_an_owner(
    stage: Stage, measured: Measured, other_build: Path
) -> None:
    stage.live()
    code = "from engine.virtual_camera.link import *; from pathlib import Path; import sys\n"
    code += "link = connect_to_publisher(Path(sys.argv[1])); await_answer(link, 5)\n"
    code += "print(link.owns, link.refusal)"
    environment = {**os.environ, "PYTHONPATH": str(other_build.parents[3])}
    done = subprocess.run(
        [sys.executable, "-c", code, str(stage.folder)],
        env=environment, cwd="/", capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "False Refused(busy=True)\n"
    stage.until_frames_go_out(STYLED_GREY)
    measured(None, stage.raw())


def test_a_publisher_that_cannot_start_says_why(
    stage: Stage, client: PublisherClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text("raise SystemExit('there is no such library')")
    monkeypatch.setattr(launch, "LAUNCHER", broken)
    client.start()
    wait_until(lambda: client.status().state is PublisherState.UNAVAILABLE)
    status = client.status()
    assert "there is no such library" in str(status.error)
    assert status.on_air is OnAir.UNKNOWN
    monkeypatch.undo()
    wait_until(lambda: client.status().state is PublisherState.SENDING)


def test_a_clock_that_jumps_is_not_taken_for_silence(
    stage: Stage, client: PublisherClient, measured: Measured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after suspend: hours have passed for the application between two looks."""
    client.start()
    wait_until(lambda: client.status().state is PublisherState.SENDING)
    publisher = stage.publisher
    real, jumps = time.monotonic, iter(range(0, 10**9, 3600))
    monkeypatch.setattr("engine.virtual_camera.supervisor.time.monotonic",
                        lambda: real() + next(jumps))  # fmt: skip
    time.sleep(1.5)
    monkeypatch.undo()
    assert publishers(stage.folder) == [publisher]
    measured(None, stage.raw())


def test_both_processes_leave_no_core_dump(stage: Stage) -> None:
    owner = stage.live()
    for process in (owner.process.pid, stage.publisher):
        limits = Path(f"/proc/{process}/limits").read_text()
        (line,) = [line for line in limits.splitlines() if line.startswith("Max core file size")]
        assert line.split()[4] == "0"


def test_the_publisher_has_neither_internet_nor_foreign_files(stage: Stage) -> None:
    """The sandbox, from within a process that has entered it in the same way."""
    code = "import socket, sys; from pathlib import Path\n"
    code += "from engine.virtual_camera.process.sandbox import enter_sandbox\n"
    code += "said = enter_sandbox([Path(sys.argv[1])], [Path('/dev/full')])\n"
    code += "assert 'restricted (L' in said, said\n"
    code += "assert 'no internet' in said, said\n"
    code += "(Path(sys.argv[1]) / 'own').write_text('x'); socket.socket(socket.AF_UNIX).close()\n"
    code += "for device in ('/dev/full', '/dev/null', '/dev/urandom'): open(device).close()\n"
    code += "tries = [lambda: socket.socket(f, t) for f in (2, 10, 17) for t in (1, 2)]\n"
    code += "tries.append(lambda: Path(sys.argv[2]).read_text())\n"
    code += "tries.append(lambda: Path(sys.argv[2]).write_text('x'))\n"
    code += "tries.append(lambda: open('/dev/tty').close())\n"
    code += "tries.append(lambda: list(Path('/dev').iterdir()))\n"
    code += "for attempt in tries:\n try:\n  attempt()\n except PermissionError: continue\n"
    code += " raise SystemExit('allowed')"
    foreign = stage.folder.parent / "foreign"
    foreign.write_text("private")
    done = subprocess.run(
        [sys.executable, "-c", code, str(stage.folder), str(foreign)],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if "unrestricted" in done.stderr:
        pytest.skip(done.stderr.splitlines()[-1])
    assert done.returncode == 0, done.stderr


def test_the_publisher_ends_when_nobody_can_reach_it_any_more(
    stage: Stage, client: PublisherClient
) -> None:
    client.start()
    wait_until(lambda: client.status().state is PublisherState.SENDING)
    (stage.folder / "camera.sock").unlink()
    sink = client.sink()
    sink.open(*_format())
    sink.send(frame(STYLED_GREY))
    stage.until_frames_go_out(STYLED_GREY)  # the owner does not need the name
    client.close()
    wait_until(lambda: not publishers(stage.folder), 2)


def _format() -> tuple[Size, float]:
    settings = camera_settings(Path("/x"))
    return settings.size, settings.fps
