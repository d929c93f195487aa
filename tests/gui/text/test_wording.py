from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from engine.doctor.checks import failed
from engine.errors import EngineError, SettingError, SourceError
from engine.events import SessionState
from engine.frames import Size
from engine.settings import LiveSettings
from gui.text.languages import Languages
from gui.text.wording import (
    bottleneck,
    check_texts,
    error_text,
    error_with_remedy,
    rates,
    smaller_size,
    state_name,
)
from tests.gui.fakes import stats

SIZE = Size(512, 512)


def test_every_state_has_a_word_of_its_own(qapp: QApplication) -> None:
    assert len({state_name(state) for state in SessionState}) == len(SessionState)


def test_the_model_is_named_with_what_would_help() -> None:
    words = bottleneck(stats(engine_ms=110, fps_in=30, fps_out=1000 / 61), SIZE)
    assert words == "The model takes 61 ms per frame; 384 × 384 would take about 34 ms."


def test_a_slow_camera_is_named_instead() -> None:
    figures = stats(capture_ms=60, engine_ms=10, publish_ms=2, fps_in=10, fps_out=8)
    assert bottleneck(figures, SIZE) == "The camera delivers 10 frames/s."


def test_a_camera_that_is_slow_in_the_dark_is_named_though_all_its_frames_arrive() -> None:
    words = bottleneck(stats(fps_in=15, fps_out=15), SIZE)
    assert words == "The camera delivers 15 frames/s."


def test_nothing_is_named_while_nothing_holds_the_stream_back() -> None:
    assert bottleneck(stats(fps_in=30, fps_out=30), SIZE) == ""
    assert bottleneck(stats(engine_ms=5, fps_in=120, fps_out=100), SIZE) == ""
    assert bottleneck(stats(fps_out=0), SIZE) == ""


@pytest.mark.parametrize(
    ("size", "smaller"),
    [(SIZE, Size(384, 384)), (Size(768, 512), Size(576, 384)), (Size(192, 192), None)],
)
def test_a_smaller_size_keeps_its_shape_in_steps_of_eight(size: Size, smaller: Size | None) -> None:
    assert smaller_size(size) == smaller


def test_rates_are_whole_numbers() -> None:
    assert rates(stats(fps_in=29.97, fps_out=18.4)) == "30 → 18 frames/s"


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    languages = Languages(qapp)
    languages.use("de")
    yield
    languages.use("en")


@pytest.mark.usefixtures("german")
def test_an_error_of_the_engine_is_told_in_the_users_language() -> None:
    error = SourceError(
        "The camera {camera} is not there.",
        "Plug it in, or choose one that `devices` lists.",
        camera="C920",
    )
    assert error_text(error) == "Die Kamera C920 ist nicht da."
    assert error_with_remedy(error).endswith("wählen Sie eine andere aus der Liste.")


@pytest.mark.usefixtures("german")
def test_a_word_of_the_engine_within_an_error_is_told_so_too() -> None:
    with pytest.raises(SettingError) as caught:
        LiveSettings(strength=7)
    assert error_text(caught.value) == "Stärke ist 7, muss aber zwischen 0.2 und 1 liegen."


@pytest.mark.usefixtures("german")
def test_an_error_that_nobody_has_translated_is_told_in_english() -> None:
    assert error_text(EngineError("Odd {thing}.", "Wait.", thing="noise")) == "Odd noise."


@pytest.mark.usefixtures("german")
def test_what_the_doctor_finds_is_told_in_the_users_language() -> None:
    lack = failed(
        "Device node", "{node} does not exist", "Restart the computer.", node="/dev/video9"
    )
    assert check_texts(lack) == (
        "Gerätedatei",
        "/dev/video9 gibt es nicht",
        "Starten Sie den Computer neu.",
    )
