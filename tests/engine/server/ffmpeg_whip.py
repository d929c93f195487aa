"""FFmpeg's own WHIP client: `python -m tests.engine.server.ffmpeg_whip ADDRESS TOKEN CERTIFICATE`,
until it is ended. A process of its own, as its muxer keeps Python waiting while it connects.
"""

from __future__ import annotations

import sys
import time

import av
from av.video.frame import VideoFrame

from tests.engine.server.peers import SIDE, numbered

FPS = 6
FRAMES = 1 << 12
HANDSHAKE_MS = "120000"
"""A computer may be busy with other tests."""


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
