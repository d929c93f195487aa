"""What those who control the window from outside are told of it."""

from __future__ import annotations

from pathlib import Path

from engine.control.status import CueStatus, Named, Problem, Status
from engine.errors import EngineError
from gui.state.app_model import AppModel
from gui.state.presets import FOLDER, FORMER_FOLDER, PresetStore
from gui.text.catalog_strings import in_users_language
from gui.text.wording import error_text, remedy_text


class PresetNames:
    """The names of the presets, listed again only when a file has come or gone."""

    def __init__(self, settings: Path) -> None:
        self._store = PresetStore(settings)
        self._folders = (settings / FOLDER, settings / FORMER_FOLDER)
        self._names: tuple[str, ...] = ()
        self._listed: tuple[int, ...] | None = None

    def now(self) -> tuple[str, ...]:
        """As they are now."""
        seen = tuple(_changed_at(folder) for folder in self._folders)
        if seen != self._listed:
            self._listed = seen
            self._names = tuple(preset.name for preset in self._store.all())
        return self._names


def status_of(
    app_model: AppModel, presets: tuple[str, ...], cues: CueStatus, error: EngineError | None
) -> Status:
    """The status at this moment, with texts in the user's language."""
    now, preferences = app_model.state, app_model.preferences
    return Status(
        session=now.session,
        on_air=now.on_air.name.lower(),
        panic=now.panic,
        panic_reached=now.panic_reached,
        original=now.original,
        recording=now.recording,
        watched=now.watched,
        model=preferences.build.model,
        live=preferences.live,
        input=preferences.input,
        mark=preferences.mark,
        styles=tuple(
            Named(style.name, in_users_language(style.title)) for style in app_model.styles
        ),
        presets=presets,
        cues=cues,
        problem=Problem(error_text(error), remedy_text(error)) if error is not None else None,
    )


def _changed_at(folder: Path) -> int:
    """When something in a folder has changed last; 0 where there is none."""
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0
