"""Turns errors and other news into one sentence with one button that helps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

from engine.errors import (
    DeviceError,
    ElsewhereError,
    EngineError,
    MissingComponentsError,
    ModelError,
    SinkError,
    SourceError,
)
from engine.events import SessionState
from engine.settings import BUILT_IN
from engine.virtual_camera.protocol import PublisherState
from gui.dialogs.kinds import DialogKind
from gui.features.update_notice import Update
from gui.state.app_model import AppModel
from gui.state.app_state import AppState
from gui.text.catalog_strings import in_users_language
from gui.text.languages import rough_number
from gui.text.wording import error_text, error_with_remedy
from gui.widgets.message_bar import Message, MessageBar


class NotificationController:
    """Feeds the message bar: the newest error, or else a slow model, or a missing webcam.

    A lasting message that was dismissed stays away until its text changes; an error that
    happens again is shown again.
    """

    def __init__(
        self, app_model: AppModel, bar: MessageBar, open_dialog: Callable[[DialogKind], object]
    ) -> None:
        self._app_model, self._bar, self._open_dialog = app_model, bar, open_dialog
        self._error: EngineError | None = None
        self._camera_error: EngineError | None = None
        self._cpu_fps: float | None = None
        self._update: Update | None = None
        self._dismissed = ""
        bar.dismissed.connect(self._on_dismissed)
        app_model.troubled.connect(self._on_error)
        app_model.state_changed.connect(self._on_state)
        self._on_state(app_model.state)

    def _on_error(self, error: EngineError | None) -> None:
        self._error = error
        if error is not None and error_text(error) == self._dismissed:
            self._dismissed = ""
        self._refresh()

    def _on_state(self, now: AppState) -> None:
        camera = now.camera
        missing = camera is not None and camera.state is PublisherState.UNAVAILABLE
        error = camera.error if camera is not None and missing else None
        if str(error) != str(self._camera_error):
            self._camera_error = error
            self._refresh()

    def show_cpu_fps(self, fps: float | None) -> None:
        """Say how fast a model is that has to run on the CPU; None where it does not have to."""
        self._cpu_fps = fps
        self._refresh()

    def show_update(self, update: Update | None) -> None:
        """Say that there is a newer version, while nothing else is to be said."""
        self._update = update
        self._refresh()

    def _on_dismissed(self, text: str) -> None:
        self._dismissed = text

    def _refresh(self) -> None:
        message = self._message()
        dismissed = message is not None and message.text == self._dismissed
        self._bar.show_message(None if dismissed else message)

    def _message(self) -> Message | None:
        if self._error is not None:
            error = self._error
            return Message(error_text(error), error_with_remedy(error), self._help_for(error))
        if self._cpu_fps is not None:
            text = QCoreApplication.translate("messages", "Use the built-in model")
            return Message(self._slow_model_text(self._cpu_fps), help=(text, self._choose_built_in))
        if self._camera_error is not None:
            text = QCoreApplication.translate("messages", "Help")
            detail = error_with_remedy(self._camera_error)
            return Message(
                _no_webcam_text(), detail, (text, lambda: self._open_dialog(DialogKind.WEBCAM))
            )
        return None if self._update is None else _update_message(self._update)

    def _slow_model_text(self, rate: float) -> str:
        model = self._app_model.catalog.model(self._app_model.preferences.build.model)
        text = QCoreApplication.translate(
            "messages", "{0} runs on the CPU here, at about {1} frames/s."
        )
        return text.format(in_users_language(model.title), rough_number(rate))

    def _help_for(self, error: EngineError) -> tuple[str, Callable[[], object]] | None:
        translate = QCoreApplication.translate
        if isinstance(error, SourceError):
            return translate("messages", "Use the demo"), self._use_demo
        build = self._app_model.preferences.build
        if isinstance(error, ModelError) and (build.engine or build.model != BUILT_IN):
            return self._help_for_model(error)
        if isinstance(error, DeviceError):
            return translate("messages", "Choose automatically"), self._use_any_device
        if isinstance(error, SinkError):
            return translate("messages", "Settings"), lambda: self._open_dialog(DialogKind.SETTINGS)
        if self._app_model.state.session is SessionState.OFF:
            return translate("messages", "Try again"), self._app_model.go_live
        return None

    def _help_for_model(self, error: ModelError) -> tuple[str, Callable[[], object]]:
        if isinstance(error, ElsewhereError):
            text = QCoreApplication.translate("messages", "Compute on this computer")
            return text, self._compute_here
        if isinstance(error, MissingComponentsError):
            text = QCoreApplication.translate("messages", "Download it…")
            return text, lambda: self._open_dialog(DialogKind.MODEL_DOWNLOAD)
        text = QCoreApplication.translate("messages", "Use the built-in model")
        return text, self._use_built_in

    def _use_demo(self) -> None:
        self._app_model.set_input(replace(self._app_model.preferences.input, source="demo"))
        self._start()

    def _compute_here(self) -> None:
        self._app_model.compute_here()
        self._start()

    def _choose_built_in(self) -> None:
        self._app_model.set_build(replace(self._app_model.preferences.build, model=BUILT_IN))

    def _use_built_in(self) -> None:
        self._choose_built_in()
        self._start()

    def _use_any_device(self) -> None:
        build = self._app_model.preferences.build
        self._app_model.set_build(replace(build, device="auto", accelerator="auto"))
        self._start()

    def _start(self) -> None:
        if not self._app_model.state.running:
            self._app_model.go_live()


def _no_webcam_text() -> str:
    return QCoreApplication.translate(
        "messages", "Other programs cannot see the picture yet: there is no system webcam."
    )


def _update_message(update: Update) -> Message:
    text = QCoreApplication.translate("messages", "Version {0} is available.")
    button = QCoreApplication.translate("messages", "What is new")
    return Message(
        text.format(update.version),
        update.news,
        (button, lambda: QDesktopServices.openUrl(QUrl(update.page))),
    )
