"""The window's languages, through Qt Linguist's compiled translations."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from gui.paths import TRANSLATIONS

LANGUAGES = {"en": "English", "de": "Deutsch", "zh_CN": "简体中文"}
"""Codes, and each language's own name; the texts in the code are English."""


class Languages:
    """Installs the texts of one language in place of the former ones."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._installed: list[QTranslator] = []

    def use(self, code: str) -> str:
        """Use this language, or with "" the system's, or else English; returns its code."""
        chosen = code if code in LANGUAGES else _systems()
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed = [
            translator
            for name, folder in (
                (f"qtbase_{chosen}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
                (f"live2diff_{chosen}", str(TRANSLATIONS)),
            )
            if (translator := QTranslator(self._app)).load(name, folder)
        ]
        for translator in self._installed:
            self._app.installTranslator(translator)
        QLocale.setDefault(QLocale(chosen))
        return chosen


def _systems() -> str:
    for wanted in QLocale.system().uiLanguages():
        code = wanted.replace("-", "_")
        if code in LANGUAGES:
            return code
        if code.startswith("zh") and not {"TW", "HK", "Hant"} & set(code.split("_")):
            return "zh_CN"
        if code.split("_")[0] in LANGUAGES:
            return code.split("_")[0]
    return "en"


def number(value: float, decimals: int) -> str:
    """A number in the way it is written in the current language."""
    return QLocale().toString(value, "f", decimals)


def rough_number(value: float) -> str:
    """A number with two significant digits, as an estimate deserves."""
    return QLocale().toString(value, "g", 2)
