"""Every state and event of the engine has words in the window, in each of its languages.

The tests go through the enums themselves: a new member without words fails here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum

import pytest
from PySide6.QtWidgets import QApplication

from engine.accelerators import ACCELERATORS, AcceleratorInfo
from engine.errors import EngineError
from engine.events import ProgressKind, SessionState
from engine.frames import Size
from engine.model_store.catalog import load_catalog
from engine.virtual_camera.protocol import FRAMES_ON_AIR, OnAir, PublisherState, PublisherStatus
from gui.paths import TRANSLATIONS
from gui.text.catalog_strings import SHIPPED, in_users_language
from gui.text.languages import LANGUAGES, Languages
from gui.text.wording import (
    ERRORS,
    bottleneck,
    delay,
    error_text,
    on_air_name,
    progress_word,
    size_text,
    state_name,
    webcam_status_text,
)
from tests.gui.fakes import stats
from tools.translations import texts

WORDS: list[tuple[Callable[[object], str], type[Enum]]] = [
    (state_name, SessionState),  # type: ignore[list-item]
    (progress_word, ProgressKind),  # type: ignore[list-item]
    (on_air_name, OnAir),  # type: ignore[list-item]
]
EVERYTHING = [(word, member) for word, kind in WORDS for member in kind]


def by_name(value: object) -> str:
    return value.name if isinstance(value, Enum) else getattr(value, "__name__", "")


@pytest.fixture(params=LANGUAGES)
def language(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[str]:
    languages = Languages(qapp)
    yield languages.use(request.param)
    languages.use("en")


@pytest.mark.parametrize(("word", "member"), EVERYTHING, ids=by_name)
def test_every_member_has_words(language: str, word: Callable[[object], str], member: Enum) -> None:
    text = word(member)
    assert text.strip() == text != ""
    assert "{" not in text


@pytest.mark.parametrize("kind", [SessionState, ProgressKind])
def test_what_differs_has_words_that_differ(language: str, kind: type[Enum]) -> None:
    word = state_name if kind is SessionState else progress_word
    assert len({word(member) for member in kind}) == len(kind)  # type: ignore[arg-type]


@pytest.mark.parametrize("on_air", OnAir)
def test_nothing_but_a_frame_on_air_is_called_live_or_original(
    qapp: QApplication, on_air: OnAir
) -> None:
    assert (on_air_name(on_air) in {"Live", "Original"}) is (on_air in FRAMES_ON_AIR)


@pytest.mark.parametrize(("word", "member"), EVERYTHING, ids=by_name)
def test_other_languages_have_words_of_their_own(
    qapp: QApplication, word: Callable[[object], str], member: Enum
) -> None:
    english = word(member)
    languages = Languages(qapp)
    languages.use("zh_CN")
    chinese = word(member)
    languages.use("en")
    assert chinese != english


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (None, "Webcam starting"),
        (PublisherStatus(PublisherState.STARTING), "Webcam starting"),
        (PublisherStatus(PublisherState.UNAVAILABLE), "No system webcam"),
        (PublisherStatus(PublisherState.GONE), "Webcam restarting"),
        (PublisherStatus(PublisherState.SENDING, watched=True), "Webcam in use"),
        (PublisherStatus(PublisherState.SENDING, watched=False), "Webcam not in use"),
        (PublisherStatus(PublisherState.SENDING), "Webcam ready"),
    ],
)
def test_the_webcam_is_described_as_it_is(
    qapp: QApplication, status: PublisherStatus | None, words: str
) -> None:
    assert webcam_status_text(status) == words


@pytest.mark.parametrize("state", PublisherState)
@pytest.mark.parametrize("watched", [True, False, None])
def test_every_state_of_the_webcam_has_words(
    language: str, state: PublisherState, watched: bool | None
) -> None:
    assert webcam_status_text(PublisherStatus(state, watched=watched))


@pytest.mark.parametrize("info", ACCELERATORS, ids=lambda info: info.name)
def test_every_accelerator_has_a_title_and_its_translations(info: AcceleratorInfo) -> None:
    assert info.title
    for code in LANGUAGES:
        if code != "en":
            assert texts(TRANSLATIONS / f"live2diff_{code}.ts")[ERRORS, info.title]


def test_accelerators_have_names_and_titles_of_their_own() -> None:
    assert len({info.name for info in ACCELERATORS}) == len(ACCELERATORS)
    assert len({info.title for info in ACCELERATORS}) == len(ACCELERATORS)


def shipped_texts() -> set[str]:
    """Every title and description of the shipped catalogue."""
    catalog = load_catalog()
    models = {text for model in catalog.models for text in (model.title, model.description)}
    styles = {text for style in catalog.styles for text in (style.title, style.description)}
    return (models | styles) - {""}


def test_every_shipped_title_and_description_is_listed_for_translation() -> None:
    assert shipped_texts() - set(SHIPPED) == set()


def test_no_text_is_listed_that_is_shipped_no_more() -> None:
    assert set(SHIPPED) - shipped_texts() == set()


def test_a_users_own_title_is_left_as_it_is(language: str) -> None:
    assert in_users_language("My fox (v2)") == "My fox (v2)"


def test_a_value_with_braces_does_no_harm_in_any_language(language: str) -> None:
    error = EngineError("There is no file {path}.", "Check the path.", path="{odd} %1.mp4")
    assert "{odd} %1.mp4" in error_text(error)


@pytest.mark.parametrize(
    ("milliseconds", "words"), [(0.4, "0 ms"), (71.5, "72 ms"), (1e3, "1000 ms")]
)
def test_a_delay_is_in_whole_milliseconds(
    qapp: QApplication, milliseconds: float, words: str
) -> None:
    assert delay(milliseconds) == words


def test_a_size_is_written_with_a_cross(qapp: QApplication) -> None:
    assert size_text(Size(640, 360)) == "640 × 360"


def test_a_model_that_is_slow_at_the_smallest_size_has_no_hint(qapp: QApplication) -> None:
    slow = stats(engine_ms=110, fps_in=30, fps_out=10)
    assert bottleneck(slow, Size(192, 192)) == "The model takes 100 ms per frame."
