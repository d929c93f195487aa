"""A microphone into which clicks are spoken, and a program that is not ours that hears them."""

from __future__ import annotations

import json
import subprocess
import threading
import time
import wave
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from engine.microphone.sound_pipe import RATE
from tests.engine.virtual_camera.helpers import wait_until
from tests.pipewire.readers import node_id

MADE_UP = "made-up-microphone"
TO_A_BEAT = (0.5,)
_NODE = (
    "{ factory.name=support.null-audio-sink node.name=made-up-microphone "
    "media.class=Audio/Source/Virtual object.linger=true audio.position=[MONO] "
    "priority.session=1000 }"
)
"""With a priority, as real ones have it: otherwise each new source becomes the default one, and
programs that listen to the default are moved there.
"""
_CLICK_S = 0.01
_SLOW = 60.0


class Listener:
    """Notes when it hears a click: GStreamer's pipewiresrc, and the clock at every block."""

    def __init__(self, name: str) -> None:
        self.clicks: list[float] = []
        self.silent_for = time.monotonic()
        self._process = subprocess.Popen(
            ["gst-launch-1.0", "-q", "pipewiresrc", f"path={node_id(name)}", "!", "audioconvert",
             "!", f"audio/x-raw,format=F32LE,channels=1,rate={RATE}", "!", "fdsink", "fd=1",
             "sync=false"],
            stdout=subprocess.PIPE,
        )  # fmt: skip
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        self._thread.join(10)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        stream = self._process.stdout
        while data := stream.read1(1 << 16):  # type: ignore[attr-defined]
            now = time.monotonic()
            samples = np.frombuffer(data[: len(data) // 4 * 4], np.float32)
            loud = np.flatnonzero(np.abs(samples) > 0.2)
            if not len(loud):
                continue
            at = now - (len(samples) - int(loud[0])) / RATE
            if not self.clicks or at - self.clicks[-1] > 0.1:
                self.clicks.append(at)


def make_default(name: str) -> None:
    """As where the user makes this the microphone for all programs, in the system's settings."""
    subprocess.run(
        ["pw-metadata", "0", "default.configured.audio.source", json.dumps({"name": name}),
         "Spa:String:JSON"], check=True, timeout=30, capture_output=True,
    )  # fmt: skip


@contextmanager
def spoken_clicks(
    folder: Path, seconds: int, gaps: Sequence[float] = TO_A_BEAT, rate: int = RATE
) -> Iterator[None]:
    """The made-up microphone, with clicks for so long. folder: for the sound. gaps: seconds from
    one click to the next, over and over.
    """
    subprocess.run(["pw-cli", "create-node", "adapter", _NODE], check=True, timeout=30,
                   capture_output=True)  # fmt: skip
    wait_until(lambda: node_id(MADE_UP) > 0, _SLOW)
    path = folder / "clicks.wav"
    _write_clicks(path, seconds, gaps, rate)
    player = subprocess.Popen(["pw-play", "--target", "0", str(path)])
    try:
        wait_until(_spoken_into, _SLOW)
        yield
    finally:
        player.kill()
        player.wait()


def _spoken_into() -> bool:
    link = ["pw-link", "pw-play:output_MONO", f"{MADE_UP}:input_MONO"]
    return subprocess.run(link, capture_output=True, timeout=30, check=False).returncode == 0


def _write_clicks(path: Path, seconds: int, gaps: Sequence[float], rate: int) -> None:
    bars = [np.zeros(round(gap * rate), np.int16) for gap in gaps]
    for bar in bars:
        bar[: round(_CLICK_S * rate)] = 20_000
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.tile(np.concatenate(bars), round(seconds / sum(gaps))).tobytes())
