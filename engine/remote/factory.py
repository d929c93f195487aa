"""Builds the translator of a job: on this computer, or on the other one that it names."""

from __future__ import annotations

from collections.abc import Callable

from engine.events import Event
from engine.interfaces import Translator
from engine.session.session import build_translator as build_here
from engine.settings import BuildSettings, LiveSettings


def build_translator(
    build: BuildSettings, live: LiveSettings, listener: Callable[[Event], None]
) -> Translator:
    """For a session. Raises whatever building does; an engine elsewhere that cannot be reached
    raises ElsewhereError at first, and is tried again once the stream has been there.
    """
    if not build.engine:
        return build_here(build, live, listener)
    from engine.remote.pairing import door_of  # noqa: PLC0415 - a key store takes a while
    from engine.remote.stream.translator import RemoteTranslator  # noqa: PLC0415 - so does aiortc

    return RemoteTranslator(
        door_of(build.engine), live, listener, paced=not build.at_once, patient=build.resumed
    )
