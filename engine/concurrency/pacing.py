"""The arithmetic that all steady rates share."""

from __future__ import annotations


def reachable_deadline(due: float, now: float, slack: float) -> float:
    """The deadline, or now where it was missed by more than `slack` seconds: what was missed is
    left out, never caught up with in a burst. A deadline missed by less is kept, so that errors
    do not add up.
    """
    return due if now - due <= slack else now
