"""What an engine on another computer does not do."""

from __future__ import annotations

from engine.errors import SettingError
from engine.settings import WHOLE, LiveSettings


def check(live: LiveSettings) -> None:
    """Raise SettingError where a part of the picture is to stay unstyled, or to be replaced: the
    pictures for that are not sent, and what comes back is styled as a whole.
    """
    if live.composition != WHOLE:
        raise SettingError(
            "Another computer styles the whole picture only.",
            "Style everything, or compute on this computer.",
        )
