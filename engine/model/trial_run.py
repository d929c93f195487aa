"""Runs a model's stream on random latents, for timing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import torch

from engine.frames import Size
from engine.model.network.config import RECENT_FRAMES, WARM_UP_FRAMES
from engine.model.network.unet import UNet
from engine.model.sampling.noise import NoiseGenerator
from engine.model.sampling.stream import Stream, run_to_end
from engine.model.sampling.stream_spec import EncodedFrame, StreamSpec
from engine.model.styles.style_model import StyleModel
from engine.settings import PIXELS_PER_LATENT, BuildSettings, CachePrecision, LiveSettings


@dataclass(frozen=True, slots=True)
class TrialRun:
    """A model's stream on random latents. compiled: wait for a compiled network, and use it."""

    model: StyleModel
    spec: StreamSpec
    frame: EncodedFrame
    cache: CachePrecision
    compiled: bool

    @staticmethod
    def of(
        model: StyleModel, build: BuildSettings, live: LiveSettings, *, compiled: bool = False
    ) -> TrialRun:
        """With the size and steps of these settings."""
        spec = replace(model.stream_spec(live), noise=NoiseGenerator(0, 1.0))
        if not compiled:  # do not time a network while it is being compiled
            spec = replace(spec, forward=None)
        unet, shape = spec.unet, latent_shape(build.size)
        latent, structure = (
            torch.zeros(*shape, channels, device=unet.device, dtype=unet.dtype).permute(2, 0, 1)
            for channels in (unet.config.sample_channels, unet.config.structure_channels)
        )  # channels last, as autoencoders give them: a graph is compiled for one layout
        frame = EncodedFrame(0, latent, structure)
        return TrialRun(model, spec, frame, build.cache, compiled)

    @property
    def unet(self) -> UNet:
        """The network under trial."""
        return self.spec.unet

    @property
    def compiles(self) -> bool:
        """Whether frames are computed by anything but the network as loaded."""
        return self.spec.forward is not None

    def way(self, *, batched: bool) -> Callable[[], None]:
        """A function that computes one frame of a warmed-up stream."""
        stream = Stream(self.spec, batched=batched, cache=self.cache)
        with torch.inference_mode():
            run_to_end(stream.warm_up([self.frame] * WARM_UP_FRAMES))
            if self.compiles:
                self._wait_for_compiler(stream)

        def one_frame() -> None:
            with torch.inference_mode():
                stream.step(self.frame)
            if self.frame.latent.device.type == "cuda":
                torch.cuda.synchronize(self.frame.latent.device)

        return one_frame

    def _wait_for_compiler(self, stream: Stream) -> None:
        """A network is compiled once two frames have met a full KV cache."""
        for _ in range(RECENT_FRAMES + stream.steps):
            stream.step(self.frame)
        self.model.accelerate.wait()


def encode_and_decode(model: StyleModel, size: Size) -> None:
    """Run a black image of this size through the autoencoder and back."""
    image_u8 = torch.zeros(1, size.height, size.width, 3, dtype=torch.uint8).permute(0, 3, 1, 2)
    with torch.inference_mode():
        model.decode(model.autoencoder.encode(image_u8), image_u8)


def placement_key(device: torch.device, dtype: torch.dtype) -> str:
    """The device and precision that a measurement is valid for, as part of its key."""
    return f"{device}/{dtype}/{torch.get_num_threads()}"


def latent_shape(size: Size) -> tuple[int, int]:
    """(h, w) of the latent of a picture."""
    return size.height // PIXELS_PER_LATENT, size.width // PIXELS_PER_LATENT
