"""FFmpeg's own WHIP client: `python -m tests.engine.server.ffmpeg_whip ADDRESS TOKEN CERTIFICATE`,
until it is ended. A process of its own, as its muxer keeps Python waiting while it connects.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
from av.video.frame import VideoFrame

from engine.control.web.certificate import server_context
from tests.engine.server.peers import SIDE, Serving, numbered

FPS = 6
FRAMES = 1 << 12
HANDSHAKE_MS = "120000"
"""A computer may be busy with other tests."""


@contextmanager
def ffmpeg_sends(server: Serving, token: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """FFmpeg brings numbered pictures meanwhile. folder: for a certificate."""
    server_context(folder)  # makes one
    certificate = str(folder / "certificate.pem")
    module = "tests.engine.server.ffmpeg_whip"
    command = [sys.executable, "-m", module, f"{server.url}/whip", token, certificate]
    process = subprocess.Popen(command)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def send(url: str, token: str, certificate: str) -> None:
    """Bring numbered pictures. certificate: a PEM file with a key of the curve P-256, which every
    WebRTC has to know; FFmpeg's own choice is another where it is built with GnuTLS.
    """
    options = {
        "authorization": token,
        "handshake_timeout": HANDSHAKE_MS,
        "cert_file": certificate,
        "key_file": certificate,
    }
    with av.open(url, "w", format="whip", options=options) as container:
        stream = container.add_stream("libx264", rate=FPS)
        stream.width = stream.height = SIDE
        stream.pix_fmt = "yuv420p"
        stream.options = {
            "tune": "zerolatency",
            "preset": "ultrafast",
            "profile": "baseline",
            "bf": "0",
        }
        stream.codec_context.gop_size = FPS
        for number in range(FRAMES):
            frame = VideoFrame.from_ndarray(numbered(number), "rgb24").reformat(format="yuv420p")
            frame.pts = number
            for packet in stream.encode(frame):
                container.mux(packet)
            time.sleep(1 / FPS)


if __name__ == "__main__":
    send(*sys.argv[1:4])
