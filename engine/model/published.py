"""A published model that is loaded, and how it changes its style without being loaded again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from torch import Tensor

from engine.model.checkpoints import embedding_vectors, open_role
from engine.model.codec import Codec
from engine.model.depth import DepthEstimator
from engine.model.lora import TEXT, UNET, FusedLoras, Lora, read_loras
from engine.model.text import TextEncoder
from engine.model.unet import UNet
from engine.model.weights import Read
from engine.store.parts import Role
from engine.store.pipeline_files import LoraFile, PipelineFiles

LORAS_KEPT = 8
"""Read LoRAs that stay in memory for the next change; each has some tens of megabytes."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a published model consists of.

    autoencoder: pictures to latents and back. depth: pictures to structure latents.
    text: prompt -> (1, 77, D).
    """

    unet: UNet
    autoencoder: Codec
    depth: DepthEstimator
    text: TextEncoder


class PublishedModel:
    """A published model in a style. originals: reads weights as they are without LoRAs."""

    def __init__(self, parts: Parts, files: PipelineFiles, originals: Mapping[str, Read]) -> None:
        self.parts = parts
        self.files = files
        self._modules = {UNET: parts.unet, TEXT: parts.text.encoder}
        self._fused = {
            part: FusedLoras(module, originals[part]) for part, module in self._modules.items()
        }
        self._loras: dict[Path, dict[str, Lora]] = {}
        self.change_style(files)

    def shares_base_with(self, files: PipelineFiles) -> bool:
        """The other style differs by LoRAs and words alone, so that `change_style` will do."""
        return _base_of(self.files) == _base_of(files)

    def change_style(self, files: PipelineFiles) -> None:
        """Fuse another style's LoRAs in place of these; the base stays where it is.

        What was computed from the old weights (the text, the conditioning, a window's position
        terms) has to be computed anew. Raises ModelError, and then the style is the old one.
        """
        if not self.shares_base_with(files):
            raise ValueError("the style has another base, which has to be loaded")
        uses = [(self._read(lora.path), lora.scale) for lora in _lora_files(files)]
        words = [(word, embedding_vectors(path)) for word, path in files.embeddings]
        for part, fused in self._fused.items():
            fused.use([(loras[part], scale) for loras, scale in uses])
        for word, vectors in words:
            self.parts.text.add_embedding(word, vectors)
        self.parts.text.clip_skip = files.style.clip_skip
        self.files = files

    def encode_prompt(self, words: str) -> Tensor:
        """The style's prompt with the user's words in it: (1, 77, D)."""
        return self.parts.text(self.files.style.prompt_for(words))

    def _read(self, path: Path) -> dict[str, Lora]:
        lora = self._loras.pop(path, None)
        if lora is None:
            lora = read_loras(open_role(path, Role.LORA), self._modules)
        self._loras[path] = lora
        if len(self._loras) > LORAS_KEPT:
            del self._loras[next(iter(self._loras))]
        return lora


def _base_of(files: PipelineFiles) -> tuple[object, ...]:
    return (
        files.base,
        files.motion,
        files.checkpoint,
        files.autoencoder,
        files.depth,
        files.style.own_autoencoder,
    )


def _lora_files(files: PipelineFiles) -> Iterator[LoraFile]:
    if files.few_step is not None:
        yield files.few_step
    yield from files.loras
