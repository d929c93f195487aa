"""Frame in, styled frames out: the whole way of a picture through a model."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from engine.errors import MemoryShortError, ModelError, SettingError
from engine.frames import Frame, Pixels, Size, StyledFrame, size_of
from engine.model.config import WARM_UP_FRAMES
from engine.model.memory import is_out_of_memory
from engine.model.noise import NoiseSource
from engine.model.pixels import to_pixels, to_tensor
from engine.model.relay import Denoised, Encoded, Plan, Relay, StreamLane
from engine.model.scene import SceneWatcher
from engine.model.steadying import Steadier
from engine.model.style_model import StyleModel
from engine.settings import CacheForm, LiveSettings


@dataclass(frozen=True, slots=True)
class Hardware:
    """Where and how a model runs. batched, second_cache, cache: see `engine.model.relay.Relay`."""

    device: torch.device
    batched: bool = False
    second_cache: bool = True
    cache: CacheForm = CacheForm.SAME


@dataclass(frozen=True, slots=True)
class _Source:
    """What a result still needs of the frame it came from. levels: (1, 3, H, W)"""

    frame: Frame
    levels: Tensor


class DiffusionTranslator:
    """The causal diffusion model as a `engine.pipeline.translation.Translator`."""

    def __init__(
        self, model: StyleModel, size: Size, settings: LiveSettings, hardware: Hardware
    ) -> None:
        self._model, self._size, self._hardware = model, size, hardware
        self._settings = settings
        self._generation = 0
        self._watcher = SceneWatcher()
        self._steadier = Steadier(settings.steadiness)
        self._sources: deque[_Source] = deque()
        self._relay = self._new_relay()

    @property
    def warm_up_progress(self) -> tuple[int, int]:
        return self._relay.gathered, WARM_UP_FRAMES

    @torch.inference_mode()
    def step(self, frame: Frame) -> Sequence[StyledFrame]:
        if size_of(frame.pixels) != self._size:
            raise ModelError(
                "A frame of {size} came to a model built for {expected}.",
                "Start the stream again.",
                size=size_of(frame.pixels),
                expected=self._size,
            )
        with _memory_told():
            levels = to_tensor(frame.pixels, self._hardware.device)
            latent = self._model.autoencoder.encode(levels)
            structure = self._model.structure.read(levels, latent)
            self._sources.append(_Source(frame, levels))
            encoded = Encoded(frame.number, latent[0], structure[0])
            cut = self._watcher.is_cut(frame.pixels)
            return self._decoded(self._relay.step(encoded, cut=cut))

    @torch.inference_mode()
    def flush(self) -> Sequence[StyledFrame]:
        return self._decoded(self._relay.flush())

    @torch.inference_mode()
    def apply(self, settings: LiveSettings) -> None:
        if settings == self._settings:
            return
        before = replace(self._settings, steadiness=settings.steadiness)
        if settings == before:
            self._settings, self._steadier.share = settings, settings.steadiness
            return
        with _memory_told():
            plan = self._plan(settings, self._generation + 1)
        only_noise = settings == replace(before, smoothness=settings.smoothness)
        self._settings, self._generation = settings, plan.generation
        self._steadier.share = settings.steadiness
        if only_noise:
            self._relay.soften(plan.noise, plan.generation)
        else:
            self._relay.change(plan)

    @torch.inference_mode()
    def aside(self, pixels: Pixels, settings: LiveSettings) -> Generator[None, None, Pixels]:
        if not self._model.stateless:
            raise SettingError(
                "This model makes no other pictures while a stream runs.",
                "Stop the stream, then ask for them again.",
            )
        levels = to_tensor(pixels, self._hardware.device)
        latent = self._model.autoencoder.encode(levels)
        structure = self._model.structure.read(levels, latent)
        yield
        lane = StreamLane(self._plan(settings, 0), batched=False)
        denoised = yield from lane.warm_up([Encoded(0, latent[0], structure[0])])
        yield
        return to_pixels(self._model.autoencoder.decode(denoised, levels))

    def reset(self) -> None:
        self._sources.clear()
        self._watcher.forget()
        self._steadier.forget()
        self._model.structure.forget()
        self._relay = self._new_relay()

    def close(self) -> None:
        self.reset()

    @torch.inference_mode()
    def _new_relay(self) -> Relay:
        hardware = self._hardware
        plan = self._plan(self._settings, self._generation)
        return Relay(plan, hardware.batched, hardware.second_cache, hardware.cache)

    def _plan(self, settings: LiveSettings, generation: int) -> Plan:
        noise = NoiseSource(settings.seed, settings.smoothness)
        return Plan(self._model.recipe(settings), noise, generation)

    def _decoded(self, results: list[Denoised]) -> list[StyledFrame]:
        return [self._decode(result) for result in results]

    def _decode(self, result: Denoised) -> StyledFrame:
        source = self._sources.popleft()
        assert source.frame.number == result.number, "results come in the order of the frames"
        levels = self._model.autoencoder.decode(result.latent[None], source.levels)
        return StyledFrame(
            pixels=self._steadier.steady(source.frame.pixels, to_pixels(levels)),
            number=result.number,
            captured_at=source.frame.captured_at,
            generation=result.generation,
        )


@contextmanager
def _memory_told() -> Iterator[None]:
    """Where memory runs out, say so in a way that the engine understands."""
    try:
        yield
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error):
            raise
        raise MemoryShortError(
            "The model ran out of memory.", "Choose a smaller size, or fewer steps."
        ) from None
