"""The program as a streamer has set it up, in a process of its own, and OSC with it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from pythonosc.udp_client import SimpleUDPClient

from engine.control.settings import ControlSettings, HotkeySettings, OscSettings
from engine.control.surfaces.osc import ROOT, read_packet
from engine.frames import Size
from engine.model_store.catalog import load_catalog
from engine.paths import config_dir
from engine.settings import BUILT_IN, BuildSettings, InputSettings
from gui.state.preferences import CameraFormat, MicrophoneChoice, Preferences, PreferenceStore
from tests.evening.stage import SIZE, TITLE
from tests.pipewire.sound import MADE_UP

FPS = 30.0
ENDS_WITHIN = 30.0


def save_preferences(home: Path, engine: Size, osc: OscSettings) -> None:
    """What the user has chosen before the evening."""
    PreferenceStore(config_dir() / "preferences.json").save(Preferences(
        input=InputSettings(f"window:{TITLE}"), build=BuildSettings(size=engine),
        automatic_size=False, camera=CameraFormat(SIZE, FPS), folder=str(home / "films"),
        microphone=MicrophoneChoice(on=True, source=MADE_UP),
        control=ControlSettings(osc=osc, hotkeys=HotkeySettings(on=True)),
        responsible_use_accepted=True, first_run_done=True,
    ))  # fmt: skip


def style_names() -> list[str]:
    """The styles of the built-in model."""
    return [style.name for style in load_catalog().styles_of(BUILT_IN)]


class Osc:
    """The other end of OSC: sends, and keeps the newest of what is told."""

    def __init__(self, settings: OscSettings) -> None:
        self.told: dict[str, Any] = {}
        self.figures: list[tuple[float, float]] = []
        """(frames per second, delay in ms) as they came."""
        self._client = SimpleUDPClient(settings.peer, settings.receives)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((settings.peer, settings.sends))
        self._socket.settimeout(0.2)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def send(self, name: str, *arguments: str | float) -> None:
        """Send one message."""
        self._client.send_message(f"{ROOT}/{name}", list(arguments))

    def close(self) -> None:
        """End it."""
        self._ended.set()
        self._thread.join()
        self._socket.close()

    def _listen(self) -> None:
        while not self._ended.is_set():
            try:
                packet = self._socket.recv(8192)
            except OSError:
                continue
            for address, (value, *_) in read_packet(packet):
                self.told[address.removeprefix(f"{ROOT}/")] = value
                if address.endswith("/fps"):
                    self.figures.append((value, self.told.get("latency_ms", 0.0)))


class Program:
    """`python main.py`, its window on the display."""

    def __init__(self, log: Path) -> None:
        self._log = log.open("w")
        self._process = subprocess.Popen(
            [sys.executable, "main.py"], stdout=self._log, stderr=self._log,
            cwd=Path(__file__).parents[2], env={**os.environ, "QT_QPA_PLATFORM": "xcb"},
        )  # fmt: skip

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    def quit(self) -> float | None:
        """Ask it to end; how many seconds that took, None where it had to be killed."""
        began = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            return None
        finally:
            self._log.close()
        return time.monotonic() - began
