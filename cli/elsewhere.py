"""The options --engine and --code: an engine on another computer, and what it has on offer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from engine.errors import EngineError, SettingError
from engine.model_store.catalog import Catalog
from engine.remote.address import parse_address
from engine.remote.catalogue import fetch
from engine.remote.pairing import pair, remember, remembered
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
    address = parse_address(engine)
    if request.code is None:
        door = remembered(address)
    else:
        door = pair(address, request.code)
        unkept = remember(door)
        if unkept is not None:
            warn(unkept)
    catalog = fetch(door)
    served = catalog.models[0].name
    if request.model not in (BUILT_IN, served):
        raise SettingError(
            "The engine at {address} computes with the model {served}, not with {model}.",
            "Leave out --model, or start the engine with it.",
            address=address,
            served=served,
            model=request.model,
        )
    return str(address), catalog
