"""python -m tests.fuzz SECONDS: try the parsers with mutated files; exit code 1 on any fault.

To repeat one: python -m tests.fuzz --target styles --repeat SEED [--keep FILE]
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import time
from pathlib import Path

from tests.fuzz.campaign import Fault, Outcome, run_campaign
from tests.fuzz.examine import examine, limit_memory, scratch_folder
from tests.fuzz.targets import TARGETS


def main() -> int:
    """Run the command; returns its exit code."""
    arguments = _parser().parse_args()
    if arguments.repeat is not None:
        return _repeat(arguments.target or next(iter(TARGETS)), arguments.repeat, arguments.keep)
    names = [arguments.target] if arguments.target else list(TARGETS)
    shares = {name: TARGETS[name].share for name in names}
    began = time.monotonic()
    outcome = run_campaign(
        arguments.seconds, lanes=arguments.processes, first=arguments.seed, shares=shares
    )
    _print(outcome, time.monotonic() - began)
    return 1 if outcome.faults else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("seconds", type=float, nargs="?", default=60.0)
    parser.add_argument("--target", choices=list(TARGETS), help="only this one")
    parser.add_argument("--seed", type=int, default=0, help="the number of the first input")
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--repeat", type=int, metavar="SEED", help="one input, in this process")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="write that input to a file")
    return parser


def _repeat(name: str, seed: int, keep: Path | None) -> int:
    logging.disable()
    target = TARGETS[name]
    data = target.mutant(seed)
    if keep is not None:
        keep.write_bytes(data)
    limit_memory()
    with scratch_folder() as folder:
        what = examine(target, seed, folder)
    _say(f"{name}, input {seed}, {len(data)} bytes: {what or 'no fault'}")
    return 1 if what else 0


def _print(outcome: Outcome, seconds: float) -> None:
    for name, count in outcome.inputs.items():
        bad = sum(fault.target == name for fault in outcome.faults)
        _say(f"{name:12} {count:8,} inputs {bad:6,} faults")
    kinds: dict[str, list[Fault]] = {}
    for fault in outcome.faults:
        kinds.setdefault(fault.kind, []).append(fault)
    for faults in kinds.values():
        first = faults[0]
        _say(f"{len(faults)} x {first.what}")
        _say(f"    python -m tests.fuzz --target '{first.target}' --repeat {first.seed}")
    total = sum(outcome.inputs.values())
    _say(f"{total:,} inputs in {seconds:.0f} s, {len(outcome.faults):,} faults")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
