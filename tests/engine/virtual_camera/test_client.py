"""The application's side with a real publisher process and a stand-in camera."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.errors import SettingError, SinkError
from engine.frames import Size, StyledFrame
from engine.virtual_camera.client import PublisherClient
from engine.virtual_camera.devices.fake import FakeCameraLog
from engine.virtual_camera.protocol import CameraSettings, OnAir, PublisherState
from tests.engine.virtual_camera.helpers import (
    end_publishers,
    logged_status,
    publishers,
    wait_until,
)

SIZE = Size(96, 64)
pytestmark = pytest.mark.skipif(os.name == "nt", reason="uses POSIX signals")


def _settings(folder: Path) -> CameraSettings:
    return CameraSettings(SIZE, fps=60, device=f"stand-in:{folder / 'camera'}")


@pytest.fixture
def client(tmp_path: Path) -> Iterator[PublisherClient]:
    client = PublisherClient(_settings(tmp_path), folder=tmp_path)
    client.start()
    assert client.wait_until_known(15).state is PublisherState.SENDING
    yield client
    client.close()
    end_publishers(tmp_path)


def _shade(log: FakeCameraLog) -> int:
    """The grey of the picture that other programs see."""
    return int(log.picture()[32, 48, 0])


def _frame(value: int) -> StyledFrame:
    return StyledFrame(np.full((64, 96, 3), value, np.uint8), 1, 0.0)


def test_a_frame_reaches_the_camera(client: PublisherClient, tmp_path: Path) -> None:
    sink = client.sink()
    sink.open(SIZE, 30)
    sink.send(_frame(123))
    log = FakeCameraLog(tmp_path / "camera")
    wait_until(lambda: _shade(log) == pytest.approx(123, abs=2))
    wait_until(lambda: client.status().on_air is OnAir.STYLED)  # said a moment after it is sent
    client.panic(on=True)
    wait_until(lambda: _shade(log) != pytest.approx(123, abs=2))
    sink.close()
    log.close()


def test_a_second_window_is_refused(client: PublisherClient, tmp_path: Path) -> None:
    second = PublisherClient(_settings(tmp_path), folder=tmp_path)
    with pytest.raises(SinkError, match="another window"):
        second.start()
    status = second.status()
    assert status.state is PublisherState.UNAVAILABLE
    assert "another window" in str(status.error)
    assert status.on_air is OnAir.UNKNOWN


def test_a_refused_window_gets_the_camera_when_it_asks_after_the_first_has_closed(
    client: PublisherClient, tmp_path: Path
) -> None:
    second = PublisherClient(_settings(tmp_path), folder=tmp_path)
    with pytest.raises(SinkError):
        second.start()
    client.close()
    second.start()
    assert second.wait_until_known(5).state is PublisherState.SENDING
    second.close()


def test_a_restarted_application_adopts_the_publisher(
    client: PublisherClient, tmp_path: Path
) -> None:
    (before,) = publishers(tmp_path)
    client.close()
    again = PublisherClient(_settings(tmp_path), folder=tmp_path)
    again.start()
    assert again.wait_until_known(5).state is PublisherState.SENDING
    assert publishers(tmp_path) == [before]
    again.close()


def test_a_publisher_that_was_killed_is_started_again(
    client: PublisherClient, tmp_path: Path
) -> None:
    (before,) = publishers(tmp_path)
    os.kill(before, signal.SIGKILL)
    wait_until(lambda: publishers(tmp_path) not in ([], [before]))
    wait_until(lambda: client.status().state is PublisherState.SENDING)


@pytest.mark.parametrize("fault", [signal.SIGKILL, signal.SIGSTOP])
def test_an_application_killed_or_stalled_leaves_the_placeholder_within_two_seconds(
    tmp_path: Path, fault: signal.Signals
) -> None:
    """The application is a process of its own here, which sends until that happens."""
    application = subprocess.Popen([sys.executable, "-c", _APPLICATION, str(tmp_path)])
    try:
        wait_until(lambda: _on_air(tmp_path) == "STYLED", 20)
        application.send_signal(fault)
        wait_until(lambda: _on_air(tmp_path) == "PLACEHOLDER", 2)
    finally:
        application.kill()
        application.wait()
        end_publishers(tmp_path)


def _on_air(folder: Path) -> str:
    status = logged_status(folder)
    return status.on_air if status is not None else ""


def test_neither_torch_nor_qt_is_imported() -> None:
    code = "import sys, engine.virtual_camera.process.publisher, engine.virtual_camera.client;"
    code += "sys.exit(any(n in sys.modules for n in ('torch', 'PySide6', 'pyvirtualcam')))"
    subprocess.run([sys.executable, "-c", code], check=True)


_APPLICATION = """
import sys, time
from pathlib import Path
from tests.engine.virtual_camera.test_client import SIZE, PublisherClient, _frame, _settings

client = PublisherClient(_settings(Path(sys.argv[1])), folder=Path(sys.argv[1]))
client.start()
sink = client.sink()
sink.open(SIZE, 30)
while True:
    sink.send(_frame(123))
    time.sleep(0.03)
"""


def test_another_size_and_rate_reach_the_camera(client: PublisherClient, tmp_path: Path) -> None:
    client.set_up(Size(128, 72), 30)

    def reached() -> bool:
        status = logged_status(tmp_path)
        return status is not None and status.sending and status.size == "128x72"

    wait_until(reached)
    wait_until(lambda: client.status().state is PublisherState.SENDING)
    with pytest.raises(SettingError):
        client.set_up(Size(127, 72), 30)
