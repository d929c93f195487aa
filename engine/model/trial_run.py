"""A model's stream on made-up latents, to be timed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import torch

from engine.frames import Size
from engine.model.acceleration.background_compile import CompiledForward
from engine.model.network.config import RECENT_FRAMES, WARM_UP_FRAMES
from engine.model.sampling.noise import NoiseGenerator
from engine.model.sampling.stream import Stream, run_to_end
from engine.model.sampling.stream_spec import EncodedFrame, StreamSpec
from engine.model.styles.style_model import StyleModel
from engine.settings import BuildSettings, CachePrecision, LiveSettings

PIXELS_PER_LATENT = 8


@dataclass(frozen=True, slots=True)
class TrialRun:
    """A model's stream on made-up latents."""

    spec: StreamSpec
    frame: EncodedFrame
    cache: CachePrecision

    @staticmethod
    def of(
        model: StyleModel, build: BuildSettings, live: LiveSettings, *, prepared: bool = False
    ) -> TrialRun:
        """At the size and with the steps of these settings.

        prepared: wait for another form of the network, if there will be one, and try that.
        """
        spec = replace(model.stream_spec(live), noise=NoiseGenerator(0, 1.0))
        if not prepared:  # what is still being made cannot be timed
            spec = replace(spec, forward=None)
        unet, shape = spec.unet, latent_shape(build.size)
        latent, structure = (
            torch.zeros(*shape, channels, device=unet.device, dtype=unet.dtype).permute(2, 0, 1)
            for channels in (unet.config.sample_channels, unet.config.structure_channels)
        )  # pixel by pixel, as autoencoders give them: a form takes for good what it is made with
        return TrialRun(spec, EncodedFrame(0, latent, structure), build.cache)

    def way(self, *, batched: bool) -> Callable[[], None]:
        """A function that takes one frame of a warmed-up stream."""
        stream = Stream(self.spec, batched=batched, cache=self.cache)
        with torch.inference_mode():
            run_to_end(stream.warm_up([self.frame] * WARM_UP_FRAMES))
            if isinstance(self.spec.forward, CompiledForward):
                self._wait_for(self.spec.forward, stream)

        def one_frame() -> None:
            with torch.inference_mode():
                stream.step(self.frame)
            if self.frame.latent.device.type == "cuda":
                torch.cuda.synchronize(self.frame.latent.device)

        return one_frame

    def _wait_for(self, prepared: CompiledForward, stream: Stream) -> None:
        """A form is made once two frames have seen full windows."""
        for _ in range(RECENT_FRAMES + stream.steps):
            stream.step(self.frame)
        prepared.wait()


def placement_key(device: torch.device, dtype: torch.dtype) -> str:
    """What a measurement holds for, as a part of its key."""
    return f"{device}/{dtype}/{torch.get_num_threads()}"


def latent_shape(size: Size) -> tuple[int, int]:
    """(h, w) of a picture's latent."""
    return size.height // PIXELS_PER_LATENT, size.width // PIXELS_PER_LATENT
