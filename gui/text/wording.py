"""The words for what the engine reports, in the user's language."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from engine.doctor.checks import Check
from engine.errors import EngineError, TranslatableValue, filled
from engine.events import ProgressKind, SessionState, Stats
from engine.frames import Size
from engine.virtual_camera.protocol import OnAir, PublisherState, PublisherStatus

ERRORS = "errors"
"""The context of the engine's sentences in the translations; `tools/translations.py` finds them."""

MODEL_SHARE = 0.6
"""From this share of the delay on, the model is named as what holds the stream back."""
FLUENT_FPS = 20.0
"""A camera that gives fewer frames per second, as many do in the dark, holds the stream back."""


def state_word(state: SessionState) -> str:
    """One or two words for a state."""
    translate = QCoreApplication.translate
    return {
        SessionState.OFF: translate("wording", "Off"),
        SessionState.STARTING: translate("wording", "Starting"),
        SessionState.WARMING_UP: translate("wording", "Warming up"),
        SessionState.LIVE: translate("wording", "Live"),
        SessionState.PAUSED: translate("wording", "Paused"),
        SessionState.RECOVERING: translate("wording", "Trouble"),
        SessionState.STOPPING: translate("wording", "Stopping"),
    }[state]


def trouble(error: EngineError) -> str:
    """What went wrong, in a sentence."""
    return _told(error.template, error.values)


def remedy(error: EngineError) -> str:
    """What to do about it, in a sentence."""
    return _told(error.remedy_template, error.values)


def whole_trouble(error: EngineError) -> str:
    """Both."""
    return f"{trouble(error)} {remedy(error)}"


def words_of(check: Check) -> tuple[str, str, str]:
    """Name, detail and remedy of what the doctor has looked at."""
    name, detail, cure = (
        _told(template, check.values)
        for template in (check.name_template, check.detail_template, check.remedy_template)
    )
    return name, detail, cure


def _told(template: str, values: Mapping[str, str | float]) -> str:
    """A sentence of the engine in the user's language."""
    words = QCoreApplication.translate(ERRORS, template)
    own = {
        name: QCoreApplication.translate(ERRORS, value)
        if isinstance(value, TranslatableValue)
        else value
        for name, value in values.items()
    }
    return filled(words, own)


def delay(milliseconds: float) -> str:
    """A delay with its unit."""
    return QCoreApplication.translate("wording", "{0} ms").format(f"{milliseconds:.0f}")


def rates(stats: Stats) -> str:
    """Frames per second in and out."""
    return QCoreApplication.translate("wording", "{0} → {1} frames/s").format(
        f"{stats.fps_in:.0f}", f"{stats.fps_out:.0f}"
    )


def bottleneck(stats: Stats, size: Size) -> str:
    """What holds the stream back, and what would help; empty while nothing does."""
    translate = QCoreApplication.translate
    total = stats.capture_ms + stats.engine_ms + stats.publish_ms
    behind = 0 < stats.fps_out < 0.9 * stats.fps_in
    if behind and stats.engine_ms >= MODEL_SHARE * total:
        return _slow_model(1000.0 / stats.fps_out, size)
    if stats.fps_out > 0 and stats.fps_in < FLUENT_FPS:
        words = translate("wording", "The camera gives {0} frames a second.")
        return words.format(f"{stats.fps_in:.0f}")
    return ""


def _slow_model(milliseconds: float, size: Size) -> str:
    """milliseconds: from one result to the next; that is less than a frame's way through the
    engine where neighbours are worked on at a time.
    """
    translate = QCoreApplication.translate
    smaller = smaller_size(size)
    words = translate("wording", "The model takes {0} ms a frame").format(f"{milliseconds:.0f}")
    if smaller is None:
        return f"{words}."
    share = smaller.width * smaller.height / (size.width * size.height)
    hint = translate("wording", "{0} would take about {1} ms.").format(
        size_word(smaller), f"{milliseconds * share:.0f}"
    )
    return translate("wording", "{0}; {1}").format(words, hint)


def smaller_size(size: Size) -> Size | None:
    """Three quarters of a size, in steps of 8; None where it would be too small to use."""
    smaller = Size(*(round(side * 0.75 / 8) * 8 for side in (size.width, size.height)))
    return smaller if min(smaller.width, smaller.height) >= 192 else None


def size_word(size: Size) -> str:
    """A size as people write it."""
    return f"{size.width} × {size.height}"


def progress_word(kind: ProgressKind) -> str:
    """The words for a piece of the engine's work."""
    translate = QCoreApplication.translate
    return {
        ProgressKind.LOADING_MODEL: translate("wording", "Loading the model"),
        ProgressKind.COMPILING: translate("wording", "Compiling the model"),
        ProgressKind.MEASURING: translate("wording", "Finding the fastest way to run it"),
        ProgressKind.WARMING_UP: translate("wording", "Gathering the first frames"),
        ProgressKind.FRAMES: translate("wording", "Styling the video"),
        ProgressKind.DOWNLOADING: translate("wording", "Downloading"),
        ProgressKind.VERIFYING: translate("wording", "Checking the files"),
    }[kind]


def on_air_word(on_air: OnAir) -> str:
    """What other programs see, in a word or two."""
    translate = QCoreApplication.translate
    return {
        OnAir.STYLED: translate("wording", "Live"),
        OnAir.ORIGINAL: translate("wording", "Original"),
        OnAir.PLACEHOLDER: translate("wording", "Hidden"),
        OnAir.PANIC: translate("wording", "Hidden"),
        OnAir.UNKNOWN: translate("wording", "Unknown"),
        OnAir.NOTHING: translate("wording", "Camera off"),
    }[on_air]


def watch_words(camera: PublisherStatus | None) -> str:
    """The virtual camera's state in plain words."""
    translate = QCoreApplication.translate
    if camera is None or camera.state is PublisherState.STARTING:
        return translate("wording", "Camera starts")
    if camera.state is PublisherState.UNAVAILABLE:
        return translate("wording", "No system webcam")
    if camera.state is PublisherState.GONE:
        return translate("wording", "Camera restarts")
    words = {
        True: translate("wording", "Being watched"),
        False: translate("wording", "Nobody watching"),
        None: translate("wording", "Camera ready"),
    }
    return words[camera.watched]
