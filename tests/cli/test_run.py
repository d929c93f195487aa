from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from cli.run import _Watcher
from engine.events import Progress, ProgressKind, SessionState, StateChanged, Stats
from engine.session.job import Job
from engine.settings import (
    Behind,
    BuildSettings,
    Composition,
    InputSettings,
    LiveSettings,
    Styled,
)

JOB = Job(InputSettings(), BuildSettings(), LiveSettings(), frames=24)
STATS = Stats(40.0, 50.0, 1.0, 2.0, 3.0, 30.0, 30.0, 0, 50)


def watcher(job: Job = JOB) -> _Watcher:
    return _Watcher(job, Console(file=StringIO()))


def shown(watcher: _Watcher) -> tuple[str, float, float | None]:
    (task,) = watcher._bar.tasks
    return task.description, task.completed, task.total


def test_the_bar_shows_how_much_of_the_model_is_loaded() -> None:
    watching = watcher()
    watching._show(Progress(ProgressKind.LOADING_MODEL, 300, 1000))
    assert shown(watching) == ("loading the model", 300, 1000)


def test_after_loading_the_bar_counts_the_frames() -> None:
    watching = watcher()
    watching._show(Progress(ProgressKind.LOADING_MODEL, 300, 1000))
    watching._show(StateChanged(SessionState.WARMING_UP))
    watching._show(Progress(ProgressKind.WARMING_UP, 3, 8))
    assert shown(watching) == ("warming up", 0, 24)


def test_without_an_end_the_bar_has_no_total() -> None:
    watching = watcher(replace(JOB, frames=None))
    watching._show(Progress(ProgressKind.LOADING_MODEL, 300, 1000))
    watching._show(StateChanged(SessionState.WARMING_UP))
    assert shown(watching) == ("warming up", 0, None)


@pytest.mark.parametrize(
    ("composition", "said"),
    [
        (Composition(), ""),
        (Composition(Styled.PERSON), "your room is unstyled"),
        (Composition(Styled.PERSON, Behind.BLURRED), "your room is unstyled"),
        (Composition(Styled.PERSON, Behind.COLOUR), ""),
        (Composition(Styled.ROOM), "YOU ARE UNSTYLED"),
        (Composition(Styled.ROOM, Behind.COLOUR), "YOU ARE UNSTYLED"),
    ],
)
def test_the_bar_says_what_is_unstyled_for_as_long_as_it_is(
    composition: Composition, said: str
) -> None:
    watching = watcher(replace(JOB, live=LiveSettings(composition=composition)))
    for _ in range(2):
        watching._show(STATS)
        (task,) = watching._bar.tasks
        assert task.fields["speed"] == "30.0 frames/s, 40 ms" + (f", {said}" if said else "")
