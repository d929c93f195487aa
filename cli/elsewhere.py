"""The options --engine and --code: an engine on another computer, and what it has on offer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from engine.errors import EngineError, SettingError
from engine.model_store.catalog import Catalog
from engine.remote.engines import Engines
from engine.settings import BUILT_IN


class Request(Protocol):
    """The options that name an engine."""

    @property
    def engine(self) -> str | None: ...

    @property
    def code(self) -> str | None: ...

    @property
    def model(self) -> str: ...


def offer_of(
    engine: str, request: Request, warn: Callable[[EngineError], None]
) -> tuple[str, Catalog]:
    """The engine's address, and its catalogue; pairs with it first where there is a code. Raises
    EngineError. warn: is told where the pairing cannot be kept for the next run.
    """
    reached = Engines().reach(engine, request.code)
    if reached.unkept is not None:
        warn(reached.unkept)
    served = reached.catalog.models[0].name
    if request.model not in (BUILT_IN, served):
        raise SettingError(
            "The engine at {address} computes with the model {served}, not with {model}.",
            "Leave out --model, or start the engine with it.",
            address=reached.address,
            served=served,
            model=request.model,
        )
    return reached.address, reached.catalog
