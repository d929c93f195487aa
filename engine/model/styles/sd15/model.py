"""A loaded Stable Diffusion 1.5, which can change its style without being loaded again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from torch import Tensor

from engine.model.checkpoints.lora import TEXT, UNET, FusedLoras, Lora, WeightedLora, read_loras
from engine.model.checkpoints.recognise import embedding_vectors, open_role
from engine.model.checkpoints.weight_files import Read
from engine.model.hardware.memory_budget import RESERVE, free_memory
from engine.model.network.autoencoder import FloatAutoencoder
from engine.model.network.unet import UNet
from engine.model.styles.sd15.depth import DepthEstimator
from engine.model.styles.sd15.text_encoder import TextEncoder
from engine.model_store.components import Role
from engine.model_store.resolve import LoraFile, PipelineFiles

LORAS_KEPT = 8
"""Number of LoRAs kept in memory for later changes; each has some tens of megabytes."""

STYLES_READY = 2
"""Number of fused networks kept for changing back, including the current one."""


@dataclass(frozen=True, slots=True)
class SD15Components:
    """The networks of the model.

    unet: the network as loaded. autoencoder: pictures to latents and back. depth: pictures
    to structure latents. text: prompt -> (1, 77, D).
    """

    unet: UNet
    autoencoder: FloatAutoencoder
    depth: DepthEstimator
    text: TextEncoder


FreeMemory = Callable[[int], bool]
"""Whether this number of bytes is free."""


class SD15Model:
    """The model with a style. originals: reads weights as they are without LoRAs.

    A change of LoRAs gives a new network, which shares all unchanged weights: a stream on the old
    one continues undisturbed until the new one has faded in. Where memory does not allow that, the
    old network itself is changed.
    """

    def __init__(
        self,
        components: SD15Components,
        files: PipelineFiles,
        originals: Mapping[str, Read],
        has_memory: FreeMemory | None = None,
    ) -> None:
        self.components = components
        self.files = files
        self._has_memory = has_memory or self._is_free
        self._text = FusedLoras(components.text.encoder, originals[TEXT])
        self._network = FusedLoras(components.unet, originals[UNET])
        self._ready: dict[tuple[LoraFile, ...], FusedLoras] = {}
        self._loras: dict[Path, dict[str, Lora]] = {}
        self._restyle(files)

    @property
    def unet(self) -> UNet:
        """The network with the current style."""
        assert isinstance(self._network.module, UNet)
        return self._network.module

    def shares_base_with(self, files: PipelineFiles) -> bool:
        """Whether the style differs only in LoRAs and prompt, as `change_style` requires."""
        return _base_of(self.files) == _base_of(files)

    def change_style(self, files: PipelineFiles) -> None:
        """Replace the LoRAs with those of another style; the base stays loaded.

        Text and conditioning have to be computed again, for the new `unet`. Raises
        ModelError, and then keeps the old style.
        """
        if not self.shares_base_with(files):
            raise ValueError("the style has another base, which must be loaded")
        self._restyle(files)

    def _restyle(self, files: PipelineFiles) -> None:
        uses = [(self._read(lora.path), lora.scale) for lora in _lora_files(files)]
        words = [(word, embedding_vectors(path)) for word, path in files.embeddings]
        self._text.use([(loras[TEXT], scale) for loras, scale in uses])
        self._fuse(tuple(_lora_files(files)), [(loras[UNET], scale) for loras, scale in uses])
        for word, vectors in words:
            self.components.text.add_embedding(word, vectors)
        self.components.text.clip_skip = files.style.clip_skip
        self.files = files

    def _fuse(self, key: tuple[LoraFile, ...], uses: Sequence[WeightedLora]) -> None:
        """Switch to the network with these LoRAs."""
        known = self._ready.pop(key, None)
        if known is not None:
            self._network = known
        elif self._ready and self._has_memory(self._extra_bytes(uses)):
            self._network = self._network.branch()
        else:  # first style, or too little memory: no other network may keep the old weights
            self._ready.clear()
        self._network.use(uses)
        self._ready[key] = self._network
        while len(self._ready) > STYLES_READY:
            del self._ready[next(iter(self._ready))]

    def _extra_bytes(self, uses: Sequence[WeightedLora]) -> int:
        network = self._network.module
        return sum(network.get_parameter(name).nbytes for name in self._network.changes(uses))

    def _is_free(self, extra: int) -> bool:
        return extra * (1.0 + RESERVE) < free_memory(self.components.unet.device)

    def encode_prompt(self, words: str) -> Tensor:
        """The style's prompt with the user's words in it: (1, 77, D)."""
        return self.components.text(self.files.style.prompt_for(words))

    def _read(self, path: Path) -> dict[str, Lora]:
        lora = self._loras.pop(path, None)
        if lora is None:
            modules = {UNET: self.components.unet, TEXT: self.components.text.encoder}
            lora = read_loras(open_role(path, Role.LORA), modules)
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
