"""Which microphones there are, as PipeWire lists them."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass

from engine.microphone.streams import NODE_NAME
from engine.pipewire.dump import read_dump

_ANSWERS_WITHIN = 5.0


@dataclass(frozen=True, slots=True)
class MicrophoneInfo:
    """node: its name for PipeWire, which stays the same. title: what people call it."""

    node: str
    title: str


def list_microphones() -> list[MicrophoneInfo]:
    """All but our own; empty where PipeWire's own tool `pw-dump` is missing or says nothing."""
    tool = shutil.which("pw-dump")
    if tool is None:
        return []
    try:
        done = subprocess.run([tool], capture_output=True, timeout=_ANSWERS_WITHIN, check=True)
        found = read_dump(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return []
    listed = [_microphone(entry) for entry in found]
    return [microphone for microphone in listed if microphone is not None]


def _microphone(entry: dict[str, object]) -> MicrophoneInfo | None:
    info = entry.get("info")
    properties = info.get("props") if isinstance(info, dict) else None
    if not isinstance(properties, dict):
        return None
    kind, name = str(properties.get("media.class", "")), str(properties.get("node.name", ""))
    if not kind.startswith("Audio/Source") or name in ("", NODE_NAME):
        return None
    return MicrophoneInfo(name, str(properties.get("node.description") or name))
