"""Streams fed with latents and noise that a test chooses."""

from __future__ import annotations

from torch import Tensor

from engine.model.sampling.stream import Stream, run_to_end
from engine.model.sampling.stream_spec import EncodedFrame


class RecordedNoise:
    """Gives each frame the noise that was recorded for it: (S, F, c, h, w)."""

    def __init__(self, noise: Tensor) -> None:
        self._noise = noise

    def draw(self, frame: int, steps: int, shape: tuple[int, ...]) -> Tensor:
        return self._noise[:, frame]


def encoded(latents: Tensor, structure: Tensor) -> list[EncodedFrame]:
    """(F, c, h, w) and (F, A, h, w) as frames 0, 1, 2..."""
    pairs = zip(latents, structure, strict=True)
    return [EncodedFrame(number, latent, read) for number, (latent, read) in enumerate(pairs)]


def warmed_up(stream: Stream, frames: list[EncodedFrame]) -> list[Tensor]:
    """The denoised latents of a warm-up on these frames, each (c, h, w)."""
    return [frame.latent for frame in run_to_end(stream.warm_up(frames))]


def streamed(stream: Stream, frames: list[EncodedFrame]) -> list[Tensor]:
    """The same of a stream, after its warm-up, to its end."""
    done = [result for frame in frames for result in stream.step(frame)]
    return [result.latent for result in (*done, *stream.flush())]
