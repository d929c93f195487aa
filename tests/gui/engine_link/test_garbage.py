from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from gui.engine_link import garbage
from gui.engine_link.garbage import GarbageCollection

MANY = 5_000
"""Objects that make Python collect several times, where it does so by itself."""


@pytest.fixture(autouse=True)
def automatic() -> Iterator[None]:
    """As in a program that has just been started."""
    before, thresholds = gc.isenabled(), gc.get_threshold()
    gc.enable()
    yield
    gc.set_threshold(*thresholds)
    if not before:
        gc.disable()


@pytest.fixture
def collection() -> Iterator[GarbageCollection]:
    collection = GarbageCollection()
    yield collection
    collection.stop()


def closed_dialog(deleted_on: list[threading.Thread]) -> None:
    """A dialog in a reference cycle that nothing refers to any more."""
    dialog = QDialog()
    dialog.refers_to_itself = dialog  # type: ignore[attr-defined]
    weakref.finalize(dialog, lambda: deleted_on.append(threading.current_thread()))


@pytest.fixture
def kept() -> list[list[object]]:
    """Objects that stay: those that go again do not count."""
    return []


def on_another_thread(kept: list[list[object]]) -> threading.Thread:
    thread = threading.Thread(target=lambda: kept.extend([] for _ in range(MANY)))
    thread.start()
    thread.join()
    return thread


def test_python_by_itself_deletes_what_is_in_a_cycle_on_any_thread(
    kept: list[list[object]],
) -> None:
    """What would happen otherwise; a dialog might crash there."""
    deleted_on: list[threading.Thread] = []

    class Plain:
        pass

    plain = Plain()
    plain.refers_to_itself = plain  # type: ignore[attr-defined]
    weakref.finalize(plain, lambda: deleted_on.append(threading.current_thread()))
    del plain
    assert deleted_on == [on_another_thread(kept)]


def test_a_closed_dialog_in_a_cycle_is_deleted_on_the_gui_thread(
    qtbot: QtBot, collection: GarbageCollection, kept: list[list[object]]
) -> None:
    deleted_on: list[threading.Thread] = []
    closed_dialog(deleted_on)
    on_another_thread(kept)
    assert deleted_on == []
    qtbot.waitUntil(lambda: deleted_on == [threading.main_thread()], timeout=10_000)


def test_what_has_become_old_is_collected_too(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, kept: list[list[object]]
) -> None:
    monkeypatch.setattr(garbage, "ALL_EVERY_S", 0.0)
    gc.set_threshold(700, 1, 1)
    deleted_on: list[threading.Thread] = []
    dialog = QDialog()
    dialog.refers_to_itself = dialog  # type: ignore[attr-defined]
    weakref.finalize(dialog, lambda: deleted_on.append(threading.current_thread()))
    gc.collect()  # it survives, and is one of the oldest from now on
    collection = GarbageCollection()
    del dialog
    for _ in range(30):
        on_another_thread(kept)
        qtbot.wait(2 * garbage.LOOKS_EVERY_MS)
        if deleted_on:
            break
    collection.stop()
    assert deleted_on == [threading.main_thread()]


def test_in_the_end_python_collects_again(collection: GarbageCollection) -> None:
    assert not gc.isenabled()
    collection.stop()
    assert gc.isenabled()
