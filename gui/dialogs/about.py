"""What this is, which version, and the libraries it is built with."""

from __future__ import annotations

from importlib import metadata

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTextBrowser, QVBoxLayout, QWidget

from engine.paths import APP_NAME, app_version
from gui.dialogs.base import BaseDialog, paragraph
from gui.paths import ICONS
from gui.theme.theme import UNIT

LIBRARIES = (
    "torch",
    "diffusers",
    "transformers",
    "safetensors",
    "huggingface_hub",
    "numpy",
    "openvino",
    "opencv-python-headless",
    "av",
    "pillow",
    "PySide6_Essentials",
    "pyvirtualcam",
    "cattrs",
    "typer",
    "rich",
    "platformdirs",
)


_FIELDS = ("License-Expression", "License")


class AboutDialog(BaseDialog):
    """Name, version, licence, and the libraries with their licences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("AboutDialog", "About")
        super().__init__(title, 64 * UNIT, parent)
        self.body.addLayout(self._heading())
        self.body.addWidget(
            paragraph(
                self.tr(
                    "Restyles a webcam live with a uni-directional video diffusion model, based on "
                    "“Live2Diff” (arXiv 2407.08701)."
                )
            )
        )
        licences = QTextBrowser(openExternalLinks=True)
        licences.setAccessibleName(self.tr("Licences"))
        licences.setHtml(self._licences())
        licences.setMinimumHeight(28 * UNIT)
        self.body.addWidget(licences, stretch=1)
        self.add_close()

    def _heading(self) -> QHBoxLayout:
        icon = QLabel()
        icon.setPixmap(QIcon(str(ICONS / "app.svg")).pixmap(QSize(7 * UNIT, 7 * UNIT)))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(paragraph(APP_NAME, "headline"))
        texts.addWidget(
            paragraph(self.tr("Version {0} · MIT licence").format(app_version()), "quiet")
        )
        row = QHBoxLayout()
        row.setSpacing(2 * UNIT)
        row.addWidget(icon)
        row.addLayout(texts, stretch=1)
        return row

    def _licences(self) -> str:
        rows = "".join(
            f"<tr><td>{name}</td><td>&nbsp;&nbsp;</td><td>{licence}</td></tr>"
            for name, licence in library_licences()
        )
        heading = self.tr("Built with these libraries:")
        return f"<p>{heading}</p><table>{rows}</table>"


def library_licences() -> list[tuple[str, str]]:
    """(name and version, licence) of every library that is installed."""
    found = []
    for name in LIBRARIES:
        try:
            data = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        found.append((f"{name} {data['Version']}", _licence(data)))
    return found


def _licence(data: metadata.PackageMetadata) -> str:
    """The licence in one line, from whichever field the package uses."""
    short = next((data[field] for field in _FIELDS if field in data), "")
    if short and "\n" not in short and len(short) < 120:
        return short
    classifiers = data.get_all("Classifier") or []
    named = [text for text in classifiers if text.startswith("License ::")]
    return (
        named[0].rsplit(" :: ", 1)[-1]
        if named
        else QCoreApplication.translate("AboutDialog", "see its package")
    )
