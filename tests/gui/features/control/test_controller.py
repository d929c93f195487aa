import socket
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from engine.control.commands import ChooseStyle
from engine.control.settings import ControlSettings, MidiSettings, WebSettings
from gui.features.control.controller import RemoteControl
from gui.state.app_model import AppModel


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def choose(app_model: AppModel, **settings: object) -> None:
    chosen = replace(ControlSettings(), **settings)  # type: ignore[arg-type]
    app_model.update(lambda p: replace(p, control=chosen))


def test_the_interface_follows_a_laptop_into_another_network(
    control: RemoteControl, app_model: AppModel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    address: list[str | None] = ["127.0.0.2"]
    for module in ("interface", "addresses"):
        where = f"engine.control.web.{module}.network_address"
        monkeypatch.setattr(where, lambda: address[0])
    choose(app_model, web=WebSettings(on=True, network=True, port=free_port()))

    def network() -> str:
        return control.web.outcome.network if control.web.outcome is not None else "none yet"

    qtbot.waitUntil(lambda: "127.0.0.2" in network(), timeout=20_000)
    answering = control.web.outcome
    control._check_network()
    assert control.web.outcome is answering
    address[0] = None
    control._check_network()
    qtbot.waitUntil(lambda: network() == "", timeout=20_000)
    assert control.web.outcome.error is not None
    address[0] = "127.0.0.3"
    control._check_network()
    qtbot.waitUntil(lambda: "127.0.0.3" in network(), timeout=20_000)


def test_what_cannot_begin_keeps_nothing_else_from_it(
    control: RemoteControl, app_model: AppModel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> list[str]:
        raise OSError("the driver has crashed")

    monkeypatch.setattr("mido.get_input_names", broken)
    web = WebSettings(on=True, port=free_port())
    choose(app_model, web=web, midi=MidiSettings(on=True))
    qtbot.waitUntil(lambda: control.web.outcome is not None, timeout=20_000)
    qtbot.waitUntil(lambda: control.midi.error is not None, timeout=20_000)
    assert "the driver has crashed" in str(control.midi.error)


def test_a_fault_in_one_command_loses_no_other(
    control: RemoteControl, app_model: AppModel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(name: str) -> None:
        if name == "oil":
            raise RuntimeError("unforeseen")

    monkeypatch.setattr(app_model, "choose_style", fail)
    outcomes = [control.inbox.submit(ChooseStyle(name)) for name in ("oil", "ink")]
    qtbot.waitUntil(lambda: all(outcome.done() for outcome in outcomes))
    assert isinstance(outcomes[0].exception(), RuntimeError)
    assert outcomes[1].exception() is None
