"""How much memory a setting needs, reckoned before anything is loaded, and what would fit.

Shape letters: see `engine.model.network.kv_cache`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

import psutil
import torch

from engine.errors import MemoryShortError
from engine.frames import Size
from engine.model.network.config import WARM_UP_FRAMES, WINDOW, UNetConfig
from engine.model.network.unet import UNet
from engine.settings import CachePrecision

PIXELS_PER_LATENT = 8
ATTENTIONS_PER_MODULE = 2
SIDE_STEP = 64
SMALLEST_SIDE = 256

WORKING_PLANES = 56
"""Planes of the first level's width that a pass holds at its peak: the skips of the down side,
a feed-forward's eightfold inner width, and as much again that allocators have in hand. Measured
on a processor: 54 at 512 x 512 (`tests/benchmarks/memory_plan.py`)."""

DECODER_CHANNELS = 256
"""Channels at full size that the decoder's widest moment holds."""

COMPANION_PARAMETERS = 250_000_000
"""Text encoder, depth network and tiny autoencoder together, rounded up."""

RESERVE = 0.08
"""The share of memory that allocators and libraries take for themselves."""

_OUT_OF_MEMORY = ("can't allocate memory", "out of memory")
"""What PyTorch says on a CPU and on an Apple GPU, where it has no error of its own for it."""


@dataclass(frozen=True, slots=True)
class MemoryRequest:
    """A setting to run at. second_cache: room for a new window beside the old one, so that style,
    strength and scene change without a gap. element_bytes: of the precision, 2 or 4. cache: how
    the window is kept.
    """

    size: Size
    steps: int
    second_cache: bool = True
    element_bytes: int = 2
    cache: CachePrecision = CachePrecision.SAME

    def __str__(self) -> str:
        steps = "1 step" if self.steps == 1 else f"{self.steps} steps"
        cache = "" if self.cache is CachePrecision.SAME else f", the window in {self.cache.value}"
        gap = "" if self.second_cache else ", with a short gap at each change of style"
        return f"{self.size} with {steps}{cache}{gap}"


@dataclass(frozen=True, slots=True)
class MemoryPlan:
    """Bytes of each kind. cache: of every window that the wish asks for."""

    weights: int
    cache: int
    activations: int

    @property
    def total(self) -> int:
        """Everything, with a reserve."""
        return int((self.weights + self.cache + self.activations) * (1.0 + RESERVE))


def plan_memory(config: UNetConfig, wish: MemoryRequest) -> MemoryPlan:
    """What a wish needs."""
    windows = 2 if wish.second_cache else 1
    per_step = cache_bytes_per_step(config, wish.size, wish.element_bytes, wish.cache)
    weights = (unet_parameters(config) + COMPANION_PARAMETERS) * wish.element_bytes
    return MemoryPlan(weights, windows * wish.steps * per_step, _activations(config, wish))


def cache_bytes_per_step(
    config: UNetConfig, size: Size, element_bytes: int, cache: CachePrecision = CachePrecision.SAME
) -> int:
    """Keys and values of every temporal attention over the whole window, for one step."""
    modules = 2 * config.layers_per_block + 1
    per_slot = sum(
        _positions(size, level) * _vector_bytes(width, config.motion_heads, element_bytes, cache)
        for level, width in enumerate(config.block_out_channels)
        if config.motion_levels[level]
    )
    return per_slot * 2 * ATTENTIONS_PER_MODULE * modules * WINDOW


def _vector_bytes(width: int, heads: int, element_bytes: int, cache: CachePrecision) -> int:
    """Of a pixel's keys or values in one slot; in 8 bits each head has a scale beside them."""
    if cache is CachePrecision.SAME:
        return width * element_bytes
    return width + heads * element_bytes


@lru_cache(maxsize=8)
def unet_parameters(config: UNetConfig) -> int:
    """How many numbers the network has."""
    with torch.device("meta"):
        return sum(parameter.numel() for parameter in UNet(config).parameters())


def nearest_fit(config: UNetConfig, wish: MemoryRequest, free: int) -> MemoryRequest | None:
    """The wish itself or the nearest setting that fits into so many bytes; None if nothing does."""
    return next((w for w in _lesser(wish) if plan_memory(config, w).total <= free), None)


_TOO_LARGE = (
    "{size} with {steps} steps needs {needed:.1f} GB of memory, and {free:.1f} GB are free."
)


def check_fits(config: UNetConfig, wish: MemoryRequest, free: int) -> MemoryRequest:
    """The wish, at most without its second cache. Raises MemoryShortError with what would fit."""
    fit = nearest_fit(config, wish, free)
    if fit is not None and fit == replace(wish, second_cache=fit.second_cache):
        return fit
    needed = plan_memory(config, replace(wish, second_cache=False)).total
    figures = {"size": wish.size, "steps": wish.steps, "needed": needed / 1e9, "free": free / 1e9}
    if fit is None:
        raise MemoryShortError(_TOO_LARGE, "Use the built-in model on this computer.", **figures)
    raise MemoryShortError(_TOO_LARGE, "This would fit: {fit}.", **figures, fit=fit)


def is_out_of_memory(error: BaseException) -> bool:
    """Whether that is what a library means by it."""
    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    told = str(error)
    return isinstance(error, RuntimeError) and any(sign in told for sign in _OUT_OF_MEMORY)


def free_memory(device: torch.device) -> int:
    """Bytes that can still be had on a device."""
    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0])
    if device.type == "mps":
        return torch.mps.recommended_max_memory() - torch.mps.driver_allocated_memory()
    return int(psutil.virtual_memory().available)


def _lesser(wish: MemoryRequest) -> Iterator[MemoryRequest]:
    """From the wish downwards: the second cache goes first, then the precision of the window,
    then steps, then the size.
    """
    seconds = (True, False) if wish.second_cache else (False,)
    caches = (
        (wish.cache, CachePrecision.INT8) if wish.cache is CachePrecision.SAME else (wish.cache,)
    )
    for size in _smaller_sizes(wish.size):
        for steps in range(wish.steps, 0, -1):
            for cache, second in product(caches, seconds):
                yield replace(wish, size=size, steps=steps, cache=cache, second_cache=second)


def _smaller_sizes(size: Size) -> Iterator[Size]:
    """The size, then ones of about its shape down to 256 on the shorter side."""
    yield size
    shorter = min(size.width, size.height)
    first = (shorter - 1) // SIDE_STEP * SIDE_STEP
    for side in range(first, SMALLEST_SIDE - 1, -SIDE_STEP):
        scale = side / shorter
        yield Size(_multiple_of_8(size.width * scale), _multiple_of_8(size.height * scale))


def _multiple_of_8(side: float) -> int:
    return round(side / PIXELS_PER_LATENT) * PIXELS_PER_LATENT


def _positions(size: Size, level: int) -> int:
    """P of a level; odd sides round up when halved."""
    height, width = size.height // PIXELS_PER_LATENT, size.width // PIXELS_PER_LATENT
    for _ in range(level):
        height, width = -(-height // 2), -(-width // 2)
    return height * width


def _activations(config: UNetConfig, wish: MemoryRequest) -> int:
    """What a warm-up of 8 frames holds at its peak, or the decoder at full size."""
    plane = _positions(wish.size, 0) * config.block_out_channels[0] * wish.element_bytes
    pixels = wish.size.width * wish.size.height
    decoder = pixels * DECODER_CHANNELS * wish.element_bytes
    return max(plane * WARM_UP_FRAMES * WORKING_PLANES, decoder)
