import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from gui.languages import LANGUAGES, Languages
from gui.resources import RESOURCES, TRANSLATIONS

TRANSLATED = [code for code in LANGUAGES if code != "en"]
LUPDATE = Path(sys.executable).with_name("pyside6-lupdate")


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[Languages]:
    languages = Languages(qapp)
    yield languages
    languages.use("en")


def texts(path: Path) -> dict[tuple[str, str], str]:
    """(context, source) -> translation of a Linguist file; "" where it is unfinished."""
    found = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            done = translation.get("type") is None
            found[name, message.findtext("source", "")] = translation.text or "" if done else ""
    return found


@pytest.mark.skipif(not LUPDATE.exists(), reason="PySide6's tools are not installed")
@pytest.mark.parametrize("code", TRANSLATED)
def test_every_text_of_the_code_is_translated(tmp_path: Path, code: str) -> None:
    sources = [str(path) for path in sorted((RESOURCES.parent / "gui").rglob("*.py"))]
    fresh = tmp_path / "fresh.ts"
    command = [str(LUPDATE), *sources, "-ts", str(fresh), "-silent"]
    subprocess.run(command, check=True, capture_output=True)
    translated = texts(TRANSLATIONS / f"live2diff_{code}.ts")
    assert {key for key in texts(fresh) if not translated.get(key)} == set()


@pytest.mark.parametrize("code", TRANSLATED)
def test_translations_keep_every_place_for_a_figure(code: str) -> None:
    places = re.compile(r"\{\d\}")
    wrong = [
        source
        for (_, source), words in texts(TRANSLATIONS / f"live2diff_{code}.ts").items()
        if sorted(places.findall(source)) != sorted(places.findall(words))
    ]
    assert wrong == []


@pytest.mark.parametrize(("code", "word"), [("de", "Live gehen"), ("zh_CN", "开始直播")])
def test_the_compiled_texts_are_up_to_date(languages: Languages, code: str, word: str) -> None:
    assert languages.use(code) == code
    assert QCoreApplication.translate("OnAirPane", "Go live") == word
    for (context, source), words in texts(TRANSLATIONS / f"live2diff_{code}.ts").items():
        assert QCoreApplication.translate(context, source) == words


def test_an_unknown_language_falls_back(languages: Languages) -> None:
    assert languages.use("tlh") in LANGUAGES
