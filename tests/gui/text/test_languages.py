import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from gui.paths import TRANSLATIONS
from gui.text.languages import LANGUAGES, Languages, number, rough_number
from tools.translations import TRANSLATED, gather, texts

LUPDATE = Path(sys.executable).with_name("pyside6-lupdate")


def file_of(code: str) -> Path:
    return TRANSLATIONS / f"live2diff_{code}.ts"


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[Languages]:
    languages = Languages(qapp)
    yield languages
    languages.use("en")


@pytest.mark.skipif(not LUPDATE.exists(), reason="PySide6's tools are not installed")
def test_every_text_is_translated(tmp_path: Path) -> None:
    """`make translations` brings the files up to date and names what is to be filled in."""
    fresh = tmp_path / "fresh.ts"
    gather([fresh])
    for code in TRANSLATED:
        translated = texts(file_of(code))
        assert [key for key in texts(fresh) if not translated.get(key)] == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_translations_keep_every_place_for_a_figure(code: str) -> None:
    places = re.compile(r"\{[^}]*\}")
    wrong = [
        source
        for (_, source), words in texts(file_of(code)).items()
        if sorted(places.findall(source)) != sorted(places.findall(words))
    ]
    assert wrong == []


@pytest.mark.parametrize(("code", "word"), [("de", "Live gehen"), ("zh_CN", "开始直播")])
def test_the_compiled_texts_are_up_to_date(languages: Languages, code: str, word: str) -> None:
    assert languages.use(code) == code
    assert QCoreApplication.translate("OnAirPane", "Go live") == word
    for (context, source), words in texts(file_of(code)).items():
        assert QCoreApplication.translate(context, source) == words


def test_an_unknown_language_falls_back(languages: Languages) -> None:
    assert languages.use("tlh") in LANGUAGES


@pytest.mark.parametrize(
    ("code", "figure", "rough"), [("en", "0.60", "0.23"), ("de", "0,60", "0,23")]
)
def test_figures_are_written_as_in_the_language(
    qapp: QApplication, code: str, figure: str, rough: str
) -> None:
    languages = Languages(qapp)
    languages.use(code)
    written = number(0.6, 2), rough_number(0.2345)
    languages.use("en")
    assert written == (figure, rough)
