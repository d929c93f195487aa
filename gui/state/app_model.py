"""What the user can do, and the state of everything: the window's model, without widgets."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from engine.accelerators import ACCELERATORS, AUTO
from engine.errors import EngineError
from engine.events import Failed, SessionState, Stats
from engine.frames import Size, StyledFrame
from engine.model_store.catalog import Catalog
from engine.model_store.styles import StyleEntry
from engine.session.commands import ApplySettings, Pause, SetWatermark, ShowOriginal
from engine.session.job import Job
from engine.settings import (
    MAX_SEED,
    WHOLE,
    BuildSettings,
    Composition,
    InputSettings,
    Interpolation,
    LiveSettings,
    Styled,
)
from engine.video.watermark import AiWatermark
from engine.virtual_camera.protocol import PublisherStatus
from gui.engine_link.session_bridge import SessionBridge
from gui.engine_link.virtual_camera import VirtualCameraModel
from gui.state.app_state import AppState
from gui.state.computers import at_start, moved
from gui.state.preferences import Preferences, PreferenceStore, with_style

SAVE_AFTER_MS = 500


class AppModel(QObject):
    """Actions for the panes, and two frozen values with all they show: state and preferences.

    Only the GUI thread calls it, and nothing here waits but `close`.
    """

    state_changed = Signal(AppState)
    preferences_changed = Signal(Preferences)
    troubled = Signal(object)
    """An EngineError, or None when the problem is over."""

    def __init__(
        self,
        bridge: SessionBridge,
        camera: VirtualCameraModel,
        store: PreferenceStore,
        catalog: Catalog,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.bridge, self.camera = bridge, camera
        self._store, self._own_catalog = store, catalog
        saved, self.catalog = at_start(store.load(), catalog)
        self._preferences, removed = _usable(saved, self.catalog)
        if removed is not None:  # nobody listens yet
            QTimer.singleShot(0, self, lambda: self.report(removed))
        self._app_state = AppState()
        self._output: StyledFrame | None = None
        self._visible = True
        self._saving = QTimer(self, interval=SAVE_AFTER_MS, singleShot=True)
        self._saving.timeout.connect(self.save)
        bridge.state_changed.connect(self._on_state)
        bridge.failed.connect(self._on_failed)
        camera.status_changed.connect(self._on_camera)

    @property
    def preferences(self) -> Preferences:
        """Everything that is remembered."""
        return self._preferences

    @property
    def state(self) -> AppState:
        """The state of everything."""
        return self._app_state

    @property
    def styles(self) -> tuple[StyleEntry, ...]:
        """The chosen model's styles, favourites first, else in the catalogue's order."""
        stars = self._preferences.favourites
        entries = self.catalog.styles_of(self._preferences.build.model)
        return tuple(sorted(entries, key=lambda style: style.name not in stars))

    @property
    def last_output(self) -> StyledFrame | None:
        """The styled frame shown last; None before the first of a session."""
        return self._output

    def take_output(self) -> StyledFrame | None:
        """The newest styled frame if there is one that was not taken yet."""
        frame = self.bridge.newest_output()
        if frame is not None:
            self._output = frame
        return frame

    def toggle(self) -> None:
        """Go live, or stop."""
        if self._app_state.running:
            self.stop()
        else:
            self.go_live()

    def go_live(self) -> None:
        """Start the stream with what is set."""
        self.troubled.emit(None)
        self._output = None
        if not self._preferences.seed_locked:
            self.set_live(replace(self._preferences.live, seed=random_seed()))
        self.bridge.start(self._job)

    def stop(self) -> None:
        """End the stream."""
        self.bridge.stop()

    def panic(self, on: bool) -> None:
        """Hold the placeholder on air until released; a release, which may come from outside, shows
        nothing but styled pictures.
        """
        self.camera.panic(on)
        self._set_state(replace(self._app_state, panic=on))
        if on:
            self._end_unstyled()

    def picture_delay_ms(self, stats: Stats) -> float:
        """How late other programs see the picture; 0 while nothing is measured."""
        fps = self._preferences.camera.fps
        return stats.picture_delay_ms(fps, self.camera.wait_ms(fps))

    def note_release(self) -> None:
        """Follow a release that has reached the camera already (`camera.show_at_once`)."""
        self.camera.refresh()
        self._set_state(replace(self._app_state, panic=False))

    def toggle_panic(self) -> None:
        """Panic, or release."""
        self.panic(not self._app_state.panic)

    def show_original(self, on: bool) -> None:
        """Put the untouched camera picture on air, until this session ends or a panic comes."""
        if on and not self._app_state.running:
            return
        self.bridge.send(ShowOriginal(on))
        self._set_state(replace(self._app_state, original=on))

    def set_recording(self, on: bool) -> None:
        """Note that a recording has begun or ended."""
        self._set_state(replace(self._app_state, recording=on))

    def set_live(self, live: LiveSettings) -> None:
        """Change what may change between two frames."""
        self.update(lambda preferences: replace(preferences, live=live))
        self.bridge.send(ApplySettings(_composed(self._preferences)))

    def set_composition(self, composition: Composition) -> None:
        """Change who is styled and what is behind them, until the program ends."""
        self.update(lambda preferences: replace(preferences, composition=composition))
        self.bridge.send(ApplySettings(_composed(self._preferences)))

    def set_auto_framing(self, on: bool) -> None:
        """Follow whoever is in the picture, or show all of it again."""
        self.update(lambda preferences: replace(preferences, auto_framing=on))
        self.bridge.send(ApplySettings(_composed(self._preferences)))

    def set_interpolation(self, wanted: Interpolation) -> None:
        """Show interpolated frames between those of a slow model, or no longer."""
        self.update(lambda preferences: replace(preferences, interpolation=wanted))
        self.bridge.send(ApplySettings(_composed(self._preferences)))

    def apply(self, model: str, live: LiveSettings) -> None:
        """Set everything as in a preset; says so where a style of it was removed and another takes
        its place. Raises SettingError where its model or a style of it does not exist.
        """
        live, removed = self.catalog.usable(model, live)
        if model != self._preferences.build.model:
            self.set_build(replace(self._preferences.build, model=model))
        self.set_live(live)
        if removed is not None:
            self.report(removed)

    def choose_style(self, name: str) -> None:
        """Fade over to another style."""
        self.set_live(with_style(self._preferences.live, name))

    def choose_nth_style(self, index: int) -> None:
        """Choose by the number key; harmless past the end."""
        styles = self.styles
        if index < len(styles):
            self.choose_style(styles[index].name)

    def set_favourite(self, name: str, on: bool) -> None:
        """Put a style among the favourites, or take it out."""
        others = tuple(star for star in self._preferences.favourites if star != name)
        favourites = (*others, name) if on else others
        self.update(lambda preferences: replace(preferences, favourites=favourites))

    def set_input(self, wanted: InputSettings) -> None:
        """Take frames from elsewhere or fit them otherwise; a running stream starts again."""
        self._rebuild(lambda preferences: replace(preferences, input=wanted))

    def set_build(self, wanted: BuildSettings) -> None:
        """Another model, size or device; a running stream starts again.

        Another model or device has other accelerators: the fastest is chosen again.
        """
        before = self._preferences.build
        if (wanted.model, wanted.device) != (before.model, before.device):
            wanted = replace(wanted, accelerator=AUTO)
        self._rebuild(lambda preferences: replace(preferences, build=wanted))
        if wanted.model != before.model:
            self._suit(wanted.model)

    def compute_on(self, engine: str, catalog: Catalog) -> None:
        """Have another computer do the work, with what it has on offer; a running stream starts
        again. engine: its address.
        """
        self.catalog = catalog
        self._rebuild(lambda preferences: moved(preferences, engine, catalog))

    def compute_here(self) -> None:
        """Have this computer do the work."""
        self.compute_on("", self._own_catalog)

    def set_engine_size(self, size: Size | None) -> None:
        """Let the model compute at this size, or with None find one; a running stream restarts."""
        self._rebuild(
            lambda preferences: replace(
                preferences,
                automatic_size=size is None,
                build=replace(preferences.build, size=size or preferences.build.size),
            )
        )

    def set_watermark(self, watermark: AiWatermark) -> None:
        """Move the AI watermark, or turn it on or off."""
        self.update(lambda preferences: replace(preferences, mark=watermark))
        self.bridge.send(SetWatermark(watermark))

    def update(self, change: Callable[[Preferences], Preferences]) -> None:
        """Remember the preferences that `change` makes of the present ones."""
        changed = change(self._preferences)
        if changed == self._preferences:
            return
        self._preferences = changed
        self._saving.start()
        self.preferences_changed.emit(changed)

    def set_visible(self, on: bool) -> None:
        """Whether the window can be seen: unseen and unwatched, the translator pauses."""
        self._visible = on
        self._pause_if_idle()

    def report(self, error: EngineError) -> None:
        """Show what went wrong."""
        self.troubled.emit(error)

    def save(self) -> None:
        """Write the preferences now."""
        self._saving.stop()
        self._store.save(self._preferences)

    def close(self, timeout: float) -> bool:
        """End everything; True when the session has ended within `timeout` seconds."""
        try:
            self.save()
        finally:
            try:
                ended = self.bridge.close(timeout)
            finally:
                self.camera.close()
        return ended

    def _rebuild(self, change: Callable[[Preferences], Preferences]) -> None:
        before = self._preferences
        self.update(change)
        if self._preferences != before and self._app_state.running:
            self.bridge.start(self._job)

    def _job(self) -> Job:
        chosen = self._preferences
        return Job(
            chosen.input,
            chosen.build,
            _composed(chosen),
            (self.camera.sink(),),
            largest=chosen.camera.size,
            automatic=chosen.automatic_size and not chosen.build.engine,
            watermark=chosen.mark,
        )

    def _suit(self, model: str) -> None:
        """Take over what suits a newly chosen model."""
        entry, styles = self.catalog.model(model), self.catalog.styles_of(model)
        live = replace(
            with_style(self._preferences.live, styles[0].name),
            blend=None,
            steps=entry.default_steps,
            strength=entry.default_strength,
        )
        self.set_live(live)

    def _end_unstyled(self) -> None:
        """Nobody is shown unstyled any more."""
        if self._app_state.original:
            self.show_original(False)
        if self._preferences.composition.raw_person:
            self.set_composition(replace(self._preferences.composition, styled=Styled.EVERYTHING))

    def _on_state(self, state: SessionState) -> None:
        original = self._app_state.original and state is not SessionState.OFF
        if state in (SessionState.LIVE, SessionState.PAUSED):
            self.troubled.emit(None)
        self._set_state(replace(self._app_state, session=state, original=original))
        if state is SessionState.OFF:
            self._end_unstyled()
        self._pause_if_idle()

    def _on_failed(self, event: Failed) -> None:
        self.troubled.emit(event.error)

    def _on_camera(self, status: PublisherStatus) -> None:
        self._set_state(replace(self._app_state, camera=status))
        self._pause_if_idle()

    def _pause_if_idle(self) -> None:
        idle = not self._visible and self._app_state.watched is False
        if idle and self._app_state.session is SessionState.LIVE:
            self.bridge.send(Pause(True))
        elif not idle and self._app_state.session is SessionState.PAUSED:
            self.bridge.send(Pause(False))

    def _set_state(self, app_state: AppState) -> None:
        if app_state != self._app_state:
            self._app_state = app_state
            self.state_changed.emit(app_state)


def _composed(preferences: Preferences) -> LiveSettings:
    """What is set live, for the engine."""
    return replace(
        preferences.live,
        composition=WHOLE if preferences.build.engine else preferences.composition,
        auto_framing=preferences.auto_framing,
        interpolation=preferences.interpolation,
    )


def random_seed() -> int:
    """A fresh seed; short enough to read out."""
    return random.randrange(min(MAX_SEED, 999_999))


def _usable(saved: Preferences, catalog: Catalog) -> tuple[Preferences, EngineError | None]:
    """The saved preferences with a model, styles and an accelerator that are still there, and what
    to say.
    """
    if saved.build.accelerator not in (AUTO, *(info.name for info in ACCELERATORS)):
        saved = replace(saved, build=replace(saved.build, accelerator=AUTO))
    model = saved.build.model
    try:
        live, removed = catalog.usable(model, saved.live)
    except EngineError:
        first = catalog.models[0]
        style = catalog.styles_of(first.name)[0].name
        build = replace(saved.build, model=first.name)
        live = replace(saved.live, style=style, blend=None)
        return replace(saved, build=build, live=live), None
    successors = catalog.successors(model)
    favourites = tuple(dict.fromkeys(successors.get(star, star) for star in saved.favourites))
    return replace(saved, live=live, favourites=favourites), removed
