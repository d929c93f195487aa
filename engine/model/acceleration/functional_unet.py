"""A streamed frame's pass of the network as a function of tensors, for compilers.

Nothing is changed in place: the window is only read, and what the frame adds to it comes out, to be
stored by whoever called. The frame sees itself all the same: where it will be stored, its own score
and value stand in for what is still there. So one compilation serves every slot, every row and
every stream of a size, and a prompt or a schedule are only other inputs.

Shape letters: see `engine.model.network.kv_cache`.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn

from engine.model.network.config import WINDOW
from engine.model.network.kv_cache import StreamingKVCache, by_head, exact_softmax, with_position
from engine.model.network.kv_storage import KVStorage
from engine.model.network.spatial import ResnetBlock, SpatialTransformer
from engine.model.network.temporal_context import PositionedLayer
from engine.model.network.unet import UNet
from engine.model.network.unet_blocks import Conditioning

DYNAMIC_INPUTS = 5
"""So many of the inputs change from frame to frame: picture, features, and the view's three."""

ALL_ROWS = slice(None)


class FunctionalUNet(nn.Module):
    """The network for one frame of each row of a full window.

    forward(*`inputs`) -> the prediction (R, c, h, w), then for each layer of the memory the
    frame's keys and values, (R, 1, P, H, D) each, as `keep` takes them.
    """

    def __init__(self, unet: UNet) -> None:
        super().__init__()
        self.unet = unet
        modules = tuple(unet.modules())
        self._resnets = tuple(m for m in modules if isinstance(m, ResnetBlock))
        self._transformers = tuple(m for m in modules if isinstance(m, SpatialTransformer))
        self._layers = tuple(m for m in modules if isinstance(m, PositionedLayer))

    def extra_repr(self) -> str:
        """What layers do not say of themselves."""
        return str(self.unet.config)

    def inputs(
        self, x: Tensor, features: Tensor, conditioning: Conditioning, context: StreamingKVCache
    ) -> tuple[Tensor, ...]:
        """The tensors that `forward` takes, for a call that was announced to the memory.

        The first `CHANGING` are new at each frame; the others stay where they are in a stream.
        """
        view = context.view
        return (
            *(x, features, view.queries, view.keys, view.slots),
            *(conditioning.shifts[resnet] for resnet in self._resnets),
            *(tensor for layer in self._transformers for tensor in conditioning.texts[layer]),
            *(tensor for layer in self._layers for tensor in context.layer_tensors(layer)),
        )

    def clone_for_tracing(self) -> FunctionalUNet:
        """The same weights in modules of their own, for tracers: these put other tensors in the
        places of weights while they work, which a running stream must not meet.
        """
        weights = {id(tensor): tensor for tensor in (*self.parameters(), *self.buffers())}
        return copy.deepcopy(self, weights)

    def store_added(
        self, context: StreamingKVCache, added: Sequence[Tensor], slots: Tensor
    ) -> None:
        """Store what a frame has added, in the slots (R, 1)."""
        for layer, (key, value) in zip(self._layers, _pairs(added), strict=True):
            context.store(layer, key, value, slots)

    def forward(self, *tensors: Tensor) -> tuple[Tensor, ...]:
        x, features, queries, places, slots = tensors[:DYNAMIC_INPUTS]
        texts = DYNAMIC_INPUTS + len(self._resnets)
        held = texts + 2 * len(self._transformers)
        conditioning = Conditioning(
            dict(zip(self._resnets, tensors[DYNAMIC_INPUTS:texts], strict=True)),
            dict(zip(self._transformers, _pairs(tensors[texts:held]), strict=True)),
        )
        each = (len(tensors) - held) // len(self._layers)
        windows = {
            layer: tensors[held + each * index : held + each * (index + 1)]
            for index, layer in enumerate(self._layers)
        }
        context = _ReadOnlyKVCache(windows, queries, places[:, 0], slots)
        prediction = self.unet(x, features, conditioning, context)
        added = (tensor for layer in self._layers for tensor in context.added[layer])
        return prediction, *added


class _ReadOnlyKVCache:
    """A full window whose slots are only read: a `engine.model.network.temporal_context.Memory`.

    windows: what `StreamingKVCache.held` gives, by layer. queries, slots: (R, 1). places: (R, W).
    """

    def __init__(
        self,
        windows: Mapping[PositionedLayer, Sequence[Tensor]],
        queries: Tensor,
        places: Tensor,
        slots: Tensor,
    ) -> None:
        self.rows = queries.shape[0]
        self.added: dict[PositionedLayer, tuple[Tensor, Tensor]] = {}
        self._windows, self._queries, self._places = windows, queries, places
        every = torch.arange(WINDOW, device=slots.device)
        self._own = (every == slots)[:, None, None]

    def attend(self, layer: PositionedLayer, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        self.added[layer] = key, value
        query_terms, key_terms, value_terms, *stored = self._windows[layer]
        store = KVStorage.over(stored)
        query = with_position(query[:, 0], query_terms[self._queries])
        own = (query * key[:, 0]).sum(-1, keepdim=True)
        scores = torch.where(self._own, own, store.scores(ALL_ROWS, query))
        scores = scores + by_head(query, key_terms[self._places].permute(0, 2, 3, 1))
        weights, mask = exact_softmax(scores), self._own.to(query.dtype)
        mixed = store.mix(ALL_ROWS, weights * (1.0 - mask))
        mixed = mixed + (weights * mask).sum(-1, keepdim=True) * value[:, 0]
        mixed = mixed + by_head(weights, value_terms[self._places].transpose(1, 2))
        return mixed[:, None]


def _pairs(tensors: Sequence[Tensor]) -> list[tuple[Tensor, Tensor]]:
    return list(zip(tensors[::2], tensors[1::2], strict=True))
