"""The engine behind one stream: a session of its own, what it is told, and what it says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from engine.control.changes import blended, given, next_style
from engine.control.commands import Action, Adjust, ChooseStyle, Do, SetBlend, SetMark
from engine.control.status import Problem, Status
from engine.errors import EngineError, SettingError
from engine.events import (
    Event,
    Failed,
    SessionState,
    SizesChosen,
    StateChanged,
    Stats,
)
from engine.files.json_data import to_data
from engine.frames import Size
from engine.remote.wire import End, Message, WholeSettings
from engine.server.engine_kind import EngineKind
from engine.server.feed import FrameFeed
from engine.server.outlet import Outlet, Post
from engine.session.commands import ApplySettings, Pause, SetWatermark
from engine.session.job import Job
from engine.session.session import Session
from engine.settings import InputSettings, LiveSettings
from engine.video.watermark import AiWatermark

UNMARKED = AiWatermark(shown=False, invisible=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a peer asks for. size: of the results; None is that of the frames. paced: nothing is
    dropped. marked: whether the results say that AI made them; if not, whoever asked does it.
    shared: every paired device may watch.
    """

    size: Size | None = None
    paced: bool = False
    marked: bool = True
    shared: bool = False


class StreamEngine:
    """Belongs to the loop's thread, except what the session calls.

    tell: hears events in their JSON form. ended: called once the session that was begun is over,
    with the error it failed with, if any.
    """

    def __init__(
        self,
        kind: EngineKind,
        wanted: Wanted,
        outlet: Outlet,
        post: Post,
        tell: Callable[[dict[str, Any]], object],
        ended: Callable[[EngineError | None], object],
    ) -> None:
        self._kind, self._wanted, self._outlet = kind, wanted, outlet
        self._post, self._tell, self._ended = post, tell, ended
        self._live = kind.live
        self._mark = AiWatermark() if wanted.marked else UNMARKED
        self._state = SessionState.OFF
        self._problem: Problem | None = None
        self._failure: EngineError | None = None
        self._session: Session | None = None
        self._feed: FrameFeed | None = None
        self.figures: Stats | None = None
        self.size: Size | None = None
        self.over = asyncio.Event()
        self.over.set()

    @property
    def status(self) -> Status:
        """A moment of the stream."""
        return Status(
            session=self._state,
            on_air=self._on_air(),
            panic=self._outlet.hidden,
            panic_reached=self._outlet.hidden,
            model=self._kind.build.model,
            live=self._live,
            mark=self._mark,
            styles=self._kind.named_styles,
            problem=self._problem,
        )

    def tell_status(self) -> None:
        """Tell the peer how things stand."""
        self._tell({"event": "status", "status": to_data(self.status)})

    def begin(self, feed: FrameFeed) -> None:
        """Begin to style what this source gives."""
        self._feed = feed
        self._outlet.read_from(feed)
        self._session = Session(
            self._hear,
            build_translator=self._kind.build_translator,
            open_source=lambda _: feed,
            prepare=self._kind.prepare,
        )
        self._state = SessionState.STARTING
        self.over.clear()
        self._session.start(
            Job(
                input=InputSettings(),
                build=self._kind.build,
                live=self._live,
                sinks=(self._outlet,),
                realtime=not self._wanted.paced,
                patient=False,
                output=self._wanted.size,
                largest=self._kind.largest,
                automatic=True,
                watermark=self._mark,
            )
        )

    def stop(self) -> None:
        """End; `over` is set once the model is released."""
        if self._feed is not None:
            self._feed.close()
        if self._session is not None:
            self._session.stop()

    def run(self, message: Message) -> None:
        """Do as the peer says. Raises SettingError."""
        match message:
            case Do(action):
                self._do(action)
            case ChooseStyle(name):
                self._apply(replace(self._live, style=name))
            case SetBlend():
                self._apply(blended(self._live, message))
            case Adjust():
                self._apply(replace(self._live, **given(message)))
            case WholeSettings(live):
                self._apply(live)
            case SetMark():
                self._mark = replace(self._mark, **given(message))
                self._send(SetWatermark(self._mark))
            case End() if self._wanted.paced:
                if self._feed is not None:
                    self._feed.finish()
            case _:
                raise _not_here()
        self.tell_status()

    def _do(self, action: Action) -> None:
        names = tuple(style.name for style in self._kind.styles)
        match action:
            case Action.PANIC | Action.RELEASE:
                self._outlet.hide(action is Action.PANIC)
            case Action.TOGGLE_PANIC:
                self._outlet.hide(not self._outlet.hidden)
            case Action.LIVE | Action.STOP:
                self._send(Pause(action is Action.STOP))
            case Action.TOGGLE_LIVE:
                self._send(Pause(self._state is not SessionState.PAUSED))
            case Action.NEXT_STYLE | Action.PREVIOUS_STYLE:
                by = 1 if action is Action.NEXT_STYLE else -1
                self._apply(replace(self._live, style=next_style(names, self._live.style, by)))
            case _:
                raise _not_here()

    def _apply(self, live: LiveSettings) -> None:
        live, _removed = self._kind.catalog.usable(self._kind.build.model, live)
        self._live = live
        self._send(ApplySettings(live))

    def _send(self, command: ApplySettings | SetWatermark | Pause) -> None:
        if self._session is not None:
            self._session.send(command)

    def _hear(self, event: Event) -> None:
        """On the engine's thread."""
        self._post(self._on_event, event)

    def _on_event(self, event: Event) -> None:
        match event:
            case StateChanged(state):
                self._state = state
                if state is SessionState.LIVE:
                    self._problem = None
                self.tell_status()
                if state is SessionState.OFF:
                    self.over.set()
                    self._ended(self._failure)
            case Stats():
                self.figures = event
                self._tell({"event": "figures", "figures": to_data(event)})
            case SizesChosen(picture):
                self.size = picture
            case Failed(error, recovering):
                self._problem = Problem(error.message, error.remedy)
                self._failure = None if recovering else error
                self.tell_status()
            case _:
                pass

    def _on_air(self) -> str:
        if self._outlet.hidden:
            return "panic"
        if self._outlet.showing:
            return "styled"
        return "placeholder" if self._outlet.results else "nothing"


def _not_here() -> EngineError:
    return SettingError(
        "A server does not do this.", "Do it on the computer that the pictures come from."
    )
