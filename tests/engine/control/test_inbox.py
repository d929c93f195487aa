from concurrent.futures import Future

import pytest

from engine.control.commands import (
    PANIC,
    RELEASE,
    Action,
    Adjust,
    ChooseStyle,
    Command,
    Do,
    SetBlend,
)
from engine.control.inbox import MOST_WAITING, Inbox
from engine.errors import SettingError

TOGGLE = Do(Action.TOGGLE_PANIC)


class Calls:
    def __init__(self) -> None:
        self.hidden = self.woken = 0

    def hide(self) -> None:
        self.hidden += 1

    def wake(self) -> None:
        self.woken += 1


@pytest.fixture
def calls() -> Calls:
    return Calls()


@pytest.fixture
def inbox(calls: Calls) -> Inbox:
    return Inbox(calls.hide, calls.wake)


def taken(inbox: Inbox) -> list[Command]:
    return [asked.command for asked in inbox.take()]


def test_commands_are_taken_in_order_and_the_taker_is_woken_once(
    inbox: Inbox, calls: Calls
) -> None:
    for name in ("ink", "oil"):
        inbox.submit(ChooseStyle(name))
    assert calls.woken == 1
    assert taken(inbox) == [ChooseStyle("ink"), ChooseStyle("oil")]
    assert taken(inbox) == []


def test_a_panic_hides_at_once_and_comes_first(inbox: Inbox, calls: Calls) -> None:
    inbox.submit(ChooseStyle("ink"))
    inbox.submit(PANIC)
    assert calls.hidden == 1
    assert taken(inbox) == [PANIC, ChooseStyle("ink")]


def test_a_panic_has_a_place_where_nothing_else_has(inbox: Inbox, calls: Calls) -> None:
    for _ in range(MOST_WAITING):
        inbox.submit(Do(Action.NEXT_STYLE))
    with pytest.raises(SettingError):
        inbox.submit(Do(Action.NEXT_STYLE))
    for _ in range(1000):
        inbox.submit(PANIC)
    assert calls.hidden == 1000
    assert len(taken(inbox)) == MOST_WAITING + 1


def test_a_release_that_waits_does_not_undo_a_later_panic(inbox: Inbox) -> None:
    released: Future[None] = inbox.submit(RELEASE)
    inbox.submit(PANIC)
    assert taken(inbox) == [PANIC]
    with pytest.raises(SettingError):
        released.result(0)


def test_a_release_under_way_does_not_undo_a_later_panic(inbox: Inbox) -> None:
    shown: list[bool] = []
    inbox.submit(RELEASE)
    assert taken(inbox) == [RELEASE]
    inbox.submit(PANIC)
    with pytest.raises(SettingError):
        inbox.release(lambda: shown.append(True))
    assert shown == []
    inbox.take()
    inbox.release(lambda: shown.append(True))
    assert shown == [True]


def test_pressing_a_toggle_twice_before_it_is_looked_at_ends_as_it_began(inbox: Inbox) -> None:
    inbox.submit(TOGGLE)
    inbox.submit(TOGGLE)
    assert taken(inbox) == [PANIC, RELEASE]


def test_a_toggle_releases_what_a_click_has_hidden(inbox: Inbox, calls: Calls) -> None:
    inbox.note_panic(True)
    inbox.submit(TOGGLE)
    assert taken(inbox) == [RELEASE]
    assert calls.hidden == 0


def test_a_release_that_waits_does_not_undo_a_later_click(inbox: Inbox) -> None:
    inbox.note_panic(True)
    released = inbox.submit(RELEASE)
    for on in (False, True):
        inbox.note_panic(on)
    assert taken(inbox) == []
    with pytest.raises(SettingError):
        released.result(0)
    inbox.submit(TOGGLE)
    assert taken(inbox) == [RELEASE]


def test_a_toggle_after_a_release_hides_whatever_else_the_window_has_to_say(inbox: Inbox) -> None:
    inbox.note_panic(True)
    inbox.submit(TOGGLE)
    inbox.note_panic(True)
    inbox.submit(TOGGLE)
    assert taken(inbox) == [PANIC]


def test_a_panic_that_is_being_carried_out_drops_no_later_release(inbox: Inbox) -> None:
    inbox.submit(TOGGLE)
    carried_out = inbox.take()
    inbox.submit(TOGGLE)
    inbox.note_panic(True)
    carried_out[0].done.set_result(None)
    assert taken(inbox) == [RELEASE]


def test_moves_of_sliders_become_one_and_share_their_outcome(inbox: Inbox) -> None:
    first = inbox.submit(Adjust(strength=0.3, structure=1.0))
    for value in (0.4, 0.5):
        assert inbox.submit(Adjust(strength=value)) is first
    inbox.submit(SetBlend(weight=0.2))
    inbox.submit(SetBlend(weight=0.7))
    assert taken(inbox) == [Adjust(strength=0.5, structure=1.0), SetBlend(weight=0.7)]
