"""The system's language is used where the window speaks it, and English where not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from gui.text import languages as module
from gui.text.languages import Languages

Speak = Callable[..., None]


@pytest.fixture
def speak(monkeypatch: pytest.MonkeyPatch) -> Speak:
    """Sets the languages that the system's user understands, the first one best."""

    class System:
        def __init__(self, spoken: tuple[str, ...]) -> None:
            self._spoken = spoken

        def uiLanguages(self) -> list[str]:  # noqa: N802 - Qt's name
            return list(self._spoken)

    class Locale(QLocale):
        spoken: tuple[str, ...] = ()

        @staticmethod
        def system() -> System:  # type: ignore[override]
            return System(Locale.spoken)

    def set_spoken(*spoken: str) -> None:
        Locale.spoken = spoken

    monkeypatch.setattr(module, "QLocale", Locale)
    return set_spoken


@pytest.mark.parametrize(
    ("spoken", "used"),
    [
        (("de-AT", "de"), "de"),
        (("de",), "de"),
        (("en-GB",), "en"),
        (("zh-CN",), "zh_CN"),
        (("zh-Hans-SG", "zh"), "zh_CN"),
        (("fr-FR", "de-CH"), "de"),
        (("fr-FR", "en-US"), "en"),
        (("fr-FR",), "en"),
        ((), "en"),
    ],
)
def test_the_first_language_that_the_window_speaks_is_used(
    qapp: QApplication, speak: Speak, spoken: tuple[str, ...], used: str
) -> None:
    speak(*spoken)
    assert module._systems() == used


@pytest.mark.parametrize("spoken", ["zh-TW", "zh-HK", "zh-Hant-TW"])
def test_traditional_chinese_is_not_answered_in_simplified(speak: Speak, spoken: str) -> None:
    speak(spoken)
    assert module._systems() == "en"


def test_a_language_that_was_chosen_comes_before_the_systems(
    qapp: QApplication, speak: Speak
) -> None:
    speak("de")
    languages = Languages(qapp)
    used = [languages.use(chosen) for chosen in ("", "zh_CN", "en")]
    assert used == ["de", "zh_CN", "en"]
