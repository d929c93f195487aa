"""A few inputs for each target; `python -m tests.fuzz SECONDS` tries hundreds of thousands."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errors import EngineError, ModelError
from tests.fuzz import examine
from tests.fuzz.campaign import Fault, run_campaign
from tests.fuzz.targets import TARGETS, Target

INPUTS = {"presets": 300, "preferences": 300, "styles": 150, "catalogues": 200, "manifests": 300}
OTHERS = 120


@pytest.fixture(autouse=True)
def silence() -> Iterator[None]:
    logging.disable()
    with warnings.catch_warnings(action="ignore"):
        yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("name", TARGETS)
def test_no_mutated_file_does_more_than_be_refused(name: str, tmp_path: Path) -> None:
    target = TARGETS[name]
    found = (examine.examine(target, seed, tmp_path) for seed in range(INPUTS.get(name, OTHERS)))
    assert [fault for fault in found if fault] == []


@pytest.mark.parametrize("name", TARGETS)
def test_every_sample_is_one_that_the_product_takes_or_refuses(name: str, tmp_path: Path) -> None:
    path = tmp_path / "input.bin"
    taken = 0
    for sample in TARGETS[name].samples():
        path.write_bytes(sample)
        try:
            TARGETS[name].parse(path)
        except EngineError:
            continue
        taken += 1
    assert taken, "mutants of nothing valid try nothing"


def test_an_input_is_the_same_whenever_it_is_made() -> None:
    target = TARGETS["styles"]
    assert target.mutant(7) == target.mutant(7)
    assert len({target.mutant(seed) for seed in range(50)}) > 40


def _target(parse: object) -> Target:
    assert callable(parse)
    return Target("presets", 1.0, lambda: [b"{}"], lambda _, data: data, parse)


def _raise(error: Exception) -> object:
    def parse(path: Path) -> None:
        raise error

    return parse


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("x"), "ValueError at "),
        (ModelError("{a}", "", a=2000 * "x"), "too long a sentence"),
        (ModelError("{a}", "", a="\ud800"), "cannot be shown"),
        (ModelError("{a}", "", a="\0"), "NUL"),
    ],
)
def test_what_is_a_fault_is_noticed(error: Exception, said: str, tmp_path: Path) -> None:
    assert said in examine.examine(_target(_raise(error)), 0, tmp_path)


def test_what_is_refused_by_a_sentence_is_no_fault(tmp_path: Path) -> None:
    error = ModelError("It is broken.", "Fetch another.")
    assert examine.examine(_target(_raise(error)), 0, tmp_path) == ""


def test_memory_that_the_limit_refuses_is_noticed(tmp_path: Path) -> None:
    error = ModelError("It is broken.", "Fetch another.")
    error.__cause__ = MemoryError()
    assert "memory asked for" in examine.examine(_target(_raise(error)), 0, tmp_path)


def test_faults_at_one_place_are_of_one_kind() -> None:
    one, other = Fault("a", 1, "KeyError at x.py:3: 'y'"), Fault("b", 2, "KeyError at x.py:3: 'z'")
    assert one.kind == other.kind


def test_a_campaign_runs_in_children_and_counts() -> None:
    outcome = run_campaign(1, lanes=1, first=0, shares={"presets": 1.0})
    assert outcome.inputs["presets"] > 0
    assert outcome.faults == []
