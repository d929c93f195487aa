"""The microphone's process: how it is started, and what it is told when it is started again."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine.installation import PUBLISHER
from engine.microphone import client as module
from engine.microphone.client import DelayedMicrophone, MicrophoneState, MicrophoneWish
from tests.engine.virtual_camera.helpers import wait_until

BUNDLED = Path(__file__).parents[3] / "installer" / "bundle" / "publisher.py"

DEAF = """
import os, sys, time
with open(sys.argv[1], "a") as told:
    told.write(os.read(0, 65536).decode().splitlines()[0] + "\\n")
os.close(0)
print('{"ready": true}', flush=True)
time.sleep(60)
"""
"""Hears the first wish and no other."""


def test_a_wish_that_a_broken_process_has_not_heard_is_what_the_next_one_begins_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "told"
    command = [sys.executable, "-c", DEAF, str(log)]
    monkeypatch.setattr(module, "microphone_command", lambda _: command)
    monkeypatch.setattr(module, "_TRIES_AGAIN_AFTER", 0.05)
    microphone = DelayedMicrophone()
    microphone.wish(MicrophoneWish("", 0.1, on=True))
    wait_until(lambda: microphone.status.state is MicrophoneState.ON, 20)
    microphone.wish(MicrophoneWish("", 0.1, on=False))
    wait_until(lambda: len(log.read_text().splitlines()) >= 2, 20)
    microphone.close()
    assert [json.loads(line)["on"] for line in log.read_text().splitlines()[:2]] == [True, False]


def test_a_bundle_has_a_program_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    program, *arguments = module.microphone_command(7)
    assert Path(program).stem == PUBLISHER
    begin = (
        "import runpy, sys; sys._MEIPASS = '/'; "
        f"sys.argv[1:] = {arguments!r}; runpy.run_path({str(BUNDLED)!r}, run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", begin], stdin=subprocess.DEVNULL, capture_output=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
