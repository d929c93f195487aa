"""Errors that a user may see: what went wrong, and what to do about it."""

from __future__ import annotations


class EngineError(Exception):
    """Something the user can act on. `message` and `remedy` are one plain sentence each."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}"


class SettingError(EngineError):
    """A setting has a value that it cannot have."""


class SourceError(EngineError):
    """Frames cannot be had: no such file, a busy camera, a screen that is not there."""


class SinkError(EngineError):
    """Frames cannot be delivered: a full disk, no virtual camera."""


class ModelError(EngineError):
    """A model cannot be loaded or run: a missing, broken or foreign file, too little memory."""


class DeviceError(EngineError):
    """The accelerator asked for is not here or cannot do the work."""


class DownloadError(EngineError):
    """A file could not be fetched, or is not what it should be."""
