"""Counts the tensors of a model while they are loaded."""

from __future__ import annotations

from torch import Tensor

from engine.events import Progress, ProgressKind, ProgressListener
from engine.model.checkpoints.weight_files import Read, Shape


class LoadingProgress:
    """Reports LOADING_MODEL, from 0 to the total, for everything that a model consists of."""

    def __init__(self, total: int, listener: ProgressListener) -> None:
        self._done, self._total, self._listener = 0, total, listener
        self._report()

    def advance(self) -> None:
        """One more tensor has been read."""
        self._done += 1
        self._report()

    def counted(self, read: Read) -> Read:
        """The same reader, each tensor of which counts."""

        def counting(name: str, shape: Shape) -> Tensor:
            tensor = read(name, shape)
            self.advance()
            return tensor

        return counting

    def _report(self) -> None:
        self._listener(Progress(ProgressKind.LOADING_MODEL, self._done, self._total))
