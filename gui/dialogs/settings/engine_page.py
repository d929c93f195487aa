"""What computes the picture, and how: the model, the device, what makes it quicker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QWidget

from engine.accelerators import AUTO, AcceleratorInfo, DeviceInfo
from engine.settings import BUILT_IN, CachePrecision, Precision
from gui.dialogs.base import paragraph
from gui.dialogs.form_helpers import captioned, choice, form_of
from gui.engine_link.compute_devices import DeviceList
from gui.state.app_model import AppModel
from gui.text.catalog_strings import in_users_language
from gui.text.languages import rough_number
from gui.text.wording import ERRORS


class EnginePage(QWidget):
    """Devices and accelerators are listed once they are known; what is chosen is there at once."""

    def __init__(
        self, app_model: AppModel, devices: DeviceList, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._app_model, self._devices = app_model, devices
        wish = app_model.preferences.build
        models = {model.name: in_users_language(model.title) for model in app_model.catalog.models}
        self.model = choice(self.tr("Model"), models, wish.model)
        self.about = paragraph("", "caption")
        self.device = choice(self.tr("Compute on"), self._device_words(()), wish.device)
        self.rate = paragraph("", "caption")
        self.accelerator = choice(self.tr("Acceleration"), self._ways(()), wish.accelerator)
        self.untried = paragraph(
            self.tr("“Not yet run”: made for such cards, but not tried on one so far."), "caption"
        )
        self.precision = choice(self.tr("Precision"), self._precision_words(), wish.precision)
        self.cache = choice(self.tr("Past frames"), self._cache_words(), wish.cache)
        self._arrange()
        self._connect()
        self._show_rate(devices.rate)
        self._show_model()
        devices.ask()
        devices.ask_accelerators(wish)

    def _arrange(self) -> None:
        self.accelerator.setToolTip(
            self.tr(
                "How the model is worked out. What is quickest depends on the card or the "
                "processor; the picture differs by rounding alone."
            )
        )
        self.precision.setToolTip(
            self.tr(
                "In which numbers the model computes. Half precision takes half the memory and "
                "is quicker where the device is made for it."
            )
        )
        self.cache.setToolTip(
            self.tr("Eight bits take half the memory, and the picture differs a little.")
        )
        self._form = form = form_of(self)
        form.addRow(self.tr("Model"), captioned(self.model, self.about))
        form.addRow(self.tr("Compute on"), captioned(self.device, self.rate))
        form.addRow(self.tr("Acceleration"), captioned(self.accelerator, self.untried))
        form.addRow(self.tr("Precision"), self.precision)
        form.addRow(self.tr("Past frames"), self.cache)
        self.untried.hide()

    def _connect(self) -> None:
        for picker, field in (
            (self.model, "model"),
            (self.device, "device"),
            (self.accelerator, "accelerator"),
            (self.precision, "precision"),
            (self.cache, "cache"),
        ):
            picker.activated.connect(
                lambda _index, picker=picker, field=field: self._set(field, picker.currentData())
            )
        self._devices.found.connect(self._show_devices)
        self._devices.offered.connect(self._show_ways)
        self._devices.expected.connect(self._show_rate)

    def _set(self, field: str, value: str | Precision | CachePrecision) -> None:
        before = self._app_model.preferences.build
        self._app_model.set_build(replace(before, **{field: value}))  # type: ignore[arg-type]
        wish = self._app_model.preferences.build
        if (wish.model, wish.device) != (before.model, before.device):
            self._show_model()
            _fill(self.accelerator, self._ways(()), wish.accelerator)
            self._devices.ask_accelerators(wish)

    def _show_model(self) -> None:
        model = self._app_model.preferences.build.model
        self.about.setText(in_users_language(self._app_model.catalog.model(model).description))
        self._form.setRowVisible(self.cache, model != BUILT_IN)

    def _show_devices(self, devices: Sequence[DeviceInfo]) -> None:
        _fill(self.device, self._device_words(devices), self._app_model.preferences.build.device)

    def _device_words(self, devices: Sequence[DeviceInfo]) -> dict[str, str]:
        """The words for each device; one that is chosen but not here is told by its name."""
        words = {AUTO: self.tr("Automatic")} | {
            device.name: self._title(device) for device in devices
        }
        return _with(words, self._app_model.preferences.build.device)

    def _title(self, device: DeviceInfo) -> str:
        if device.free_bytes is None:
            return device.title
        free = f"{device.free_bytes / 1e9:.0f}"
        return self.tr("{0} · {1} GB free").format(device.title, free)

    def _show_ways(self, ways: Sequence[AcceleratorInfo]) -> None:
        _fill(self.accelerator, self._ways(ways), self._app_model.preferences.build.accelerator)
        self.untried.setVisible(any(not way.verified for way in ways))

    def _ways(self, ways: Sequence[AcceleratorInfo]) -> dict[str, str]:
        words = {AUTO: self.tr("Automatic")} | {way.name: self._way_words(way) for way in ways}
        return _with(words, self._app_model.preferences.build.accelerator)

    def _way_words(self, way: AcceleratorInfo) -> str:
        title = QCoreApplication.translate(ERRORS, way.title)
        return title if way.verified else self.tr("{0} · not yet run").format(title)

    def _precision_words(self) -> dict[Precision, str]:
        half = self.tr("Half ({0})")
        return {
            Precision.AUTO: self.tr("Automatic"),
            Precision.FLOAT16: half.format("float16"),
            Precision.BFLOAT16: half.format("bfloat16"),
            Precision.FLOAT32: self.tr("Full (float32)"),
        }

    def _cache_words(self) -> dict[CachePrecision, str]:
        return {
            CachePrecision.SAME: self.tr("As exact as the model"),
            CachePrecision.FLOAT8: self.tr("In 8 bits (float8)"),
            CachePrecision.INT8: self.tr("In 8 bits (int8)"),
        }

    def _show_rate(self, rate: float | None) -> None:
        """No silence where a large model has to make do with the processor."""
        words = self.tr("On this processor it comes to about {0} frames/s.")
        self.rate.setText("" if rate is None else words.format(rough_number(rate)))
        self.rate.setVisible(rate is not None)


def _with(words: dict[str, str], chosen: str) -> dict[str, str]:
    return words if chosen in words else words | {chosen: chosen}


def _fill(picker: QComboBox, words: Mapping[str, str], chosen: str) -> None:
    """Offer these, silently."""
    picker.clear()
    for value, text in words.items():
        picker.addItem(text, value)
    picker.setCurrentIndex(picker.findData(chosen))
