"""What is left of a real run that is ended in the middle, in whatever way."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import pytest

ROOT = Path(__file__).parents[2]
FPS = 30
COUNTED_RUN = """
import sys
from engine.video.sinks.file import FileSink

send, sent = FileSink.send, 0

def counted(self, frame):
    global sent
    send(self, frame)
    sent += 1
    print(sent, file=sys.stderr, flush=True)

FileSink.send = counted
import main
sys.exit(main.main())
"""


@contextmanager
def endless_run(out: Path) -> Iterator[subprocess.Popen[str]]:
    """`main.py run` to a file; writes the number of each frame that was sent to its stderr."""
    options = ["--input", "demo", "--output", str(out), "--size", "128x128"]
    with subprocess.Popen(
        [sys.executable, "-c", COUNTED_RUN, "run", *options, "--loop", "--frames", "5000"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        # whoever runs the tests in the background has Ctrl+C ignored, and children inherit that
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    ) as running:
        try:
            yield running
        finally:
            running.kill()


def wait_for_frames(running: subprocess.Popen[str], count: int) -> None:
    assert running.stderr is not None
    for line in running.stderr:
        if line.strip() == str(count):
            return
    raise AssertionError("the run ended too early")


def last_number(running: subprocess.Popen[str], known: int) -> int:
    assert running.stderr is not None
    numbers = [line.strip() for line in running.stderr if line.strip().isdecimal()]
    return int(numbers[-1]) if numbers else known


def frames_of(path: Path) -> int:
    with av.open(path) as container:
        return sum(1 for _ in container.decode(video=0))


@pytest.mark.parametrize("suffix", [".mp4", ".m4v", ".mov", ".mkv"])
def test_a_killed_run_loses_no_more_than_the_last_second(tmp_path: Path, suffix: str) -> None:
    with endless_run(tmp_path / f"clip{suffix}") as running:
        wait_for_frames(running, 100)
        running.send_signal(signal.SIGKILL)
        sent = last_number(running, known=100)
    left = tmp_path / f"clip.unfinished{suffix}"
    assert [path.name for path in tmp_path.iterdir()] == [left.name]
    assert frames_of(left) >= sent - FPS


@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_run_that_is_asked_to_end_completes_its_file_within_3_s(
    tmp_path: Path, kind: signal.Signals
) -> None:
    with endless_run(tmp_path / "clip.mp4") as running:
        wait_for_frames(running, 40)
        running.send_signal(kind)
        asked = time.monotonic()
        sent = last_number(running, known=40)
        assert running.wait(10) == 0
        assert time.monotonic() - asked < 3
    assert [path.name for path in tmp_path.iterdir()] == ["clip.mp4"]
    assert frames_of(tmp_path / "clip.mp4") == sent


def test_several_signals_at_once_still_complete_the_file(tmp_path: Path) -> None:
    with endless_run(tmp_path / "clip.mp4") as running:
        wait_for_frames(running, 40)
        for kind in (signal.SIGHUP, signal.SIGTERM, signal.SIGTERM):
            running.send_signal(kind)
        sent = last_number(running, known=40)
    assert frames_of(tmp_path / "clip.mp4") == sent


def test_the_next_run_completes_what_a_killed_one_has_left(tmp_path: Path) -> None:
    with endless_run(tmp_path / "clip.mp4") as running:
        wait_for_frames(running, 60)
        running.send_signal(signal.SIGKILL)
    again = [sys.executable, "main.py", "demo", "--size", "128x128", "--frames", "3"]
    done = subprocess.run(
        [*again, "--output", str(tmp_path / "clip.mp4")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"clip.mp4", "clip (recovered).mp4"}
    assert "recovered" in done.stdout
    assert frames_of(tmp_path / "clip (recovered).mp4") >= 30
