"""Runs targets in child processes for a time; a bomb, a crash or a hang costs one child."""

from __future__ import annotations

import json
import logging
import multiprocessing
import time
import warnings
from collections import Counter
from collections.abc import Mapping, MutableSequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from threading import Thread

from tests.fuzz.examine import examine, limit_memory, scratch_folder
from tests.fuzz.targets import TARGETS

HANGS_AFTER_S = 20.0
STARTS_WITHIN_S = 120.0

_CURRENT, _DONE = 0, 1
_NONE = -1


@dataclass(frozen=True, slots=True)
class Fault:
    """What one input has brought about."""

    target: str
    seed: int
    what: str

    @property
    def kind(self) -> str:
        """The same for faults at the same place."""
        kind = self.what.partition(": ")[0]
        return kind if " at " in kind else f"{self.target}: {kind}"


@dataclass(slots=True)
class Outcome:
    """inputs: how many were tried, by target."""

    inputs: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Lane:
    """One of several that share a target's inputs: every `count`th from `number`."""

    number: int
    count: int


def run_campaign(seconds: float, *, lanes: int, first: int, shares: Mapping[str, float]) -> Outcome:
    """Try the targets one after another, each on all lanes.

    first: the number of each target's first input. shares: of the time, by target.
    """
    outcome = Outcome()
    for target, share in shares.items():
        until = time.monotonic() + seconds * share / sum(shares.values())
        threads = [
            Thread(target=_drive, args=(target, first, Lane(n, lanes), until, outcome))
            for n in range(lanes)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return outcome


def _drive(target: str, first: int, lane: Lane, until: float, outcome: Outcome) -> None:
    """Start children until the time is over; each goes on behind where the last one ended."""
    seed = first + lane.number
    while time.monotonic() < until:
        current, fault = _one_child(target, seed, lane.count, until, outcome)
        if fault:
            outcome.faults.append(Fault(target, current, fault))
        seed = max(current, seed) + lane.count


def _one_child(
    target: str, seed: int, step: int, until: float, outcome: Outcome
) -> tuple[int, str]:
    """The last input that the child has had, and what it died of, if anything."""
    context = multiprocessing.get_context("spawn")
    progress = context.RawArray("q", [_NONE, 0])
    here, there = context.Pipe(duplex=False)
    arguments = (target, seed, step, until - time.monotonic(), progress, there)
    child = context.Process(target=_child, args=arguments, daemon=True)
    child.start()
    there.close()
    try:
        fault = _watch(target, child, here, progress, outcome)
    finally:
        child.kill()
        child.join()
        here.close()
    outcome.inputs[target] += progress[_DONE]
    return progress[_CURRENT], fault


def _watch(
    target: str,
    child: multiprocessing.process.BaseProcess,
    here: Connection,
    progress: MutableSequence[int],
    outcome: Outcome,
) -> str:
    """Take the child's faults until it ends, or takes too long for one input."""
    last, since = progress[_CURRENT], time.monotonic()
    while True:
        try:
            if here.poll(0.2):
                seed, what = json.loads(here.recv_bytes())
                outcome.faults.append(Fault(target, seed, what))
        except (EOFError, OSError):
            child.join(HANGS_AFTER_S)
            return f"the process died with {child.exitcode}" if child.exitcode else ""
        if progress[_CURRENT] != last:
            last, since = progress[_CURRENT], time.monotonic()
        if time.monotonic() - since > (STARTS_WITHIN_S if last == _NONE else HANGS_AFTER_S):
            return f"more than {HANGS_AFTER_S:.0f} s"


def _child(
    target: str,
    seed: int,
    step: int,
    seconds: float,
    progress: MutableSequence[int],
    faults: Connection,
) -> None:
    logging.disable()
    warnings.simplefilter("ignore")
    until = time.monotonic() + seconds
    chosen = TARGETS[target]
    chosen.mutant(seed)  # the libraries are loaded and the samples made before the limit holds
    limit_memory()
    with scratch_folder() as folder:
        while time.monotonic() < until:
            progress[_CURRENT] = seed
            what = examine(chosen, seed, folder)
            progress[_DONE] += 1
            if what:
                faults.send_bytes(json.dumps([seed, what]).encode())
            if " of memory" in what:
                return  # the peak never falls: the next input needs a new process
            seed += step
