"""Small networks that read pictures, as OpenVINO graphs: the same numbers in less time."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor, nn

from engine.model.acceleration.openvino.inference import OpenVinoCallable
from engine.model.acceleration.openvino.target import OpenVinoTarget

logger = logging.getLogger(__name__)

UNIT = "CPU"


class SmallGraph:
    """A network that takes pictures of one size, one after another. example: one, of its type and
    shape, (1, ...); any number, (B, ...), may be given.

    It computes on one thread, and is callable from any. Where OpenVINO fails, the network itself
    continues: what it reads must not end a stream.
    """

    device = torch.device("cpu")

    def __init__(self, network: nn.Module, example: Tensor) -> None:
        self._network = network
        self._form = self._compiled(example)

    def __call__(self, x: Tensor) -> Sequence[Tensor]:
        form = self._form
        if form is not None:
            try:
                rows = [form(row) for row in x.split(1)]
                if len(rows) == 1:
                    return rows[0]
                return [torch.cat(results) for results in zip(*rows, strict=True)]
            except Exception:  # OpenVINO has no common base for its errors
                logger.exception("OpenVINO failed to read a picture; PyTorch continues")
                self._form = None
        results: Sequence[Tensor] = self._network(x)
        return results

    def _compiled(self, example: Tensor) -> OpenVinoCallable | None:
        unit = replace(OpenVinoTarget.of(UNIT, torch.float32, {}), threads=1)
        try:
            return OpenVinoCallable(self._network, [example], unit)
        except Exception:  # see above
            logger.exception("OpenVINO cannot compile a network that reads pictures")
            return None
