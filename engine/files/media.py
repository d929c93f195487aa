"""Opens films and pictures of strangers for FFmpeg: as files, never as addresses, within bounds."""

from __future__ import annotations

import os
from pathlib import Path

import av
from av.container import InputContainer

LARGEST_SIDE = 8192
LARGEST_PICTURE = LARGEST_SIDE**2
"""Pixels of one frame: a file of a megabyte can make pictures of many gigabytes."""

DECODER_LIMITS = {"max_pixels": str(LARGEST_PICTURE)}
"""Options of each video decoder."""


def open_media(path: Path, options: dict[str, str] | None = None) -> InputContainer:
    """Open a file of any kind. options: FFmpeg's, for its demuxer. Raises what PyAV raises.

    Without `file:` FFmpeg would take "12:30 call.mp4" for a protocol, without `pattern_type` a
    "%" for a number.
    """
    limits = {**DECODER_LIMITS, "protocol_whitelist": "file", "pattern_type": "none"}
    return av.open(f"file:{os.fspath(path)}", options={**limits, **(options or {})})
