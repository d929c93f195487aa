"""Whether this computer can compute for others, or have others compute for it."""

from __future__ import annotations

import av

from engine.doctor.checks import Check, passed, unknown

_NAME = "Engine for other computers"
_ENCODERS = {"libx264": "H.264", "libvpx": "VP8"}


def check_serving() -> Check:
    """Check the encoders. The camera works without, so nothing is a failure."""
    found = [name for encoder, name in _ENCODERS.items() if encoder in av.codecs_available]
    if len(found) < len(_ENCODERS):
        return unknown(_NAME, "PyAV lacks an encoder; it has: {found}", found=", ".join(found))
    return passed(_NAME, "ready, with {found}: python main.py serve", found=", ".join(found))
