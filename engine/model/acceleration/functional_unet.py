"""The network's forward for a streamed frame as a pure function of tensors, for compilers.

No input is changed in place: the KV cache is only read, and the frame's own keys and values are
results, for the caller to store. The frame still sees itself: at the slot where it will be
stored, its own score and value replace the old ones. So one compilation serves every slot, row and
stream of a size, and another prompt or schedule is just another input.

Shape letters: see `engine.model.network.kv_cache`.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn

from engine.model.network.config import CACHE_SLOTS
from engine.model.network.kv_cache import StreamingKVCache, with_position
from engine.model.network.kv_storage import KVStorage
from engine.model.network.spatial import ResnetBlock, SpatialTransformer
from engine.model.network.temporal_context import (
    OwnFrame,
    PositionedLayer,
    attend_with_positions,
)
from engine.model.network.unet import UNet
from engine.model.network.unet_blocks import Conditioning

DYNAMIC_INPUTS = 5
"""Number of inputs that change with each frame: the latent, its features, and the view's three."""


class FunctionalUNet(nn.Module):
    """The network for one frame of each row of a full KV cache.

    forward(*`inputs`) -> the prediction (R, c, h, w), then for each temporal attention the
    frame's keys and values, (R, 1, P, H, D) each, as `store_added` takes them.
    """

    def __init__(self, unet: UNet) -> None:
        super().__init__()
        self.unet = unet
        modules = tuple(unet.modules())
        self._resnets = tuple(m for m in modules if isinstance(m, ResnetBlock))
        self._transformers = tuple(m for m in modules if isinstance(m, SpatialTransformer))
        self._layers = tuple(m for m in modules if isinstance(m, PositionedLayer))

    def extra_repr(self) -> str:
        """What the layers do not show by themselves."""
        return str(self.unet.config)

    def inputs(
        self, x: Tensor, features: Tensor, conditioning: Conditioning, context: StreamingKVCache
    ) -> tuple[Tensor, ...]:
        """The arguments of `forward`, for a call that was announced to the KV cache.

        The first `DYNAMIC_INPUTS` are new with each frame; in a stream, the others stay in place.
        """
        view = context.view
        return (
            *(x, features, view.queries, view.keys, view.slots),
            *(conditioning.shifts[resnet] for resnet in self._resnets),
            *(tensor for layer in self._transformers for tensor in conditioning.texts[layer]),
            *(tensor for layer in self._layers for tensor in context.layer_tensors(layer)),
        )

    def clone_for_tracing(self) -> FunctionalUNet:
        """The same weights in separate modules: tracers replace a module's weights while they
        run, which must not happen to a running stream.
        """
        weights = {id(tensor): tensor for tensor in (*self.parameters(), *self.buffers())}
        return copy.deepcopy(self, weights)

    def store_added(
        self, context: StreamingKVCache, added: Sequence[Tensor], slots: Tensor
    ) -> None:
        """Store the keys and values that a frame adds, in the slots (R, 1)."""
        for layer, (key, value) in zip(self._layers, _pairs(added), strict=True):
            context.store(layer, key, value, slots)

    def forward(self, *tensors: Tensor) -> tuple[Tensor, ...]:
        x, features, queries, positions, slots = tensors[:DYNAMIC_INPUTS]
        texts = DYNAMIC_INPUTS + len(self._resnets)
        cached = texts + 2 * len(self._transformers)
        conditioning = Conditioning(
            dict(zip(self._resnets, tensors[DYNAMIC_INPUTS:texts], strict=True)),
            dict(zip(self._transformers, _pairs(tensors[texts:cached]), strict=True)),
        )
        each = (len(tensors) - cached) // len(self._layers)
        layers = {
            layer: tensors[cached + each * index : cached + each * (index + 1)]
            for index, layer in enumerate(self._layers)
        }
        context = _ReadOnlyKVCache(layers, queries, positions[:, 0], slots)
        prediction = self.unet(x, features, conditioning, context)
        added = (tensor for layer in self._layers for tensor in context.added[layer])
        return prediction, *added


class _ReadOnlyKVCache:
    """A full KV cache that is only read: a `network.temporal_context.TemporalContext`.

    layers: what `StreamingKVCache.layer_tensors` gives, by layer. queries, slots: (R, 1).
    positions: of every slot, (R, W).
    """

    def __init__(
        self,
        layers: Mapping[PositionedLayer, Sequence[Tensor]],
        queries: Tensor,
        positions: Tensor,
        slots: Tensor,
    ) -> None:
        self.rows = queries.shape[0]
        self.added: dict[PositionedLayer, tuple[Tensor, Tensor]] = {}
        self._layers, self._queries, self._positions = layers, queries, positions
        every = torch.arange(CACHE_SLOTS, device=slots.device)
        self._own_slot = (every == slots)[:, None, None]

    def attend(self, layer: PositionedLayer, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        self.added[layer] = key, value
        query_terms, key_terms, value_terms, *stored = self._layers[layer]
        mixed = attend_with_positions(
            with_position(query[:, 0], query_terms[self._queries]),
            key_terms[self._positions],
            value_terms[self._positions],
            KVStorage.over(stored),
            own=OwnFrame(self._own_slot, key[:, 0], value[:, 0]),
        )
        return mixed[:, None]


def _pairs(tensors: Sequence[Tensor]) -> list[tuple[Tensor, Tensor]]:
    return list(zip(tensors[::2], tensors[1::2], strict=True))
