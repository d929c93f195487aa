"""What a knob, a pad, a key or an address can be bound to, by name.

Sliders take an amount from 0 to 1, which is brought to their own range. Everything else is done
when it is pressed, and nothing when it is let go: a panic never ends by a finger that slips.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.control.commands import Action, Adjust, ChooseStyle, Command, Do, GoToCue, SetBlend
from engine.settings import (
    FLICKER_REDUCTIONS,
    MAX_STEPS,
    NOISE_CONSISTENCIES,
    STRENGTHS,
    STRUCTURES,
)

PRESSED = 0.5
"""The amount from which on a pad or a knob counts as pressed."""

BLEND = "blend"
STYLE, CUE = "style:", "cue:"


@dataclass(frozen=True, slots=True)
class Scale:
    """A slider's range."""

    low: float
    high: float

    def at(self, amount: float) -> float:
        """The value at an amount of 0..1."""
        return self.low + (self.high - self.low) * min(max(amount, 0.0), 1.0)


SLIDERS = {
    "strength": Scale(*STRENGTHS),
    "structure": Scale(*STRUCTURES),
    "noise_consistency": Scale(*NOISE_CONSISTENCIES),
    "flicker_reduction": Scale(*FLICKER_REDUCTIONS),
    "steps": Scale(1, MAX_STEPS),
    BLEND: Scale(0.0, 1.0),
}
"""Fields of `LiveSettings`, and the weight of the blend."""


def is_slider(target: str) -> bool:
    """Whether it follows an amount, instead of being pressed."""
    return target in SLIDERS


def set_slider(target: str, value: float) -> Command:
    """The command that brings a slider to a value of its own range."""
    if target == BLEND:
        return SetBlend(weight=value)
    return Adjust(**{target: round(value) if target == "steps" else value})  # type: ignore[arg-type]


def command_for(target: str, amount: float) -> Command | None:
    """What a target does at an amount of 0..1; None where that is nothing, or there is no such."""
    if target in SLIDERS:
        return set_slider(target, SLIDERS[target].at(amount))
    if amount < PRESSED:
        return None
    if target.startswith(STYLE):
        return ChooseStyle(target.removeprefix(STYLE))
    number = target.removeprefix(CUE)
    if target.startswith(CUE) and number.isdecimal():
        return GoToCue(int(number))
    return next((Do(action) for action in Action if action.value == target), None)
