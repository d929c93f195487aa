"""Frame in, styled frames out: the whole way of a picture through a model."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, wait
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from engine.errors import MemoryShortError, ModelError, SettingError
from engine.frames import Frame, Pixels, Size, StyledFrame, size_of
from engine.model.hardware.memory_budget import out_of_memory_raises
from engine.model.hardware.threads import single_thread_executor
from engine.model.images.scene_cuts import SceneCutDetector
from engine.model.images.temporal_smoothing import (
    BackwardFlow,
    OpticalFlowEstimator,
    TemporalSmoother,
)
from engine.model.images.tensors import to_pixels, to_tensor
from engine.model.network.config import WARM_UP_FRAMES
from engine.model.sampling.crossfade import StreamCrossfader
from engine.model.sampling.frame_stream import DenoisedFrame, EncodedFrame, Plan, StreamLane
from engine.model.sampling.noise import NoiseGenerator
from engine.model.styles.style_model import StyleModel
from engine.settings import CachePrecision, LiveSettings


@dataclass(frozen=True, slots=True)
class Hardware:
    """Where and how a model runs. batched, second_cache, cache: see `StreamCrossfader`.

    overlapped: the network works on a frame while its neighbours are encoded and decoded.
    """

    device: torch.device
    batched: bool = False
    second_cache: bool = True
    cache: CachePrecision = CachePrecision.SAME
    overlapped: bool = False


@dataclass(frozen=True, slots=True)
class _Source:
    """What a result still needs of the frame it came from. levels: (1, 3, H, W)

    motion: from the frame before, being measured while the network works; None where not wanted.
    """

    frame: Frame
    levels: Tensor
    motion: Future[BackwardFlow | None] | None


@dataclass(slots=True)
class _Pace:
    """How long the last frame was encoded and denoised, and when the present one began to be."""

    encoding: float = 0.0
    denoising: float = 0.0
    began: float = 0.0

    @property
    def free_at(self) -> float:
        """When the next frame should begin to be encoded, to be ready as the network is."""
        return self.began + self.denoising - self.encoding

    @torch.inference_mode()  # which holds by thread
    def timed(self, work: Callable[[], list[DenoisedFrame]]) -> list[DenoisedFrame]:
        """Do a piece of the network's work."""
        self.began = time.monotonic()
        results = work()
        self.denoising = time.monotonic() - self.began
        return results


class DiffusionTranslator:
    """The causal diffusion model as a `engine.interfaces.Translator`.

    The relay, and with it the network, is only touched by pieces of work in order, which may have
    a thread of their own; encoding and decoding are the caller's.
    """

    def __init__(
        self, model: StyleModel, size: Size, settings: LiveSettings, hardware: Hardware
    ) -> None:
        self._model, self._size, self._hardware = model, size, hardware
        self._settings = settings
        self._generation = 0
        self._scenes = SceneCutDetector()
        self._motion, self._steadier = (
            OpticalFlowEstimator(),
            TemporalSmoother(settings.flicker_reduction),
        )
        self._sources: deque[_Source] = deque()
        self._under_way: deque[Future[list[DenoisedFrame]]] = deque()
        self._measuring = single_thread_executor("motion", beside=hardware.overlapped)
        self._denoising = single_thread_executor("network", beside=hardware.overlapped)
        self._ready: Callable[[], None] = lambda: None
        self._pace = _Pace()
        self._crossfader = self._new_relay()

    @property
    def warm_up_progress(self) -> tuple[int, int]:
        return self._crossfader.gathered, WARM_UP_FRAMES

    @property
    def preparing(self) -> bool:
        """Whether something is being compiled in the background for this model's streams."""
        return self._model.preparing

    @property
    def seconds_until_ready(self) -> float:
        if all(work.done() for work in self._under_way):
            return 0.0
        return max(self._pace.free_at - time.monotonic(), 0.0)

    @torch.inference_mode()
    def step(self, frame: Frame) -> Sequence[StyledFrame]:
        if size_of(frame.pixels) != self._size:
            raise ModelError(
                "A frame of {size} came to a model built for {expected}.",
                "Start the stream again.",
                size=size_of(frame.pixels),
                expected=self._size,
            )
        with _memory_guard():
            levels = to_tensor(frame.pixels, self._hardware.device)
            self._sources.append(_Source(frame, levels, self._measured(frame.pixels)))
            began = time.monotonic()
            latent = self._model.autoencoder.encode(levels)
            structure = self._model.structure.read(levels, latent)
            self._pace.encoding = time.monotonic() - began
            encoded = EncodedFrame(frame.number, latent[0], structure[0])
            cut = self._scenes.is_cut(frame.pixels)
            self._denoise(lambda: self._crossfader.step(encoded, cut=cut))
            return self._results(left=1)

    def take_finished(self, *, wait: bool = False) -> Sequence[StyledFrame]:
        return self._results(left=0 if wait else len(self._under_way))

    def flush(self) -> Sequence[StyledFrame]:
        self._denoise(self._crossfader.flush)
        return self._results(left=0)

    def on_ready(self, ready: Callable[[], None]) -> None:
        self._ready = ready

    @torch.inference_mode()
    def apply(self, settings: LiveSettings) -> None:
        if settings == self._settings:
            return
        before = replace(self._settings, flicker_reduction=settings.flicker_reduction)
        if settings == before:
            self._settings, self._steadier.share = settings, settings.flicker_reduction
            return
        with _memory_guard():
            plan = self._plan(settings, self._generation + 1)
        only_noise = settings == replace(before, noise_consistency=settings.noise_consistency)
        self._settings, self._generation = settings, plan.generation
        self._steadier.share = settings.flicker_reduction
        self._denoise(lambda: self._change(plan, only_noise=only_noise))

    @torch.inference_mode()
    def render_still(self, pixels: Pixels, settings: LiveSettings) -> Generator[None, None, Pixels]:
        if not self._model.stateless:
            raise SettingError(
                "This model makes no other pictures while a stream runs.",
                "Stop the stream, then ask for them again.",
            )
        levels = to_tensor(pixels, self._hardware.device)
        latent = self._model.autoencoder.encode(levels)
        structure = self._model.structure.read(levels, latent)
        yield
        frame_stream = StreamLane(self._plan(settings, 0), batched=False)
        denoised = yield from frame_stream.warm_up([EncodedFrame(0, latent[0], structure[0])])
        yield
        return to_pixels(self._model.autoencoder.decode(denoised, levels))

    def reset(self) -> None:
        wait([work for work in self._under_way if not work.cancel()])
        self._under_way.clear()
        self._sources.clear()
        self._scenes.forget()
        self._motion, self._steadier = (
            OpticalFlowEstimator(),
            TemporalSmoother(self._settings.flicker_reduction),
        )
        self._model.structure.forget()
        self._crossfader = self._new_relay()

    def close(self) -> None:
        self.reset()
        self._measuring.shutdown()
        self._denoising.shutdown()

    @torch.inference_mode()
    def _new_relay(self) -> StreamCrossfader:
        hardware = self._hardware
        plan = self._plan(self._settings, self._generation)
        return StreamCrossfader(plan, hardware.batched, hardware.second_cache, hardware.cache)

    def _plan(self, settings: LiveSettings, generation: int) -> Plan:
        noise = NoiseGenerator(settings.seed, settings.noise_consistency)
        return Plan(self._model.recipe(settings), noise, generation)

    def _measured(self, pixels: Pixels) -> Future[BackwardFlow | None] | None:
        """The motion to this input, while other work goes on."""
        if self._steadier.share == 0.0:
            self._motion = OpticalFlowEstimator()  # what the old one saw will be too old
            return None
        return self._measuring.submit(self._motion.estimate, pixels)

    def _denoise(self, work: Callable[[], list[DenoisedFrame]]) -> None:
        """Have a piece of work done once those before it are."""
        future = self._denoising.submit(self._pace.timed, work)
        self._under_way.append(future)
        future.add_done_callback(lambda _: self._ready())

    def _change(self, plan: Plan, *, only_noise: bool) -> list[DenoisedFrame]:
        if only_noise:
            self._crossfader.set_noise(plan.noise, plan.generation)
        else:
            self._crossfader.change(plan)
        return []

    @torch.inference_mode()
    def _results(self, left: int) -> list[StyledFrame]:
        """What is finished; waits until no more than `left` pieces of work are under way."""
        results: list[StyledFrame] = []
        work = self._under_way
        with _memory_guard():
            while len(work) > left or (work and work[0].done()):
                results += [self._decode(result) for result in work.popleft().result()]
        return results

    def _decode(self, result: DenoisedFrame) -> StyledFrame:
        source = self._sources.popleft()
        assert source.frame.number == result.number, "results come in the order of the frames"
        levels = self._model.autoencoder.decode(result.latent[None], source.levels)
        motion = source.motion.result() if source.motion is not None else None
        return StyledFrame(
            pixels=self._steadier.smooth(to_pixels(levels), motion),
            number=result.number,
            captured_at=source.frame.captured_at,
            generation=result.generation,
        )


def _memory_guard() -> AbstractContextManager[None]:
    """Where memory runs out in the block, say so in a way that the engine understands."""
    return out_of_memory_raises(
        MemoryShortError("The model ran out of memory.", "Choose a smaller size, or fewer steps.")
    )
