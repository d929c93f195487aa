"""Errors that a user may see: what went wrong, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping

from engine.installation import with_own_commands


class TranslatableValue(str):
    """A value that is the program's own word, not a name or a figure: it is translated, too."""

    __slots__ = ()


class EngineError(Exception):
    """Something the user can act on: a message and a remedy, one plain sentence each.

    Both are templates for `str.format`, filled with `values` where there are any; they and the
    values are kept apart, so that a sentence can be put into another language.
    """

    def __init__(self, template: str, remedy_template: str, /, **values: object) -> None:
        super().__init__(template, remedy_template)
        self.template, self.remedy_template = template, remedy_template
        self.values = plain(values)

    @property
    def message(self) -> str:
        """What went wrong."""
        return filled(self.template, self.values)

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return filled(self.remedy_template, self.values)

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}"


def filled(template: str, values: Mapping[str, str | float]) -> str:
    """A template with its values in place; one that has none is the sentence itself.

    A checkout's commands in it become those of this installation.
    """
    return with_own_commands(template.format(**values) if values else template)


def plain(values: Mapping[str, object]) -> dict[str, str | float]:
    """Figures and words as they are; of anything else only what it says."""
    return {
        name: value if isinstance(value, str | int | float) else str(value)
        for name, value in values.items()
    }


class SettingError(EngineError):
    """A setting has a value that it cannot have."""


class SourceError(EngineError):
    """Frames cannot be had: no such file, a busy camera, a screen that is not there."""


class SinkError(EngineError):
    """Frames cannot be delivered: a full disk, no virtual camera."""


class RefusedError(SinkError):
    """A service does not accept what it is sent; trying again would not help."""


class ModelError(EngineError):
    """A model cannot be loaded or run: a missing, broken or foreign file, too little memory."""


class MissingComponentsError(ModelError):
    """Components of a model are not on this computer; they can be downloaded."""


class MemoryShortError(ModelError):
    """A model needs more memory than there is; a lesser setting may do."""


class ElsewhereError(ModelError):
    """The engine on another computer cannot be reached, refuses, or has broken off."""


class DeviceError(EngineError):
    """The accelerator asked for is not here or cannot do the work."""


class DownloadError(EngineError):
    """A file could not be fetched, or is not what it should be."""


class CredentialError(EngineError):
    """A file could not be signed; it is complete all the same."""
