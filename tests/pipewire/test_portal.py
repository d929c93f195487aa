"""Chromium finds the camera through the desktop's portal, as on Wayland and in Flatpak."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.engine.virtual_camera.helpers import end_publishers, wait_until
from tests.pipewire.conftest import SLOW, Desktop
from tests.pipewire.test_camera import SIZE, Sender
from tests.virtual_camera.consumers import Reader
from tests.virtual_camera.picture import grey

PORTAL = Path("/usr/libexec/xdg-desktop-portal")
pytestmark = [
    pytest.mark.skipif(
        not PORTAL.exists()
        or shutil.which("gdbus") is None
        or shutil.which("chromium-headless-shell") is None,
        reason="needs xdg-desktop-portal and Chromium",
    ),
    pytest.mark.timeout(300),
]

STUB = """[portal]
DBusName=org.freedesktop.impl.portal.desktop.stub
Interfaces=org.freedesktop.impl.portal.Access;
UseIn=stub
"""
"""A desktop that could ask the user; the answer is in the permission store already."""

CAMERA_BY_PORTAL = "--enable-features=WebRtcPipeWireCamera"


def gdbus(bus: str, *words: str) -> str:
    """Call a method on the session's bus; "" where it fails."""
    done = subprocess.run(
        ["gdbus", "call", "--session", *words], capture_output=True, text=True, timeout=60,
        check=False, env=os.environ | {"DBUS_SESSION_BUS_ADDRESS": bus},
    )  # fmt: skip
    return done.stdout


@pytest.fixture
def portal(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The portal itself, with the user's consent given beforehand."""
    folder = desktop.runtime / "portals"
    folder.mkdir(exist_ok=True)
    (folder / "stub.portal").write_text(STUB)
    for name, value in (
        ("DBUS_SESSION_BUS_ADDRESS", desktop.bus),
        ("XDG_CURRENT_DESKTOP", "stub"),
        ("XDG_DESKTOP_PORTAL_DIR", str(folder)),
    ):
        monkeypatch.setenv(name, value)
    store = "org.freedesktop.impl.portal.PermissionStore"
    path = "/org/freedesktop/impl/portal/PermissionStore"
    gdbus(desktop.bus, "-d", store, "-o", path, "-m", f"{store}.SetPermission",
          "devices", "true", "camera", "", "['yes']")  # fmt: skip
    process = subprocess.Popen([PORTAL], stderr=subprocess.DEVNULL)
    # asked too early, the bus would start another one, which knows no desktop
    wait = ["gdbus", "wait", "--session", "--timeout", "60", "org.freedesktop.portal.Desktop"]
    subprocess.run(wait, check=True, timeout=90)
    yield
    process.kill()
    process.wait()


def camera_present(bus: str) -> bool:
    """Whether the portal has seen the camera."""
    words = ("-d", "org.freedesktop.portal.Desktop", "-o", "/org/freedesktop/portal/desktop",
             "-m", "org.freedesktop.DBus.Properties.Get", "org.freedesktop.portal.Camera",
             "IsCameraPresent")  # fmt: skip
    return "true" in gdbus(bus, *words)


@pytest.fixture
def sender(desktop: Desktop) -> Iterator[Sender]:
    with contextlib.closing(Sender(desktop.runtime / "live2diff-camera")) as sender:
        sender.picture = grey(SIZE, 200)
        yield sender


def test_chromium_reads_the_styled_stream_through_the_portal(
    sender: Sender, portal: None, desktop: Desktop, chromium: Callable[[], Reader]
) -> None:
    wait_until(lambda: camera_present(desktop.bus), SLOW)
    _reads_styled_pictures(chromium())


def test_chromium_that_is_there_first_finds_the_camera_when_it_comes(
    portal: None, desktop: Desktop, chromium: Callable[[], Reader]
) -> None:
    end_publishers(desktop.runtime / "live2diff-camera")
    reader = chromium()
    time.sleep(5)
    assert reader.poll().frames == 0
    with contextlib.closing(Sender(desktop.runtime / "live2diff-camera")) as sender:
        sender.picture = grey(SIZE, 200)
        _reads_styled_pictures(reader)


def _reads_styled_pictures(reader: Reader) -> None:
    reader.waits_for(40, seconds=120)
    seen = reader.poll()
    assert seen.styled > 0
    assert seen.raw == 0
    assert seen.sizes == [str(SIZE)]


@pytest.fixture
def chromium(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Reader]]:
    """Starts the browser, which takes its cameras from the portal."""
    monkeypatch.setenv("CHROMIUM_FLAGS", CAMERA_BY_PORTAL)
    readers: list[Reader] = []

    def start() -> Reader:
        readers.append(Reader("chromium", tmp_path / "chromium.log"))
        return readers[-1]

    yield start
    for reader in readers:
        reader.kill()
