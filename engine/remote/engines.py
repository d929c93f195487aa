"""Engines on other computers: paired with or known already, and asked for what they offer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.errors import EngineError
from engine.model_store.catalog import Catalog
from engine.remote.address import EngineAddress, parse_address
from engine.remote.catalogue import fetch
from engine.remote.pairing import pair, remember, remembered
from engine.remote.pinned_http import Door


@dataclass(frozen=True, slots=True)
class Reached:
    """An engine that answers. unkept: why its pairing is forgotten when the program ends."""

    door: Door
    catalog: Catalog
    unkept: EngineError | None = None

    @property
    def address(self) -> str:
        """As settings have it."""
        return str(self.door.address)


@dataclass(frozen=True, slots=True)
class Engines:
    """How engines are asked; tests bring doubles. Each waits, and raises EngineError kinds."""

    pair: Callable[[EngineAddress, str], Door] = pair
    remember: Callable[[Door], EngineError | None] = remember
    remembered: Callable[[EngineAddress], Door] = remembered
    fetch: Callable[[Door], Catalog] = fetch

    def reach(self, engine: str, code: str | None = None) -> Reached:
        """Ask the engine at an address for its catalogue. code: pairs with it first; None where it
        is paired. Raises EngineError.
        """
        address = parse_address(engine)
        if code is None:
            door, unkept = self.remembered(address), None
        else:
            door = self.pair(address, code)
            unkept = self.remember(door)
        return Reached(door, self.fetch(door), unkept)
