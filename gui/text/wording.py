"""Texts for what the engine reports, in the user's language."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from engine.doctor.checks import Check
from engine.errors import EngineError, TranslatableValue, filled
from engine.events import ProgressKind, SessionState, Stats
from engine.frames import Size
from engine.virtual_camera.protocol import CameraKind, OnAir, PublisherState, PublisherStatus

ERRORS = "errors"
"""The context of the engine's sentences in the translations; `tools/translations.py` finds them."""

MODEL_SHARE = 0.6
"""From this share of the delay on, the model or the network is named as the bottleneck."""
FLUENT_FPS = 20.0
"""A camera that delivers fewer frames per second, as many do in the dark, is the bottleneck."""


def state_name(state: SessionState) -> str:
    """The name of a state, in one or two words."""
    translate = QCoreApplication.translate
    return {
        SessionState.OFF: translate("wording", "Off"),
        SessionState.STARTING: translate("wording", "Starting"),
        SessionState.WARMING_UP: translate("wording", "Warming up"),
        SessionState.LIVE: translate("wording", "Live"),
        SessionState.PAUSED: translate("wording", "Paused"),
        SessionState.RECOVERING: translate("wording", "Recovering"),
        SessionState.STOPPING: translate("wording", "Stopping"),
    }[state]


def error_text(error: EngineError) -> str:
    """What went wrong, in a sentence."""
    return _translated(error.template, error.values)


def remedy_text(error: EngineError) -> str:
    """What to do about it, in a sentence."""
    return _translated(error.remedy_template, error.values)


def error_with_remedy(error: EngineError) -> str:
    """What went wrong and what to do about it."""
    return f"{error_text(error)} {remedy_text(error)}"


def check_texts(check: Check) -> tuple[str, str, str]:
    """Name, detail and remedy of what the doctor has checked."""
    name, detail, remedy = (
        _translated(template, check.values)
        for template in (check.name_template, check.detail_template, check.remedy_template)
    )
    return name, detail, remedy


def _translated(template: str, values: Mapping[str, str | float]) -> str:
    """A sentence of the engine in the user's language."""
    translated = QCoreApplication.translate(ERRORS, template)
    own = {
        name: QCoreApplication.translate(ERRORS, value)
        if isinstance(value, TranslatableValue)
        else value
        for name, value in values.items()
    }
    return filled(translated, own)


def delay(milliseconds: float) -> str:
    """A delay with its unit."""
    return QCoreApplication.translate("wording", "{0} ms").format(f"{milliseconds:.0f}")


def rates(stats: Stats) -> str:
    """Frames per second in and out."""
    return QCoreApplication.translate("wording", "{0} → {1} frames/s").format(
        f"{stats.fps_in:.0f}", f"{stats.fps_out:.0f}"
    )


def bottleneck(stats: Stats, size: Size) -> str:
    """What slows the stream down, and what would help; empty where nothing does."""
    translate = QCoreApplication.translate
    total = stats.capture_ms + stats.network_ms + stats.engine_ms + stats.publish_ms
    behind = 0 < stats.fps_out < 0.9 * stats.fps_in
    if behind and stats.network_ms >= MODEL_SHARE * total:
        text = translate("wording", "The network takes {0} ms; a cable is quicker than Wi-Fi.")
        return text.format(f"{stats.network_ms:.0f}")
    if behind and stats.engine_ms >= MODEL_SHARE * total:
        return _slow_model(1000.0 / stats.fps_out, size)
    if stats.fps_out > 0 and stats.fps_in < FLUENT_FPS:
        text = translate("wording", "The camera delivers {0} frames/s.")
        return text.format(f"{stats.fps_in:.0f}")
    return ""


def _slow_model(milliseconds: float, size: Size) -> str:
    """milliseconds: from one result to the next, which is less than one frame takes where several
    are worked on at the same time.
    """
    translate = QCoreApplication.translate
    smaller = smaller_size(size)
    text = translate("wording", "The model takes {0} ms per frame").format(f"{milliseconds:.0f}")
    if smaller is None:
        return f"{text}."
    share = smaller.width * smaller.height / (size.width * size.height)
    hint = translate("wording", "{0} would take about {1} ms.").format(
        size_text(smaller), f"{milliseconds * share:.0f}"
    )
    return translate("wording", "{0}; {1}").format(text, hint)


def smaller_size(size: Size) -> Size | None:
    """Three quarters of a size, with sides in multiples of 8; None where that is too small."""
    smaller = Size(*(round(side * 0.75 / 8) * 8 for side in (size.width, size.height)))
    return smaller if min(smaller.width, smaller.height) >= 192 else None


def size_text(size: Size) -> str:
    """A size in the way people write it."""
    return f"{size.width} × {size.height}"


def progress_word(kind: ProgressKind) -> str:
    """What the engine is doing, in a few words."""
    translate = QCoreApplication.translate
    return {
        ProgressKind.LOADING_MODEL: translate("wording", "Loading the model"),
        ProgressKind.COMPILING: translate("wording", "Compiling the model"),
        ProgressKind.CONNECTING: translate("wording", "Connecting to the other computer"),
        ProgressKind.MEASURING: translate("wording", "Finding the fastest way to run the model"),
        ProgressKind.WARMING_UP: translate("wording", "Collecting the first frames"),
        ProgressKind.FRAMES: translate("wording", "Styling the video"),
        ProgressKind.DOWNLOADING: translate("wording", "Downloading"),
        ProgressKind.VERIFYING: translate("wording", "Verifying the files"),
    }[kind]


def on_air_name(on_air: OnAir) -> str:
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


def webcam_status_text(camera: PublisherStatus | None) -> str:
    """The virtual camera's state in plain words."""
    translate = QCoreApplication.translate
    if camera is None or camera.state is PublisherState.STARTING:
        return translate("wording", "Webcam starting")
    if camera.state is PublisherState.UNAVAILABLE:
        return translate("wording", "No system webcam")
    if camera.state is PublisherState.GONE:
        return translate("wording", "Webcam restarting")
    return {
        True: translate("wording", "Webcam in use"),
        False: translate("wording", "Webcam not in use"),
        None: translate("wording", "Webcam ready"),
    }[camera.watched]


def finders_text(kinds: frozenset[CameraKind]) -> str:
    """Which programs find the camera; empty where the system has one way only."""
    translate = QCoreApplication.translate
    if kinds == {CameraKind.V4L2, CameraKind.PIPEWIRE}:
        return translate("wording", "Every program finds it: as a device and through PipeWire.")
    if kinds == {CameraKind.PIPEWIRE}:
        return translate(
            "wording",
            "It is there through PipeWire, without any driver: Flatpak programs and all others "
            "that ask the desktop for cameras find it. Zoom, Discord and Chromium look for a "
            "device, which the camera driver makes.",
        )
    if kinds == {CameraKind.V4L2}:
        return translate(
            "wording",
            "Programs that open camera devices find it. Flatpak programs and browsers that ask "
            "the desktop need PipeWire, which is not running.",
        )
    return ""
