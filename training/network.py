"""The built-in model for training: the networks that the program loads, as one module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import torch
from torch import Tensor, nn

from engine.drawing.plan import TONES
from engine.model.network.autoencoder import FOLD, PICTURE, AutoencoderConfig
from engine.model.network.clip_attention import ClipAttention
from engine.model.network.config import UNetConfig
from engine.model.network.style_embedding import StyleEmbeddingConfig
from engine.model.sampling.noise_schedule import NoiseLevel
from engine.model.styles.built_in import BuiltInNetwork
from training.teachers import TEACHERS

AUTOENCODER = AutoencoderConfig()
PLANNED_AUTOENCODER = replace(AUTOENCODER, agreement=True, recurrent=True)
STYLES = StyleEmbeddingConfig(styles=tuple(teacher.name for teacher in TEACHERS))


LOOKS = ("anime", "manga", "storybook", "hero")
"""The styles that draw faces."""
CHARACTER_STYLES = replace(STYLES, styles=(*LOOKS, "comic", "oil", "ink", "watercolour", "pencil"))
"""The styles that ship: those, and the filters that are kept."""


SURE = 0.9
"""The agreement that a decoder begins with."""
KEPT = 0.0
"""How much of the picture before a decoder keeps at first: half."""


def unet_config(*, motion: bool = True, plan: bool = False) -> UNetConfig:
    """The built-in network, with its motion modules or, for the first stage, without them.

    plan: whether its structure is told by a plan, too (`engine.drawing.plan`).
    """
    latent = AUTOENCODER.latent_channels
    return UNetConfig(
        sample_channels=latent,
        structure_channels=2 * latent + TONES if plan else latent,
        block_out_channels=(56, 64, 96),
        layers_per_block=0,
        attention_blocks=(False, False, False),
        mid_attention=True,
        motion_blocks=(False, False, motion),
        num_attention_heads=4,
        motion_heads=2,
        cross_attention_dim=STYLES.token_dim,
        norm_num_groups=4,
        motion_norm_groups=8,
        conditioning_channels=(32,),
        class_embed_dim=STYLES.label_dim,
        prediction_type="sample",
    )


class BuiltIn(BuiltInNetwork):
    """The shipped networks, for whole clips."""

    def __init__(
        self,
        *,
        motion: bool,
        plan: bool = False,
        styles: StyleEmbeddingConfig | None = None,
        autoencoder: AutoencoderConfig | None = None,
    ) -> None:
        super().__init__(
            autoencoder or (PLANNED_AUTOENCODER if plan else AUTOENCODER),
            unet_config(motion=motion, plan=plan),
            styles or (CHARACTER_STYLES if plan else STYLES),
        )
        self.has_plan = plan
        for module in self.modules():
            if motion and type(module).__name__ == "TemporalTransformer":
                _silence(module.get_submodule("proj_out"))

    def predict(
        self,
        noisy: Tensor,
        structure: Tensor,
        timesteps: Tensor,
        style: tuple[Tensor, Tensor],
        scale: Tensor,
    ) -> Tensor:
        """The clean latents of whole clips: (B, F, Z, h, w), as the stream would give them.

        style: (mixture (B, N), strength (B,)). timesteps, scale of the structure: (B,).
        """
        rows, frames = noisy.shape[:2]
        text, labels = self.style_table(*style)
        conditioning = self.unet.condition(timesteps, text, labels)
        context = ClipAttention(rows, frames, noisy.device, torch.float32)
        scales = scale.repeat_interleave(frames)[:, None, None, None]
        features = self.unet.structure_features(structure.flatten(0, 1), scales)
        predicted = self.unet(noisy.flatten(0, 1), features, conditioning, context)
        return predicted.unflatten(0, (rows, frames))


def load_model(model: BuiltIn, state: Mapping[str, Tensor]) -> None:
    """Load a checkpoint's average, of this stage or an earlier one, with or without a critic.

    Motion modules missing there stay the identity. Raises ValueError if it does not fit.
    """
    own = {name.removeprefix("model."): v for name, v in state.items() if "critic." not in name}
    missing, unknown = model.load_state_dict(own, strict=False)
    if unknown or any("motion_modules" not in name for name in missing):
        raise ValueError(f"the checkpoint does not fit the model: {missing} {unknown}")


@torch.no_grad()
def widen(model: BuiltIn, start: BuiltIn) -> None:
    """Begin a model with a plan as one without, or as one that has fewer looks.

    Filters are as before, and a new look begins as Anime. Without a plan nothing was drawn of
    faces: then the decoder at first agrees with all that is drawn.
    """
    old, known = start.state_dict(), start.style_table.config.styles
    rows = [known.index(name if name in known else "anime") for name in CHARACTER_STYLES.styles]
    for name, own in model.state_dict().items():
        value = old[name].float() if name in old else own[:0]
        if name.startswith("style_table.") and len(value) == len(known):
            value = value[rows]
        if value.shape == own.shape:
            own.copy_(value)
            continue
        own.zero_()
        own[tuple(slice(0, size) for size in value.shape)] = value
    last = model.autoencoder.decoder.conv_out.bias
    assert last is not None, "every convolution has a bias"
    agreement, keep = last[PICTURE * FOLD**2 :].split(FOLD**2)
    if not start.autoencoder.config.agreement:
        agreement.fill_(SURE)
    if not start.autoencoder.config.recurrent:
        keep.fill_(KEPT)


def _silence(last_layer: nn.Module) -> None:
    """Make a new motion module start as the identity."""
    for parameter in last_layer.parameters():
        nn.init.zeros_(parameter)


def add_noise(levels: list[NoiseLevel], latents: Tensor, noise: Tensor) -> Tensor:
    """Each row (B, F, Z, h, w) at its own level."""
    signal = torch.tensor([level.signal for level in levels])[:, None, None, None, None]
    amount = torch.tensor([level.noise for level in levels])[:, None, None, None, None]
    return signal * latents + amount * noise
