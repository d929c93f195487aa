"""A discriminator between taught and learned pictures, for crisp lines.

Pixel losses reward the mean over all positions of an uncertain line: a soft grey. The critic judges
small patches, where the difference is obvious. Least-squares form (Mao et al. 2017)
with the features matched as in pix2pixHD (Wang et al. 2018), the style by projection (Miyato and
Koyama 2018).

Shape letters: B pictures, S side, N styles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.functional import avg_pool2d, leaky_relu, pad, pixel_unshuffle

FOLD = 2
WIDTHS = (32, 64, 64)
SLOPE = 0.2
DETAIL_GAIN = 4.0
"""Weight of fine detail, which is small compared with colours and the purpose of the critic."""


class PatchDiscriminator(nn.Module):
    """Judges patches of about 30 pixels. (B, 3, S, S) source and picture, (B, N) mixture."""

    def __init__(self, styles: int) -> None:
        super().__init__()
        first, second, third = WIDTHS
        self.conv_in = nn.Conv2d(9 * FOLD**2, first, 3, padding=1)
        self.down = nn.Conv2d(first, second, 4, stride=2, padding=1)
        self.deep = nn.Conv2d(second, third, 3, padding=1)
        self.conv_out = nn.Conv2d(third, 1, 3, padding=1)
        self.style = nn.Linear(styles, third, bias=False)
        for layer in (self.conv_in, self.down, self.deep):
            nn.init.kaiming_normal_(layer.weight, SLOPE)
        nn.init.zeros_(self.style.weight)

    def forward(self, source: Tensor, picture: Tensor, mixture: Tensor) -> list[Tensor]:
        """The features of each layer; the last is the verdict, 1 for taught and 0 for learned."""
        return discriminate(dict(self.named_parameters()), source, picture, mixture)


def discriminate(
    weights: Mapping[str, Tensor], source: Tensor, picture: Tensor, mixture: Tensor
) -> list[Tensor]:
    """The verdict of a critic with these weights; see `Critic.forward`.

    The critic itself is not changed: several threads use it at the same time.
    """

    def layer(name: str, x: Tensor, stride: int = 1) -> Tensor:
        return F.conv2d(x, weights[f"{name}.weight"], weights[f"{name}.bias"], stride, padding=1)

    seen = torch.cat([source, picture, DETAIL_GAIN * detail(picture)], dim=1)
    features = [leaky_relu(layer("conv_in", pixel_unshuffle(seen, FOLD)), SLOPE)]
    features.append(leaky_relu(layer("down", features[-1], stride=2), SLOPE))
    features.append(leaky_relu(layer("deep", features[-1]), SLOPE))
    style = F.linear(mixture, weights["style.weight"])[:, :, None, None]
    by_style = (features[-1] * style).mean(1, keepdim=True)
    return [*features, layer("conv_out", features[-1]) + by_style]


def detail(picture: Tensor) -> Tensor:
    """The difference between a picture and its blurred version, of the same shape."""
    return picture - avg_pool2d(pad(picture, (1, 1, 1, 1), mode="replicate"), 3, 1)


@dataclass(frozen=True, slots=True)
class AdversarialLosses:
    """The losses of both sides. realism, matching: the model's; critic: the critic's own."""

    realism: Tensor
    matching: Tensor
    critic: Tensor


def adversarial_losses(
    critic: PatchDiscriminator, source: Tensor, learned: Tensor, taught: Tensor, mixture: Tensor
) -> AdversarialLosses:
    """The losses of both sides in one pass: the model's go through a frozen critic."""
    standing = {name: value.detach() for name, value in critic.named_parameters()}
    model_side = discriminate(standing, source, learned, mixture)
    real = critic(source, taught, mixture)
    fake = critic(source, learned.detach(), mixture)
    matching = [
        F.l1_loss(a.float(), b.detach().float()) for a, b in zip(model_side, real, strict=True)
    ]
    return AdversarialLosses(
        realism=((model_side[-1].float() - 1.0) ** 2).mean(),
        matching=torch.stack(matching[:-1]).mean(),
        critic=0.5 * (((real[-1].float() - 1.0) ** 2).mean() + (fake[-1].float() ** 2).mean()),
    )


def balance(picture: Tensor, pull: Tensor, learned: Tensor, share: float) -> Tensor:
    """The adaptive weight of the critic's pull (Esser et al. 2021), by the last frame of each clip.

    share: of its gradient, relative to that of the other losses on the pictures.
    """
    own, other = (
        torch.autograd.grad(loss, learned, retain_graph=True)[0][:, -1].norm()
        for loss in (picture, pull)
    )
    return (share * own / (other + 1e-8)).clamp_max(1.0)
