"""A network compiled in the background, while PyTorch's own kernels already stream.

Shapes and the order of the work never change once a window is full, and slots are named by
tensors, so one compilation serves every later frame. Not yet run on a GPU by this project; CUDA
graphs and TensorRT are not built.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from weakref import WeakKeyDictionary

import torch
from torch import Tensor

from engine.frames import Size
from engine.model.config import RECENT_FRAMES, WARM_UP_FRAMES
from engine.model.noise import NoiseSource
from engine.model.relay import Encoded, Plan, StreamLane
from engine.model.stream import Forward, Recipe
from engine.model.unet import Conditioning, UNet
from engine.model.window import WindowMemory
from engine.settings import CacheForm

logger = logging.getLogger(__name__)

PIXELS_PER_LATENT = 8


class Compiling:
    """The network itself, until its compiled form is ready; then that, for full windows.

    rehearse: makes some frames of a running window by the call it is given, which compiles it; it
    runs on a thread of its own. Where that fails, the network itself goes on.
    """

    def __init__(
        self, unet: UNet, rehearse: Callable[[Forward], object], backend: str = "inductor"
    ) -> None:
        self._unet, self._rehearse = unet, rehearse
        self._compiled = torch.compile(unet, fullgraph=True, dynamic=False, backend=backend)
        self._ready = False
        self.thread = threading.Thread(target=self._compile, name="compiling", daemon=True)
        self.thread.start()

    @property
    def ready(self) -> bool:
        """Whether the compiled form is in use."""
        return self._ready

    def __call__(
        self, x: Tensor, features: Tensor, conditioning: Conditioning, memory: WindowMemory, /
    ) -> Tensor:
        network = self._compiled if self._ready and memory.settled else self._unet
        prediction: Tensor = network(x, features, conditioning, memory)
        return prediction

    @torch.inference_mode()
    def _compile(self) -> None:
        try:
            self._rehearse(self._compiled)
        except Exception:
            logger.warning("the network could not be compiled", exc_info=True)
        else:
            self._ready = True


class Compiler:
    """Gives recipes whose streamed frames are worked out by a compiled network, one for each."""

    def __init__(self, size: Size, cache: CacheForm, backend: str = "inductor") -> None:
        self._size, self._cache, self._backend = size, cache, backend
        self._made: WeakKeyDictionary[UNet, Compiling] = WeakKeyDictionary()

    def __call__(self, recipe: Recipe) -> Recipe:
        if recipe.unet not in self._made:
            self._made[recipe.unet] = Compiling(
                recipe.unet, lambda forward: self._rehearse(recipe, forward), self._backend
            )
        return recipe.worked_by(self._made[recipe.unet])

    def _rehearse(self, recipe: Recipe, forward: Forward) -> None:
        """Fill a window with made-up frames by the plain network, then go on by the other."""
        frame, plan = self._nothing(recipe.unet), Plan(recipe, NoiseSource(0, 1.0), 0)
        lane = StreamLane(plan, batched=False, cache=self._cache)
        lane.warmed_up([frame] * WARM_UP_FRAMES)
        for _ in range(RECENT_FRAMES):
            lane.step(frame)
        lane.stream.recipe = recipe.worked_by(forward)
        lane.step(frame)

    def _nothing(self, unet: UNet) -> Encoded:
        weight, config = unet.conv_in.weight, unet.config
        side = (self._size.height // PIXELS_PER_LATENT, self._size.width // PIXELS_PER_LATENT)
        latent, structure = (
            torch.zeros(channels, *side, device=weight.device, dtype=weight.dtype)
            for channels in (config.sample_channels, config.structure_channels)
        )
        return Encoded(0, latent, structure)
