"""Keys on a display without a monitor, and of a portal that is played by a thread."""

import queue
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from engine.control.commands import PANIC, Action, Command, Do
from engine.control.inbox import Inbox
from engine.control.settings import Hotkey, HotkeySettings
from engine.control.surfaces.hotkeys import HotkeySurface
from engine.control.surfaces.key_names import read_keys
from engine.control.surfaces.portal_keys import PortalKeys
from engine.errors import SettingError
from tests.engine.video.sources.displays import virtual_display, x11_library

WITHIN_S = 60.0
PANIC_KEY = HotkeySettings(on=True, keys=(Hotkey(Action.PANIC, "Ctrl+Shift+F9"),))


class Taken:
    """An inbox whose commands can be waited for."""

    def __init__(self) -> None:
        self._commands: queue.SimpleQueue[Command] = queue.SimpleQueue()
        self.inbox = Inbox(lambda: None, self._take)

    def next(self, within_s: float = WITHIN_S) -> Command:
        return self._commands.get(timeout=within_s)

    def _take(self) -> None:
        for asked in self.inbox.take():
            self._commands.put(asked.command)


@pytest.fixture
def taken() -> Taken:
    return Taken()


@pytest.mark.parametrize(
    ("text", "keysym", "trigger"),
    [
        ("Ctrl+Shift+F9", 0xFFC6, "CTRL+SHIFT+F9"),
        ("F13", 0xFFCA, "F13"),
        ("Meta+Alt+P", ord("p"), "ALT+LOGO+p"),
        ("Ctrl++", ord("+"), "CTRL++"),
        ("Ctrl+PgUp", 0xFF55, "CTRL+Page_Up"),
        ("Pause", 0xFF13, "Pause"),
    ],
)
def test_keys_have_other_names_elsewhere(text: str, keysym: int, trigger: str) -> None:
    keys = read_keys(text)
    assert (keys.keysym, keys.trigger) == (keysym, trigger)


@pytest.mark.parametrize(
    "text", ["", "Ctrl+", "P", "Shift+P", "Ctrl+F99", "Hyper+P", "Ctrl+Ж", "F", "Ctrl+Alt+F9"]
)
def test_keys_that_are_unknown_or_needed_otherwise_are_refused(text: str) -> None:
    with pytest.raises(SettingError):
        read_keys(text)


class Fingers:
    """Presses keys on the display by its testing extension."""

    def __init__(self) -> None:
        self._library = x11_library()
        import xcffib.xtest  # noqa: PLC0415 - installed with the library

        self._connection = self._library.connect()
        self._test = self._connection(xcffib.xtest.key)
        setup = self._connection.setup
        answer = self._connection.core.GetKeyboardMapping(
            setup.min_keycode, setup.max_keycode - setup.min_keycode + 1
        ).reply()
        symbols, width = list(answer.keysyms), answer.keysyms_per_keycode
        self._codes = {
            symbol: setup.min_keycode + index // width
            for index, symbol in reversed(list(enumerate(symbols)))
        }

    def press(self, *symbols: int) -> None:
        time.sleep(0.05)  # no finger lets go and presses within the same millisecond
        codes = [self._codes[symbol] for symbol in symbols]
        for kind, order in ((2, codes), (3, codes[::-1])):
            for code in order:
                self._test.FakeInput(kind, code, 0, 0, 0, 0, 0)
        self._connection.core.GetInputFocus().reply()

    def hold(self, *symbols: int) -> None:
        """For long enough that the key repeats: Xvfb begins after 0.66 s."""
        time.sleep(0.05)
        codes = [self._codes[symbol] for symbol in symbols]
        for code in codes:
            self._test.FakeInput(2, code, 0, 0, 0, 0, 0)
        self._connection.core.GetInputFocus().reply()
        time.sleep(1.2)
        for code in codes[::-1]:
            self._test.FakeInput(3, code, 0, 0, 0, 0, 0)
        self._connection.core.GetInputFocus().reply()

    def close(self) -> None:
        self._connection.disconnect()


CTRL, SHIFT, NUM_LOCK, F9 = 0xFFE3, 0xFFE1, 0xFF7F, 0xFFC6


@pytest.fixture
def fingers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Fingers]:
    x11_library()
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with virtual_display(monkeypatch):
        fingers = Fingers()
        yield fingers
        fingers.close()


def test_a_key_works_whatever_has_the_focus_and_the_locks_say(
    fingers: Fingers, taken: Taken
) -> None:
    keys = HotkeySurface(taken.inbox)
    keys.apply(PANIC_KEY)
    for _ in range(2):
        fingers.press(CTRL, SHIFT, F9)
        assert taken.next() == PANIC
        fingers.press(NUM_LOCK)
    fingers.press(F9)
    fingers.press(CTRL, F9)
    fingers.hold(CTRL, SHIFT, F9)
    assert taken.next() == PANIC
    keys.apply(HotkeySettings(on=False))
    fingers.press(CTRL, SHIFT, F9)
    with pytest.raises(queue.Empty):
        taken.next(0.3)


def test_a_key_of_another_program_is_said(fingers: Fingers, taken: Taken) -> None:
    first, second = HotkeySurface(taken.inbox), HotkeySurface(taken.inbox)
    first.apply(PANIC_KEY)
    with pytest.raises(SettingError, match="Another program has taken the key CTRL"):
        second.apply(PANIC_KEY)
    assert first.close()
    second.apply(PANIC_KEY)
    fingers.press(CTRL, SHIFT, F9)
    assert taken.next() == PANIC
    assert second.close()


def test_without_a_display_keys_say_so(monkeypatch: pytest.MonkeyPatch, taken: Taken) -> None:
    x11_library()
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":4711")
    with pytest.raises(SettingError, match="no X11 display"):
        HotkeySurface(taken.inbox).apply(PANIC_KEY)


class Portal:
    """Plays the desktop: grants or refuses, then presses keys."""

    PATH = "/org/freedesktop/portal/desktop"
    SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"

    def __init__(self, *, granted: bool) -> None:
        from jeepney.bus_messages import message_bus  # noqa: PLC0415 - on Linux alone
        from jeepney.io.blocking import open_dbus_connection  # noqa: PLC0415

        self._answer = 0 if granted else 1
        self.asked: list[tuple[str, Any]] = []
        self.session = ""
        self._bus = open_dbus_connection("SESSION")
        self._bus.send_and_get_reply(message_bus.RequestName("org.freedesktop.portal.Desktop"))
        self._guard = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def press(self, action: Action) -> None:
        body: tuple[Any, ...] = (self.session, action.value, 0, {})
        self._emit(self.PATH, self.SHORTCUTS, "Activated", "osta{sv}", body)

    def close(self) -> None:
        self._stopping.set()
        self._thread.join()
        self._bus.close()

    def _serve(self) -> None:
        from jeepney import new_method_return  # noqa: PLC0415
        from jeepney.low_level import HeaderFields, MessageType  # noqa: PLC0415

        while not self._stopping.is_set():
            try:
                message = self._bus.receive(timeout=0.1)
            except TimeoutError:
                continue
            fields = message.header.fields
            if message.header.message_type is not MessageType.method_call:
                continue
            method = fields[HeaderFields.member]
            options = message.body[-1]
            sender = fields[HeaderFields.sender].lstrip(":").replace(".", "_")
            token = options["handle_token"][1]
            request = f"{self.PATH}/request/{sender}/{token}"
            self.asked.append((method, message.body))
            self._bus.send(new_method_return(message, "o", (request,)))
            results = {}
            if method == "CreateSession":
                self.session = f"{self.PATH}/session/{sender}/s"
                results = {"session_handle": ("s", self.session)}
            code = self._answer if method == "BindShortcuts" else 0
            interface = "org.freedesktop.portal.Request"
            self._emit(request, interface, "Response", "ua{sv}", (code, results))

    def _emit(self, path: str, interface: str, name: str, signature: str, body: Any) -> None:
        from jeepney import DBusAddress, new_signal  # noqa: PLC0415

        signal = new_signal(DBusAddress(path, interface=interface), name, signature, body)
        with self._guard:
            self._bus.send(signal)


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    pytest.importorskip("jeepney")
    if shutil.which("dbus-daemon") is None:
        pytest.skip("there is no D-Bus here")
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as daemon:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().decode().strip()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
        yield
        daemon.terminate()


def test_under_wayland_the_desktop_is_asked_and_its_keys_are_obeyed(
    bus: None, taken: Taken
) -> None:
    portal = Portal(granted=True)
    keys = HotkeySurface(taken.inbox, lambda: {Action.PANIC: "Panic or release"})
    keys.apply(PANIC_KEY)
    portal.press(Action.PANIC)
    assert taken.next() == PANIC
    portal.press(Action.SNAPSHOT)  # never asked for
    portal.press(Action.PANIC)
    assert taken.next() == PANIC
    assert keys.close()
    portal.close()
    method, (session, shortcuts, _, _) = portal.asked[1]
    assert (method, session) == ("BindShortcuts", portal.session)
    assert [name for name, _ in shortcuts] == ["panic"]
    assert shortcuts[0][1]["preferred_trigger"] == ("s", "CTRL+SHIFT+F9")
    assert shortcuts[0][1]["description"] == ("s", "Panic or release")


def test_a_user_who_refuses_the_desktops_question_is_believed(bus: None, taken: Taken) -> None:
    portal = Portal(granted=False)
    with pytest.raises(SettingError, match="has not given the keys"):
        HotkeySurface(taken.inbox).apply(PANIC_KEY)
    portal.close()


def test_a_desktop_without_the_portal_is_said(bus: None, taken: Taken) -> None:
    with pytest.raises(SettingError, match="gives programs no keys"):
        HotkeySurface(taken.inbox).apply(PANIC_KEY)


def test_a_desktop_that_does_not_answer_is_not_waited_for(bus: None) -> None:
    portal = Portal(granted=True)
    portal._emit = lambda *_: None  # type: ignore[method-assign]
    with pytest.raises(SettingError, match="has not given the keys"):
        PortalKeys({Action.PANIC: read_keys("F9")}, lambda _: None, {}, answers_within_s=0.3)
    portal.close()


def test_nothing_is_grabbed_while_it_is_off(taken: Taken) -> None:
    keys = HotkeySurface(taken.inbox, grab=lambda *_: pytest.fail("grabbed"))
    keys.apply(HotkeySettings(on=False))
    assert keys.close()
    assert Do(Action.PANIC) == PANIC
