import threading
import time

import pytest

from engine.concurrency.mailbox import Mailbox, MailboxClosed


def test_the_newest_item_wins_and_the_lost_one_is_counted() -> None:
    box: Mailbox[int] = Mailbox()
    box.put(1)
    box.put(2)
    assert (box.poll(), box.poll(), box.dropped) == (2, None, 1)


def test_a_lossless_box_makes_the_giver_wait() -> None:
    box: Mailbox[int] = Mailbox(lossless=True)
    taken: list[int | None] = []

    def give() -> None:
        for n in range(50):
            box.put(n)

    giver = threading.Thread(target=give)
    giver.start()
    while len(taken) < 50:
        taken.append(box.get(1.0))
    giver.join(1.0)
    assert taken == list(range(50))
    assert box.dropped == 0


def test_closing_wakes_a_waiting_reader() -> None:
    box: Mailbox[int] = Mailbox()
    threading.Timer(0.01, box.close).start()
    with pytest.raises(MailboxClosed):
        box.get(5.0)


def test_closing_wakes_a_waiting_giver() -> None:
    box: Mailbox[int] = Mailbox(lossless=True)
    box.put(1)
    threading.Timer(0.01, box.close).start()
    with pytest.raises(MailboxClosed):
        box.put(2)


def test_what_is_there_can_be_taken_after_the_close() -> None:
    box: Mailbox[int] = Mailbox()
    box.put(1)
    box.close()
    assert box.get(0.0) == 1
    with pytest.raises(MailboxClosed):
        box.get(0.0)


def test_nothing_comes_in_time() -> None:
    assert Mailbox[int]().get(0.01) is None


def test_a_waiting_reader_can_be_woken_without_an_item() -> None:
    box: Mailbox[int] = Mailbox()
    threading.Timer(0.01, box.wake).start()
    began = time.monotonic()
    assert box.get(5.0) is None
    assert time.monotonic() - began < 4.0


def test_a_call_that_comes_before_the_wait_is_not_lost() -> None:
    box: Mailbox[int] = Mailbox()
    box.wake()
    began = time.monotonic()
    assert box.get(5.0) is None
    assert time.monotonic() - began < 4.0
    assert box.get(0.01) is None


def test_an_item_that_is_not_wanted_yet_gives_way_to_a_newer_one() -> None:
    box: Mailbox[int] = Mailbox()
    box.put(1)
    assert box.get(0.01, wanted=False) is None
    box.put(2)
    box.wake()
    assert box.get(5.0, wanted=False) is None
    assert box.get(0.01) == 2
    box.close()
    with pytest.raises(MailboxClosed):
        box.get(0.01, wanted=False)
