"""What computes the picture, and how: model, device, acceleration, precision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QWidget

from engine.accelerators import AUTO, AcceleratorInfo, DeviceInfo
from engine.settings import BUILT_IN, BuildSettings, CachePrecision, Precision
from gui.dialogs.base import paragraph
from gui.dialogs.form_helpers import captioned, fill_picker, form_of, make_picker
from gui.dialogs.settings.computer_picker import ComputerPicker
from gui.engine_link.compute_devices import HardwareModel
from gui.features.elsewhere import Elsewhere
from gui.state.app_model import AppModel
from gui.state.preferences import Preferences
from gui.text.catalog_strings import in_users_language
from gui.text.languages import rough_number
from gui.text.wording import ERRORS


class EnginePage(QWidget):
    """Devices and accelerators are filled in once known; the chosen ones are there at once. Of
    another computer only the model is shown: the rest is its own affair.
    """

    def __init__(
        self,
        app_model: AppModel,
        hardware: HardwareModel,
        elsewhere: Elsewhere,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._app_model, self._hardware = app_model, hardware
        build = app_model.preferences.build
        self.computer = ComputerPicker(app_model, elsewhere)
        self.model = make_picker(self.tr("Model"), self._model_titles(), build.model)
        self.description = paragraph("", "caption")
        self.device = make_picker(self.tr("Device"), self._device_titles(()), build.device)
        self.cpu_fps = paragraph("", "caption")
        self.accelerator = make_picker(
            self.tr("Acceleration"), self._accelerator_titles(()), build.accelerator
        )
        self.unverified = paragraph(
            self.tr("“Untested”: written for such hardware, but not yet run on it."), "caption"
        )
        self.precision = make_picker(
            self.tr("Precision"), self._precision_titles(), build.precision
        )
        self.cache = make_picker(self.tr("Past frames"), self._cache_titles(), build.cache)
        self._form = form_of(self)
        self._shown_engine = build.engine
        self._arrange()
        self._connect()
        self._show_cpu_fps(hardware.cpu_fps)
        self._show_model()
        self._ask()

    def _arrange(self) -> None:
        self.accelerator.setToolTip(
            self.tr(
                "How the model is computed. Which is fastest depends on the hardware; the "
                "pictures differ only by rounding."
            )
        )
        self.precision.setToolTip(
            self.tr(
                "The number format that the model computes in. Half precision takes half the "
                "memory and is faster on devices made for it."
            )
        )
        self.cache.setToolTip(
            self.tr(
                "How past frames are stored. 8 bits take half the memory; the picture "
                "differs slightly."
            )
        )
        form = self._form
        form.addRow(self.tr("Compute on"), self.computer)
        form.addRow(self.tr("Model"), captioned(self.model, self.description))
        device = captioned(self.device, self.cpu_fps)
        accelerator = captioned(self.accelerator, self.unverified)
        form.addRow(self.tr("Device"), device)
        form.addRow(self.tr("Acceleration"), accelerator)
        form.addRow(self.tr("Precision"), self.precision)
        self._local = (device, accelerator, self.precision)
        form.addRow(self.tr("Past frames"), self.cache)
        self.unverified.hide()

    def _connect(self) -> None:
        def on_chosen(picker: QComboBox, edit: Callable[[BuildSettings], BuildSettings]) -> None:
            picker.activated.connect(lambda: self._change(edit))

        on_chosen(self.model, lambda b: replace(b, model=self.model.currentData()))
        on_chosen(self.device, lambda b: replace(b, device=self.device.currentData()))
        on_chosen(
            self.accelerator, lambda b: replace(b, accelerator=self.accelerator.currentData())
        )
        on_chosen(self.precision, lambda b: replace(b, precision=self.precision.currentData()))
        on_chosen(self.cache, lambda b: replace(b, cache=self.cache.currentData()))
        self._app_model.preferences_changed.connect(self._on_preferences)
        self._hardware.devices_found.connect(self._show_devices)
        self._hardware.accelerators_found.connect(self._show_accelerators)
        self._hardware.cpu_fps_estimated.connect(self._show_cpu_fps)

    def _change(self, edit: Callable[[BuildSettings], BuildSettings]) -> None:
        before = self._app_model.preferences.build
        self._app_model.set_build(edit(before))
        build = self._app_model.preferences.build
        if (build.model, build.device) != (before.model, before.device):
            self._show_model()
            fill_picker(self.accelerator, self._accelerator_titles(()), build.accelerator)
            self._hardware.find_accelerators(build)

    def _show_model(self) -> None:
        model = self._app_model.preferences.build.model
        self.description.setText(
            in_users_language(self._app_model.catalog.model(model).description)
        )
        here = not self._app_model.preferences.build.engine
        for field in self._local:
            self._form.setRowVisible(field, here)
        self._form.setRowVisible(self.cache, here and model != BUILT_IN)

    def _on_preferences(self, preferences: Preferences) -> None:
        """Another computer has another model."""
        if preferences.build.engine == self._shown_engine:
            return
        self._shown_engine = preferences.build.engine
        fill_picker(self.model, self._model_titles(), preferences.build.model)
        fill_picker(self.accelerator, self._accelerator_titles(()), preferences.build.accelerator)
        self._show_model()
        self._ask()

    def _ask(self) -> None:
        """Ask what there is on this computer, where it does the work."""
        build = self._app_model.preferences.build
        if not build.engine:
            self._hardware.find_devices()
            self._hardware.find_accelerators(build)

    def _model_titles(self) -> dict[str, str]:
        models = self._app_model.catalog.models
        return {model.name: in_users_language(model.title) for model in models}

    def _show_devices(self, devices: Sequence[DeviceInfo]) -> None:
        chosen = self._app_model.preferences.build.device
        fill_picker(self.device, self._device_titles(devices), chosen)

    def _device_titles(self, devices: Sequence[DeviceInfo]) -> dict[str, str]:
        """Each device's text; a chosen one that is not here is shown by its name."""
        titles = {device.name: self._device_title(device) for device in devices}
        titles = {AUTO: self.tr("Automatic")} | titles
        return _with(titles, self._app_model.preferences.build.device)

    def _device_title(self, device: DeviceInfo) -> str:
        if device.free_bytes is None:
            return device.title
        free = f"{device.free_bytes / 1e9:.0f}"
        return self.tr("{0} · {1} GB free").format(device.title, free)

    def _show_accelerators(self, accelerators: Sequence[AcceleratorInfo]) -> None:
        chosen = self._app_model.preferences.build.accelerator
        fill_picker(self.accelerator, self._accelerator_titles(accelerators), chosen)
        self.unverified.setVisible(any(not one.verified for one in accelerators))

    def _accelerator_titles(self, accelerators: Sequence[AcceleratorInfo]) -> dict[str, str]:
        titles = {one.name: self._accelerator_title(one) for one in accelerators}
        titles = {AUTO: self.tr("Automatic")} | titles
        return _with(titles, self._app_model.preferences.build.accelerator)

    def _accelerator_title(self, accelerator: AcceleratorInfo) -> str:
        title = QCoreApplication.translate(ERRORS, accelerator.title)
        return title if accelerator.verified else self.tr("{0} · untested").format(title)

    def _precision_titles(self) -> dict[Precision, str]:
        half = self.tr("Half ({0})")
        return {
            Precision.AUTO: self.tr("Automatic"),
            Precision.FLOAT16: half.format("float16"),
            Precision.BFLOAT16: half.format("bfloat16"),
            Precision.FLOAT32: self.tr("Full (float32)"),
        }

    def _cache_titles(self) -> dict[CachePrecision, str]:
        return {
            CachePrecision.SAME: self.tr("Same precision as the model"),
            CachePrecision.FLOAT8: self.tr("8 bits (float8)"),
            CachePrecision.INT8: self.tr("8 bits (int8)"),
        }

    def _show_cpu_fps(self, fps: float | None) -> None:
        """Say so where a large model has to run on the CPU."""
        text = self.tr("On this CPU it reaches about {0} frames/s.")
        self.cpu_fps.setText("" if fps is None else text.format(rough_number(fps)))
        self.cpu_fps.setVisible(fps is not None)


def _with(titles: dict[str, str], chosen: str) -> dict[str, str]:
    return titles if chosen in titles else titles | {chosen: chosen}
