"""How numbers are rounded to 8 bits: the grids of inputs, and the range of weights.

Weights are signed and symmetric, with a scale for each output channel; inputs are unsigned, with
one scale and zero point for the whole tensor (Jacob et al. 2018, arXiv 1712.05877).
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.model.hardware.devices import adds_int8_exactly

QMAX = 255

LARGEST, LARGEST_BY_PAIRS = 127, 63
"""Of int8 weights. Where the CPU adds two products in 16 bits before it goes on in 32, the sum of
255 times both must fit into 16 bits.
"""


@dataclass(frozen=True, slots=True)
class QuantParams:
    """Maps 0..255 to numbers: scale * (value - zero)."""

    scale: float
    zero: int = 0

    @staticmethod
    def over(low: float, high: float) -> QuantParams:
        """The finest quantization whose range includes zero, low and high."""
        low, high = min(low, 0.0), max(high, 0.0)
        scale = max(high - low, 1e-6) / QMAX
        return QuantParams(scale, round(-low / scale))


def largest_weight() -> int:
    """The largest int8 weight on this CPU."""
    return LARGEST if adds_int8_exactly() else LARGEST_BY_PAIRS
