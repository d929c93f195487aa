"""The real program in a process of its own, on generated frames."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import av
import pytest

ROOT = Path(__file__).parents[1]
PLAIN = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1"}


def main(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "main.py", *arguments],
        cwd=ROOT,
        env={**PLAIN, **environment},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )


def frames_of(path: Path) -> int:
    with av.open(path) as container:
        return sum(1 for _ in container.decode(video=0))


def test_the_demo_becomes_a_styled_clip(tmp_path: Path) -> None:
    out, report = tmp_path / "out.mp4", tmp_path / "report.json"
    done = main(
        "demo", "--output", str(out), "--size", "128x128", "--frames", "12", "--report", str(report)
    )
    assert done.returncode == 0, done.stderr
    assert frames_of(out) == 12
    assert "frames/s" in done.stdout
    assert "p95" in done.stdout
    told = json.loads(report.read_text())
    assert (told["frames_in"], told["frames_out"], told["dropped"]) == (12, 12, 0)
    assert (told["width"], told["height"]) == (128, 128)
    assert (told["style"], told["model"], told["seed"]) == ("anime", "built-in", 0)
    assert told["fps"] > 0
    assert 0 < told["latency_ms"]["p50"] <= told["latency_ms"]["p95"]


def test_output_and_engine_have_sizes_of_their_own(tmp_path: Path) -> None:
    out, report = tmp_path / "out.mp4", tmp_path / "report.json"
    done = main(
        "run", "--input", "demo", "--output", str(out), "--size", "192x108",
        "--engine-size", "96x64", "--frames", "9", "--report", str(report),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    with av.open(out) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height) == (192, 108)
    told = json.loads(report.read_text())
    assert (told["width"], told["height"]) == (192, 108)
    assert (told["engine_width"], told["engine_height"]) == (96, 64)
    assert "192x108, computed at 96x64" in done.stdout


def test_the_same_seed_gives_the_same_file_bit_for_bit(tmp_path: Path) -> None:
    outs = [tmp_path / "a.mp4", tmp_path / "b.mp4"]
    for out in outs:
        done = main(
            "run", "--input", "synthetic", "--output", str(out),
            "--size", "128x64", "--frames", "20", "--steps", "2", "--seed", "5",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    assert outs[0].read_bytes() == outs[1].read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "--input", "nowhere.mp4", "--output", "none"], "no file nowhere.mp4"),
        (["run", "--input", "README.md", "--output", "none"], "README.md"),
        (["run", "--input", "camera:99", "--output", "none"], "camera"),
        (["run", "--input", "demo", "--output", "/nowhere/out.mp4"], "nowhere"),
        (["run", "--input", "demo", "--output", "none", "--device", "cuda:7"], "cuda:7"),
        (["demo", "--style", "baroque"], "no style 'baroque'"),
        (["demo", "--report", "/nowhere/report.json"], "report"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(arguments: list[str], said: str) -> None:
    done = main(*arguments)
    assert done.returncode == 2
    complaint = done.stderr.strip().splitlines()
    assert len(complaint) == 1
    assert said in complaint[0]
    assert "Traceback" not in done.stdout + done.stderr


def test_without_a_display_the_window_says_what_to_run_instead() -> None:
    done = main(QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    assert done.returncode == 2
    assert "python main.py demo" in done.stderr


def start_endless(out: Path) -> subprocess.Popen[bytes]:
    """A run that goes on until it is ended, once it has begun to write."""
    command = [sys.executable, "main.py", "demo", "--output", str(out), "--size", "128x128"]
    running = subprocess.Popen(
        [*command, "--loop", "--frames", "5000"],
        cwd=ROOT,
        env=PLAIN,
        stdout=subprocess.DEVNULL,
        # whoever runs the tests in the background has Ctrl+C ignored, and children inherit that
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    partial = out.with_name(f"{out.stem}.unfinished{out.suffix}")
    until = time.monotonic() + 60
    while not partial.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert partial.exists()
    return running


def test_a_kill_in_the_middle_leaves_no_broken_file(tmp_path: Path) -> None:
    out = tmp_path / "out.mp4"
    running = start_endless(out)
    running.send_signal(signal.SIGKILL)
    running.wait(10)
    assert not out.exists()


def test_control_c_completes_the_file(tmp_path: Path) -> None:
    out = tmp_path / "out.mp4"
    running = start_endless(out)
    running.send_signal(signal.SIGINT)
    assert running.wait(60) == 0
    assert frames_of(out) > 0


def test_a_compiler_at_work_neither_holds_nor_breaks_the_end() -> None:
    """As within a compiler: it takes the interpreter now and then, for minutes."""
    program = (
        "import sys, main\n"
        "from engine.concurrency.worker import Worker\n"
        "assert 'torch' not in sys.modules\n"
        "def work(_):\n"
        "    while True: sum(range(1000))\n"
        "Worker('compiler', work, stoppable=False).start()\n"
        "sys.argv = ['main.py', 'run']\n"  # without its options: typer ends with 2
        "sys.exit(main.main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "Missing option" in done.stderr
    assert "terminate" not in done.stderr


WATCHED = """
import runpy, socket, sys

def watch(event, arguments):
    if event == "socket.getaddrinfo":
        print("INTERNET", arguments, file=sys.stderr)
    elif event in ("socket.connect", "socket.bind") and isinstance(arguments[1], tuple):
        print("INTERNET", arguments[1], file=sys.stderr)

sys.addaudithook(watch)
if sys.argv[1] == "control":
    socket.socket().bind(("127.0.0.1", 0))
else:
    runpy.run_path("main.py", run_name="__main__")
"""


def internet_of(*arguments: str) -> list[str]:
    """What a program of ours has done with the internet, by Python's own audit events."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, *arguments],
        cwd=ROOT, capture_output=True, text=True, timeout=110, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [line for line in done.stderr.splitlines() if line.startswith("INTERNET")]


def test_no_connection_to_the_internet_is_made_in_a_run() -> None:
    options = ["--size", "64x64", "--frames", "9", "--accelerator", "auto"]
    assert internet_of("run", "--input", "synthetic", "--output", "none", *options) == []


def test_a_connection_would_be_noticed() -> None:
    assert len(internet_of("control")) == 1


def test_without_a_window_the_remote_says_what_to_do_in_one_line(tmp_path: Path) -> None:
    done = main("remote", "panic", XDG_RUNTIME_DIR=str(tmp_path), XDG_CACHE_HOME=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.startswith("error: No window can be controlled.")
    assert done.stderr.count("\n") == 1
