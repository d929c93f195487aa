"""A loaded model: a network and its surroundings, ready to restyle pictures.

The built-in model and Stable Diffusion 1.5 are the same class with other components: one takes
its structure from the latent of the input and its style from a learned table, the other has a
depth estimator and a text encoder.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import torch
from torch import Tensor

from engine.drawing.ground import LookAround, Surroundings, nothing_seen
from engine.drawing.plan import Drawing, Plan, laid_upon
from engine.events import ProgressListener
from engine.frames import Pixels, Size, size_of
from engine.imaging import resize
from engine.model.images.guided_upscaling import CRISPER, CRISPER_ALONE, upscale
from engine.model.images.optical_flow import BackwardFlow
from engine.model.images.recurrence import kept, nothing_before
from engine.model.images.tensors import to_float, to_pixels, to_tensor, to_uint8
from engine.model.network.autoencoder import PICTURE, FloatAutoencoder, SmallAutoencoder
from engine.model.network.unet import UNet
from engine.model.network.unet_blocks import Conditioning
from engine.model.sampling.noise import NoiseGenerator
from engine.model.sampling.noise_schedule import NoiseLevel, noise_levels, step_indices
from engine.model.sampling.stream_spec import StreamSpec
from engine.settings import BuildSettings, LiveSettings


class Autoencoder(Protocol):
    """uint8 images (B, 3, H, W) to latents (B, c, H/8, W/8) of about unit variance, and back, with
    planes (B, 1, H, W) of what a decoder says of each pixel; see
    `engine.model.network.autoencoder.AutoencoderConfig`.

    guide: the input image, from which a decoder may take the positions of fine edges. before: what
    a recurrent one painted of the frame before, (B, 4, H, W); see `engine.model.images.recurrence`.
    """

    def encode(self, image_u8: Tensor) -> Tensor: ...

    def decode(
        self, latent: Tensor, guide: Tensor | None = None, before: Tensor | None = None
    ) -> tuple[Tensor, ...]: ...


@dataclass(frozen=True, slots=True)
class Uint8Autoencoder:
    """A floating-point autoencoder as an `Autoencoder`. dtype: the precision of its networks."""

    codec: FloatAutoencoder
    dtype: torch.dtype

    def encode(self, image_u8: Tensor) -> Tensor:
        return self.codec.encode(to_float(image_u8, self.dtype))

    def decode(
        self, latent: Tensor, guide: Tensor | None = None, before: Tensor | None = None
    ) -> tuple[Tensor, ...]:
        seen = (None if image is None else to_float(image, self.dtype) for image in (guide, before))
        decoded = self.codec.decode(latent, *seen)
        planes = (decoded[:, number, None] for number in range(PICTURE, decoded.shape[1]))
        return tuple(to_uint8(part) for part in (decoded[:, :PICTURE], *planes))


class StructureReader(Protocol):
    """Reads the structure to be kept: uint8 image (1, 3, H, W) and its latent -> (1, A, h, w)."""

    def read(self, image_u8: Tensor, latent: Tensor) -> Tensor: ...

    def forget(self) -> None:
        """Start a new stream: forget values smoothed over time."""
        ...


class Planner(Protocol):
    """Draws features and people for the network to paint by; see `engine.drawing.plan`."""

    @property
    def draws(self) -> bool:
        """Whether a look that draws faces is wanted."""
        ...

    def apply(self, settings: LiveSettings) -> None:
        """Follow new settings."""
        ...

    def look_around(self, frame: Pixels, flow: BackwardFlow | None = None) -> Surroundings | None:
        """What is seen in the stream's next frame, (H, W, 3), besides faces; on any one thread.
        flow: from the frame before, if that is known.
        """
        ...

    def forget_surroundings(self) -> None:
        """A new scene begins; on the thread of `look_around`."""
        ...

    def plan(
        self, frame: Pixels, source: Pixels | None = None, around: LookAround = nothing_seen
    ) -> Plan:
        """The plan of the stream's next frame, (H, W, 3). source: it at its own size. around: waits
        for what `look_around` gives.
        """
        ...

    def plan_still(
        self, picture: Pixels, settings: LiveSettings, source: Pixels | None = None
    ) -> Plan:
        """The plan of a picture by itself; the stream does not notice."""
        ...

    def forget(self) -> None:
        """A new scene begins."""
        ...


@dataclass(frozen=True, slots=True)
class FrameInputs:
    """What the networks are given of a frame (H, W, 3), in the look's geometry if there is a plan.

    latent: (1, c, h, w); structure: (1, A, h, w); guide: the decoder's, uint8 (1, 3, H, W).
    drawing: features, at the size of the frame's source; None if nothing is drawn. people: what is
    drawn below them, at the frame's size, if anything is.
    """

    frame: Pixels
    latent: Tensor
    structure: Tensor
    guide: Tensor
    drawing: Drawing | None = None
    people: Drawing | None = None


@dataclass(frozen=True, slots=True)
class FinishedPicture:
    """A styled picture (H, W, 3), and what was painted of it at the engine's size, (h, w, 3).

    keep: how much of what was before the decoder keeps of each pixel, (h, w) 0..255; None if it
    does not say.
    """

    pixels: Pixels
    painted: Pixels
    keep: Pixels | None = None


class Conditioner(Protocol):
    """Applies the style: settings and the noise schedule -> a network and its conditioning."""

    @property
    def unet(self) -> UNet:
        """The network with the current style."""
        ...

    def prepare(
        self, settings: LiveSettings, schedule: tuple[NoiseLevel, ...]
    ) -> tuple[UNet, Conditioning]:
        """Raises SettingError for a style that the model does not have."""
        ...


class StreamAccelerator(Protocol):
    """Replaces the network of a stream, such as by a compiled one, or leaves it."""

    @property
    def preparing(self) -> bool:
        """Whether something is being compiled in the background."""
        ...

    def __call__(self, spec: StreamSpec) -> StreamSpec:
        """The spec, with its own forward if there is one."""
        ...

    def wait(self) -> None:
        """Wait until nothing is being compiled."""
        ...


class NoAcceleration:
    """No replacement: the network itself computes every frame."""

    preparing = False

    def __call__(self, spec: StreamSpec) -> StreamSpec:
        return spec

    def wait(self) -> None:
        """There is nothing to wait for."""


class LatentStructure:
    """The built-in model's structure input: the latent of the input itself."""

    def read(self, image_u8: Tensor, latent: Tensor) -> Tensor:  # noqa: ARG002
        return latent

    def forget(self) -> None:
        """Nothing is kept."""


@dataclass(frozen=True, slots=True)
class StyleModel:
    """The components of a loaded model. planner: of models that draw features.

    stateless: whether rendering a picture in another style leaves a running stream unaffected.
    Not so if styles are fused into the weights, or structure is smoothed over time. recurrent:
    whether the decoder sees what it painted of the frame before.
    """

    autoencoder: Autoencoder
    structure: StructureReader
    conditioner: Conditioner
    stateless: bool = False
    recurrent: bool = False
    planner: Planner | None = None
    accelerate: StreamAccelerator = NoAcceleration()  # noqa: RUF009 - it has no state

    @property
    def unet(self) -> UNet:
        """The network with the current style."""
        return self.conditioner.unet

    @property
    def small_autoencoder(self) -> SmallAutoencoder:
        """The network of the built-in model's autoencoder. Raises TypeError for other models."""
        codec = getattr(self.autoencoder, "codec", None)
        if not isinstance(codec, SmallAutoencoder):
            raise TypeError(f"{type(self.autoencoder).__name__} has no small autoencoder")
        return codec

    @property
    def preparing(self) -> bool:
        """Whether something is being compiled in the background for streams of this model."""
        return self.accelerate.preparing

    def look_around(self, frame: Pixels, flow: BackwardFlow | None) -> Surroundings | None:
        """What is seen in the stream's next frame, (H, W, 3), besides faces; in order. flow: from
        the frame before, if that is known.
        """
        return None if self.planner is None else self.planner.look_around(frame, flow)

    def plan(self, frame: Pixels, source: Pixels, around: LookAround) -> Plan | None:
        """The plan of the stream's next frame, (H, W, 3), shrunk of a source; in order. around:
        waits for what `look_around` gives.
        """
        return None if self.planner is None else self.planner.plan(frame, source, around)

    def still_plan(self, picture: Pixels, settings: LiveSettings, source: Pixels) -> Plan | None:
        """The plan of a picture by itself, of a model that is stateless."""
        if self.planner is None:
            return None
        return self.planner.plan_still(picture, settings, source)

    def inputs(self, frame: Pixels, plan: Plan | None) -> FrameInputs:
        """What the networks are given of a frame, (H, W, 3), and its plan."""
        return self._inputs_without_plan(frame) if plan is None else self._inputs_by(plan)

    def decode(
        self, latent: Tensor, guide: Tensor, before: Pixels | None = None
    ) -> tuple[Pixels, ...]:
        """The decoder's picture of a latent (1, c, h, w), (H, W, 3), and planes, (H, W) each.

        guide: image_u8. before: (H, W, 4), for those that are recurrent; nothing by default.
        """
        seen = []
        if self.recurrent:
            height, width = guide.shape[-2:]
            known = nothing_before(Size(width, height)) if before is None else before
            seen.append(to_tensor(known, guide.device))
        picture, *planes = self.autoencoder.decode(latent, guide, *seen)
        return to_pixels(picture), *(to_pixels(plane)[..., 0] for plane in planes)

    def finish(
        self,
        latent: Tensor,
        inputs: FrameInputs,
        source: Pixels,
        before: Pixels | None = None,
        share: float = 0.0,
        crisper: float = CRISPER,
    ) -> FinishedPicture:
        """The picture of a denoised latent (1, c, h, w) at the size of its source, (H, W, 3).

        before: what was painted of the frame before, moved along, (H, W, 4), if there was one.
        share: how much of it is kept, 0..1, even where the network would not. crisper: where it is
        enlarged; see `engine.model.images.guided_upscaling`.
        """
        painted, *planes = self.decode(latent, inputs.guide, before)
        keep = planes[-1] if self.recurrent else None
        if before is not None:
            painted = kept(painted, before, share, keep)
        drawing = inputs.drawing
        picture = painted.copy()  # the next frame needs it as it is, without what is drawn upon it
        if inputs.people is not None:
            laid_upon(picture, planes[0], inputs.people)
        if drawing is None:
            picture = upscale(picture, source, inputs.frame, crisper)
        else:  # which has none of a photograph's details
            picture = upscale(picture, source, None, CRISPER_ALONE)
        if drawing is not None:
            agreement = resize(planes[0], size_of(source))
            laid_upon(picture, agreement, drawing)
        return FinishedPicture(picture, painted, keep)

    def _inputs_without_plan(self, frame: Pixels) -> FrameInputs:
        image_u8 = to_tensor(frame, self.unet.device)
        latent = self.autoencoder.encode(image_u8)
        return FrameInputs(frame, latent, self.structure.read(image_u8, latent), image_u8)

    def _inputs_by(self, plan: Plan) -> FrameInputs:
        device = self.unet.device
        source = to_tensor(plan.drawing.source, device)
        guide = to_tensor(plan.pixels, device)
        latent = self.autoencoder.encode(source)
        drawn = latent if plan.pixels is plan.drawing.source else self.autoencoder.encode(guide)
        tones = torch.from_numpy(plan.tones)[None].to(latent)
        last = torch.channels_last  # all parts: then so is the whole, and nothing large is turned
        parts = [part.contiguous(memory_format=last) for part in (latent, drawn, tones)]
        structure = torch.cat(parts, dim=1)
        return FrameInputs(
            plan.drawing.source, latent, structure, guide, plan.upon_source, plan.people
        )

    def stream_spec(self, settings: LiveSettings) -> StreamSpec:
        """Translate settings into what a stream needs. Raises SettingError."""
        schedule = noise_levels(step_indices(settings.strength, settings.steps))
        unet, conditioning = self.conditioner.prepare(settings, schedule)
        noise = NoiseGenerator(settings.seed, settings.noise_consistency)
        return self.accelerate(StreamSpec(unet, schedule, conditioning, noise, settings.structure))


class ModelSource(Protocol):
    """A model that is installed on this computer.

    quick: it is so small that accelerators can be timed, and compilers waited for, before a
    stream begins. identity: a name that changes with the weights. calibration: the file with the
    input ranges of its convolutions, if it has one.
    """

    @property
    def quick(self) -> bool: ...

    @property
    def identity(self) -> str: ...

    @property
    def calibration(self) -> Path | None: ...

    def fits_two_caches(
        self, build: BuildSettings, settings: LiveSettings, device: torch.device, dtype: torch.dtype
    ) -> bool:
        """Whether memory allows two KV caches. Raises MemoryShortError if not even one."""
        ...

    def load(
        self,
        settings: LiveSettings,
        device: torch.device,
        dtype: torch.dtype,
        on_progress: ProgressListener,
    ) -> StyleModel:
        """Load it with the style of these settings. Raises SettingError or ModelError.

        on_progress: receives LOADING_MODEL, from 0 to the total number of tensors.
        """
        ...
