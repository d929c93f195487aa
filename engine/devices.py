"""What a model can be computed on, as data: knows no torch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """A device. name: as torch calls it; free_bytes: None where it cannot be told."""

    name: str
    title: str
    free_bytes: int | None
