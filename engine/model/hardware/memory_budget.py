"""Estimates the memory that a setting needs before anything is loaded, and finds what would fit.

Shape letters: see `engine.model.network.kv_cache`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

import psutil
import torch

from engine.errors import MemoryShortError
from engine.frames import Size
from engine.memory_ladder import lower_caches, lower_steps, smaller_sizes
from engine.model.network.config import CACHE_SLOTS, WARM_UP_FRAMES, UNetConfig
from engine.model.network.unet import UNet
from engine.settings import PIXELS_PER_LATENT, CachePrecision

ATTENTIONS_PER_MODULE = 2

WORKING_PLANES = 56
"""Planes of the first block's width in memory at a forward's peak: the skips of the down blocks,
a feed-forward's eightfold inner width, and as much again in the allocator's reserve. Measured on
a CPU: 54 at 512 x 512 (`tests/benchmarks/memory_plan.py`)."""

DECODER_CHANNELS = 256
"""Channels at full size in the widest layer of the decoder."""

COMPANION_PARAMETERS = 250_000_000
"""Text encoder, depth network and tiny autoencoder together, rounded up."""

RESERVE = 0.08
"""The share of memory that allocators and libraries need."""

_OUT_OF_MEMORY = ("can't allocate memory", "out of memory")
"""PyTorch's messages on CPUs and Apple GPUs, for which it has no error class."""


@dataclass(frozen=True, slots=True)
class MemoryRequest:
    """A setting to run with. second_cache: with memory for a new KV cache next to the old one, so
    that style, strength and scene change without a gap. element_bytes: of the precision, 2 or 4.
    cache: the precision of the KV cache.
    """

    size: Size
    steps: int
    second_cache: bool = True
    element_bytes: int = 2
    cache: CachePrecision = CachePrecision.SAME

    def __str__(self) -> str:
        steps = "1 step" if self.steps == 1 else f"{self.steps} steps"
        cache = "" if self.cache is CachePrecision.SAME else f", past frames in {self.cache.value}"
        gap = "" if self.second_cache else ", with a short gap at each change of style"
        return f"{self.size} with {steps}{cache}{gap}"


@dataclass(frozen=True, slots=True)
class MemoryPlan:
    """Bytes by use. cache: of all KV caches requested."""

    weights: int
    cache: int
    activations: int

    @property
    def total(self) -> int:
        """The sum, with a reserve."""
        return int((self.weights + self.cache + self.activations) * (1.0 + RESERVE))


def plan_memory(config: UNetConfig, request: MemoryRequest) -> MemoryPlan:
    """The memory that a request needs."""
    caches = 2 if request.second_cache else 1
    per_step = cache_bytes_per_step(config, request.size, request.element_bytes, request.cache)
    weights = (unet_parameters(config) + COMPANION_PARAMETERS) * request.element_bytes
    return MemoryPlan(weights, caches * request.steps * per_step, _activations(config, request))


def cache_bytes_per_step(
    config: UNetConfig, size: Size, element_bytes: int, cache: CachePrecision = CachePrecision.SAME
) -> int:
    """Bytes of one step's KV cache: keys and values of every temporal attention, in all slots."""
    modules = 2 * config.layers_per_block + 1
    per_slot = sum(
        _positions(size, index) * _vector_bytes(width, config.motion_heads, element_bytes, cache)
        for index, width in enumerate(config.block_out_channels)
        if config.motion_blocks[index]
    )
    return per_slot * 2 * ATTENTIONS_PER_MODULE * modules * CACHE_SLOTS


def _vector_bytes(width: int, heads: int, element_bytes: int, cache: CachePrecision) -> int:
    """Bytes of a pixel's keys or values in one slot; in 8 bits each head also has a scale."""
    if cache is CachePrecision.SAME:
        return width * element_bytes
    return width + heads * element_bytes


@lru_cache(maxsize=8)
def unet_parameters(config: UNetConfig) -> int:
    """The number of the network's parameters."""
    with torch.device("meta"):
        return sum(parameter.numel() for parameter in UNet(config).parameters())


def nearest_fit(config: UNetConfig, request: MemoryRequest, free: int) -> MemoryRequest | None:
    """The request, or the nearest setting that fits into this many bytes, if there is one."""
    settings = _lower(request)
    return next((each for each in settings if plan_memory(config, each).total <= free), None)


_TOO_LARGE = (
    "{size} with {steps} steps needs {needed:.1f} GB of memory, and {free:.1f} GB are free."
)


def check_fits(config: UNetConfig, request: MemoryRequest, free: int) -> MemoryRequest:
    """The request, without its second cache if necessary. Raises MemoryShortError with a remedy."""
    fit = nearest_fit(config, request, free)
    if fit is not None and fit == replace(request, second_cache=fit.second_cache):
        return fit
    needed = plan_memory(config, replace(request, second_cache=False)).total
    figures = {
        "size": request.size,
        "steps": request.steps,
        "needed": needed / 1e9,
        "free": free / 1e9,
    }
    if fit is None:
        raise MemoryShortError(_TOO_LARGE, "Use the built-in model on this computer.", **figures)
    raise MemoryShortError(_TOO_LARGE, "This would fit: {fit}.", **figures, fit=fit)


@contextmanager
def out_of_memory_raises(error: MemoryShortError) -> Iterator[None]:
    """Raise this error if a library runs out of memory in the block."""
    try:
        yield
    except (RuntimeError, MemoryError) as cause:
        if not is_out_of_memory(cause):
            raise
        raise error from cause


def is_out_of_memory(error: BaseException) -> bool:
    """Whether a library's error means that memory ran out."""
    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    text = str(error)
    return isinstance(error, RuntimeError) and any(sign in text for sign in _OUT_OF_MEMORY)


def free_memory(device: torch.device) -> int:
    """The free memory of a device, in bytes."""
    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0])
    if device.type == "mps":
        return torch.mps.recommended_max_memory() - torch.mps.driver_allocated_memory()
    return int(psutil.virtual_memory().available)


def _lower(request: MemoryRequest) -> Iterator[MemoryRequest]:
    """From the request downwards: first without the second cache, then by `memory_ladder`."""
    seconds = (True, False) if request.second_cache else (False,)
    caches = (request.cache, *lower_caches(request.cache))
    for size in (request.size, *smaller_sizes(request.size)):
        for steps in (request.steps, *lower_steps(request.steps)):
            for cache, second in product(caches, seconds):
                yield replace(request, size=size, steps=steps, cache=cache, second_cache=second)


def _positions(size: Size, halvings: int) -> int:
    """P after halving the latent that often; odd sides round up."""
    height, width = size.height // PIXELS_PER_LATENT, size.width // PIXELS_PER_LATENT
    for _ in range(halvings):
        height, width = -(-height // 2), -(-width // 2)
    return height * width


def _activations(config: UNetConfig, request: MemoryRequest) -> int:
    """The peak of a warm-up of 8 frames, or of the decoder at full size."""
    plane = _positions(request.size, 0) * config.block_out_channels[0] * request.element_bytes
    pixels = request.size.width * request.size.height
    decoder = pixels * DECODER_CHANNELS * request.element_bytes
    return max(plane * WARM_UP_FRAMES * WORKING_PLANES, decoder)
