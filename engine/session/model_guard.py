"""The guard around a model's work: all exceptions are handled, and the stream continues."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from engine.errors import EngineError, ModelError
from engine.files.names import shown

logger = logging.getLogger(__name__)


@contextmanager
def model_guard(on_failure: Callable[[EngineError], None]) -> Iterator[None]:
    """Pass any exception raised inside to `on_failure`, as an EngineError."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - a model and its libraries may raise anything
        on_failure(as_engine_error(error))


def as_engine_error(error: Exception) -> EngineError:
    """The error itself; any other is logged and quoted in a ModelError."""
    if isinstance(error, EngineError):
        return error
    logger.error("the engine failed", exc_info=error)
    return ModelError(
        "Something unforeseen happened: {kind}: {reason}.",
        "Start again. If it happens again, copy a report from the log and send it to the authors.",
        kind=type(error).__name__,
        reason=shown(str(error).strip().rstrip(".") or "no details"),
    )
