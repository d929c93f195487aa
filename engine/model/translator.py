"""Frames in, styled frames out: the whole path of a picture through a model."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future
from concurrent.futures import wait as wait_for
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import torch

from engine.drawing.ground import Surroundings
from engine.drawing.plan import Plan
from engine.errors import MemoryShortError, SettingError
from engine.frames import Frame, Motion, Pixels, Size, StyledFrame, size_of
from engine.imaging import resize
from engine.interfaces import TranslatorStatus, Wait, ignore_ready
from engine.model.hardware.memory_budget import out_of_memory_raises
from engine.model.hardware.threads import single_thread_executor
from engine.model.images.enlarged_memory import share_kept_enlarged, steadied
from engine.model.images.guided_upscaling import SLIGHTLY_CRISPER
from engine.model.images.optical_flow import BackwardFlow, OpticalFlowEstimator
from engine.model.images.recurrence import Recollection, share_kept
from engine.model.images.scene_cuts import SceneCutDetector
from engine.model.images.warping import shrunk
from engine.model.network.config import WARM_UP_FRAMES
from engine.model.pace import STAGES, Pace
from engine.model.person.composition import Composer
from engine.model.person.mask import PersonMask, Plane
from engine.model.person.network import MaskNetwork
from engine.model.person.weights import load_person_network
from engine.model.sampling.crossfade import StreamCrossfader
from engine.model.sampling.noise import NoiseGenerator
from engine.model.sampling.stream import Stream
from engine.model.sampling.stream_spec import DenoisedFrame, EncodedFrame
from engine.model.styles.style_model import FrameInputs, StyleModel
from engine.settings import CachePrecision, Interpolation, LiveSettings


@dataclass(frozen=True, slots=True)
class Hardware:
    """Where and how a model runs.

    batched, second_cache, cache: see `engine.model.sampling.crossfade.StreamCrossfader`.
    overlapped: a frame is encoded and denoised while the one before is decoded and the one after
    is planned.
    """

    device: torch.device
    batched: bool = False
    second_cache: bool = True
    cache: CachePrecision = CachePrecision.SAME
    overlapped: bool = False


@dataclass(slots=True)
class _Source:
    """What is needed to finish the result of a frame.

    follows: the number of the frame before, None at the beginning and after a cut. flow: from that
    frame, estimated while the network works; None if not wanted. mask: of the person, likewise.
    plan: made while the network works on the frame before. inputs: of the networks; there once the
    frame is denoised.
    """

    frame: Frame
    follows: int | None
    flow: Future[BackwardFlow | None] | None
    mask: Future[Plane | None] | None
    plan: Future[Plan | None]
    inputs: FrameInputs | None = None


_Work = Callable[[], list[DenoisedFrame] | None]
"""A job in order; returns the frames that it finishes, if any."""


@torch.inference_mode()  # inference mode is per thread
def _done(work: _Work) -> list[DenoisedFrame]:
    """Do a job."""
    return work() or []


class DiffusionTranslator:
    """The causal diffusion model as an `engine.interfaces.Translator`.

    The encoder and the crossfader, and with it the network, are only used by jobs that run in
    order, possibly on their own thread; the planner likewise, on another, and what estimates motion
    and looks around on a third. Decoding runs on the caller's thread. There pictures beside the
    stream are made, too; they change nothing that the stream reads.

    size: the engine's. Frames may have any other, and their results have that of the frame.
    load_person: loads the network that finds people, when it is first needed. at_once: see
    `engine.settings.BuildSettings`; then a running stream does not wait for that network.
    """

    def __init__(
        self,
        model: StyleModel,
        size: Size,
        settings: LiveSettings,
        hardware: Hardware,
        load_person: Callable[[], MaskNetwork] = load_person_network,
        *,
        at_once: bool = False,
    ) -> None:
        self._model, self._size, self._hardware = model, size, hardware
        self._settings, self._at_once = settings, at_once
        self._scenes = SceneCutDetector()
        self._flow = OpticalFlowEstimator()
        self._painted, self._large = Recollection(), Recollection()
        self._person, self._composer = PersonMask(load_person), Composer()
        self._sources: deque[_Source] = deque()
        self._before: int | None = None
        self._shown = settings.composition
        self._under_way: deque[Future[list[DenoisedFrame]]] = deque()
        self._estimating = single_thread_executor("reading", separate=hardware.overlapped)
        self._moving = single_thread_executor("motion", separate=hardware.overlapped)
        self._denoising = single_thread_executor("network", separate=hardware.overlapped)
        self._pace, self._on_ready = Pace(), ignore_ready
        if settings.composition.needs_mask:
            self._person.prepare(beside=False)
        if model.planner is not None:
            model.planner.apply(settings)
        self._crossfader = self._new_crossfader()

    @property
    def status(self) -> TranslatorStatus:
        return TranslatorStatus(
            self._crossfader.gathered,
            WARM_UP_FRAMES,
            self._until_ready(),
            self._pace.per_frame(overlapped=self._hardware.overlapped),
        )

    @property
    def preparing(self) -> bool:
        """Whether a network for this model's streams is being compiled in the background."""
        return self._model.preparing

    @torch.inference_mode()
    def submit(self, frame: Frame, on_ready: Callable[[], None] = ignore_ready) -> None:
        self._on_ready = on_ready
        with _memory_guard():
            began = time.monotonic()
            small = resize(frame.pixels, self._size)
            cut = self._scenes.is_cut(small)
            if cut:
                self._forget_people()
            flow = self._estimated(frame.pixels)
            around = self._moving.submit(self._looked_around, small, flow)
            plan = self._estimating.submit(self._planned, small, frame.pixels, around)
            plan.add_done_callback(lambda _: on_ready())  # the next frame may be planned
            follows = None if cut else self._before
            source = _Source(frame, follows, flow, self._masked(small), plan)
            self._sources.append(source)
            self._before = frame.number
            self._pace.submitting = time.monotonic() - began
            self._in_order(partial(self._step, source, small, cut=cut), on_ready)
        wait_for(list(self._under_way)[: 1 - STAGES])

    @torch.inference_mode()
    def take_finished(self, wait: Wait = Wait.NOTHING) -> Sequence[StyledFrame]:
        if wait is Wait.END:
            self._in_order(self._crossfader.flush)
        results: list[StyledFrame] = []
        work = self._under_way
        with _memory_guard():
            while work and (wait is not Wait.NOTHING or (work[0].done() and not results)):
                results += [self._decode(result) for result in self._wanted(work.popleft())]
        if work and work[0].done():
            self._on_ready()  # it was told of while the one before was decoded
        return results

    @torch.inference_mode()
    def apply(self, settings: LiveSettings) -> None:
        before = replace(
            self._settings,
            flicker_reduction=settings.flicker_reduction,
            character=settings.character,
            composition=settings.composition,
            auto_framing=settings.auto_framing,
            interpolation=settings.interpolation,
        )
        if settings != before:
            self._change_stream(before, settings)
        if not self._settings.composition.needs_mask:  # what is remembered would be stale
            self._estimating.submit(self._person.forget)
        if settings.composition.needs_mask:
            self._person.prepare(beside=self._at_once)
        self._settings = settings
        if self._model.planner is not None:
            self._estimating.submit(self._model.planner.apply, settings)

    @torch.inference_mode()
    def render_still(self, pixels: Pixels, settings: LiveSettings) -> Generator[None, None, Pixels]:
        if not self._model.stateless:
            raise SettingError(
                "This model cannot make other pictures while a stream runs.",
                "Stop the stream, then try again.",
            )
        small = resize(pixels, self._size)
        plan = self._model.still_plan(small, settings, pixels)
        inputs = self._model.inputs(small, plan)
        yield
        stream = Stream(self._model.stream_spec(settings))
        still = EncodedFrame(0, inputs.latent[0], inputs.structure[0])
        (denoised,) = yield from stream.warm_up([still])
        yield
        return self._model.finish(denoised.latent[None], inputs, pixels).pixels

    def reset(self) -> None:
        wait_for([work for work in self._under_way if not work.cancel()])
        self._under_way.clear()
        self._sources.clear()
        self._before = None
        self._scenes.forget()
        self._flow = OpticalFlowEstimator()
        self._painted, self._large = Recollection(), Recollection()
        self._model.structure.forget()
        self._forget_people()
        self._crossfader = self._new_crossfader()

    def close(self) -> None:
        self.reset()
        self._estimating.shutdown()
        self._moving.shutdown()
        self._denoising.shutdown()

    @torch.inference_mode()
    def _new_crossfader(self) -> StreamCrossfader:
        hardware = self._hardware
        return StreamCrossfader(
            self._model.stream_spec(self._settings),
            batched=hardware.batched,
            second_cache=hardware.second_cache,
            cache=hardware.cache,
        )

    def _until_ready(self) -> float:
        planning = bool(self._sources) and not self._sources[-1].plan.done()
        waiting = sum(not work.done() for work in self._under_way)
        return self._pace.until_ready(waiting, planning=planning)

    def _estimated(self, pixels: Pixels) -> Future[BackwardFlow | None] | None:
        """Estimate the flow to this input while other work goes on."""
        remembered = self._model.recurrent or self._settings.flicker_reduction > 0.0
        if not remembered and self._settings.interpolation is Interpolation.OFF:
            self._flow = OpticalFlowEstimator()  # what the old one remembers would be stale
            return None
        planner = self._model.planner
        finely = planner is None or not planner.draws  # what shows faces is kept at no larger size
        return self._moving.submit(self._flow.estimate, pixels, self._size, finely=finely)

    def _masked(self, small: Pixels) -> Future[Plane | None] | None:
        """Find the person in this input while other work goes on, where that is wanted."""
        if not self._settings.composition.needs_mask:
            return None
        return self._estimating.submit(self._person.read, small)

    def _in_order(self, work: _Work, on_ready: Callable[[], None] = ignore_ready) -> None:
        """Queue a job, to be done after those before it."""
        future = self._denoising.submit(_done, work)
        self._under_way.append(future)
        future.add_done_callback(lambda _: on_ready())

    def _forget_people(self) -> None:
        """Whoever was there is not there any more."""
        self._estimating.submit(self._person.forget)
        if self._model.planner is not None:
            self._estimating.submit(self._model.planner.forget)
            self._moving.submit(self._model.planner.forget_surroundings)

    def _looked_around(
        self, small: Pixels, flow: Future[BackwardFlow | None] | None
    ) -> Surroundings | None:
        """What is seen besides faces. flow: estimated before that, on the same thread."""
        return self._model.look_around(small, None if flow is None else flow.result())

    @torch.inference_mode()
    def _planned(
        self, small: Pixels, pixels: Pixels, around: Future[Surroundings | None]
    ) -> Plan | None:
        """Plan a frame. small: its pixels at the engine's size."""
        with self._pace.planning_one():
            return self._model.plan(small, pixels, around.result)

    def _step(self, source: _Source, small: Pixels, *, cut: bool) -> list[DenoisedFrame]:
        """Encode and denoise a frame, whose pixels at the engine's size are `small`."""
        plan = source.plan.result()
        with self._pace.denoising_one():
            return self._denoised(source, small, plan, cut=cut)

    def _denoised(
        self, source: _Source, small: Pixels, plan: Plan | None, *, cut: bool
    ) -> list[DenoisedFrame]:
        if cut:
            self._model.structure.forget()
        inputs = source.inputs = self._model.inputs(small, plan)
        encoded = EncodedFrame(source.frame.number, inputs.latent[0], inputs.structure[0])
        return self._crossfader.step(encoded, cut=cut)

    def _change_stream(self, before: LiveSettings, wanted: LiveSettings) -> None:
        """Pass on a change of the stream; a change of noise alone needs no new warm-up."""
        if wanted == replace(before, noise_consistency=wanted.noise_consistency):
            noise = NoiseGenerator(wanted.seed, wanted.noise_consistency)
            self._in_order(lambda: self._crossfader.set_noise(noise))
            return
        with _memory_guard():
            spec = self._model.stream_spec(wanted)
        self._in_order(lambda: self._crossfader.change(spec))

    def _wanted(self, work: Future[list[DenoisedFrame]]) -> list[DenoisedFrame]:
        """What is to be decoded of a job's results: live, of a whole warm-up, the newest alone."""
        results = work.result()
        left_out = len(results) - 1 if self._at_once else 0
        for _ in range(left_out):
            self._sources.popleft()
        return results[max(left_out, 0) :]

    def _decode(self, result: DenoisedFrame) -> StyledFrame:
        source = self._sources.popleft()
        assert source.frame.number == result.number, "results come in the order of the frames"
        began = time.monotonic()
        frame = source.frame
        flow = source.flow.result() if source.flow is not None else None
        pixels = self._finished(result, source, flow)
        mask = source.mask.result() if source.mask is not None else None
        composition = self._settings.composition
        pixels = self._composer.compose(pixels, frame.pixels, mask, composition)
        follows = source.follows if composition == self._shown else None
        self._shown = composition
        motion = None
        if flow is not None and follows is not None:
            scale = np.divide(frame.pixels.shape[1::-1], (self._size.width, self._size.height))
            motion = Motion(follows, flow.offsets * scale.astype(np.float32), flow.confidence)
        self._pace.finishing = time.monotonic() - began
        return StyledFrame(pixels, frame.number, frame.captured_at, span=frame.span, motion=motion)

    def _finished(
        self, result: DenoisedFrame, source: _Source, flow: BackwardFlow | None
    ) -> Pixels:
        """The picture of a denoised frame, with what is kept of those before.

        Of an enlarged one that is kept at its own size, where nobody is drawn and flicker
        reduction is on, and the decoder sees it shrunk; of others at the engine's size. While one
        style becomes another nothing is kept.
        """
        assert source.inputs is not None, "it was denoised"
        follows = None if result.changing else source.follows
        frame, size, before = source.frame, size_of(source.frame.pixels), None
        reduction = self._settings.flicker_reduction
        enlarged, latent = size != self._size, result.latent[None]
        if enlarged and reduction > 0.0 and source.inputs.drawing is None:
            larger = None if flow is None else flow.at(size)
            shown = self._large.of(follows, larger)
            if self._model.recurrent and shown is not None:
                before = shrunk(shown, self._size)
            elif self._model.recurrent:  # somebody was drawn until now
                before = self._painted.of(follows, flow)
            done = self._model.finish(latent, source.inputs, frame.pixels, before)
            pixels = done.pixels
            if shown is not None and larger is not None:
                share = share_kept_enlarged(reduction)
                pixels = steadied(pixels, shown, larger, share, done.keep)
            self._large.keep(pixels, frame.number)
        else:
            share = share_kept(reduction, enlarged=enlarged)
            if self._model.recurrent or share > 0.0:
                before = self._painted.of(follows, flow)
            done = self._model.finish(
                latent, source.inputs, frame.pixels, before, share, SLIGHTLY_CRISPER
            )
            pixels = done.pixels
        self._painted.keep(done.painted, frame.number)
        return pixels


def _memory_guard() -> AbstractContextManager[None]:
    """Turn a failed allocation in the block into the error that the engine handles."""
    return out_of_memory_raises(
        MemoryShortError("The model ran out of memory.", "Choose a smaller size, or fewer steps.")
    )
