"""What is fuzzed: for each kind of file valid samples, a mutator, and the parser to be tried."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

from tests.fuzz import binary_targets as binary
from tests.fuzz import json_targets as texts
from tests.fuzz.mutators import (
    Mutator,
    mutated_bytes,
    mutated_json,
    mutated_safetensors,
    mutated_torch_file,
)


@dataclass(frozen=True, slots=True)
class Target:
    """One kind of file.

    share: of the time. samples: valid files. parse: reads a mutated one, at a path in a folder of
    its own; may raise EngineError, and nothing else.
    """

    name: str
    share: float
    samples: Callable[[], Sequence[bytes]]
    mutate: Mutator
    parse: Callable[[Path], None]

    def mutant(self, seed: int) -> bytes:
        """The input with this number; always the same."""
        rng = Random(f"{self.name} {seed}")
        return self.mutate(rng, rng.choice(_samples(self.name)))


TARGETS = {
    target.name: target
    for target in (
        Target("presets", 0.10, texts.presets, mutated_json, texts.read_as_preset),
        Target("preferences", 0.10, texts.preferences, mutated_json, texts.read_as_preferences),
        Target("styles", 0.15, texts.styles, mutated_json, texts.read_as_style),
        Target("catalogues", 0.08, texts.catalogues, mutated_json, texts.read_as_catalogue),
        Target("manifests", 0.05, texts.manifests, mutated_json, texts.read_as_manifest),
        Target("safetensors", 0.15, binary.safetensors_files, mutated_safetensors,
               binary.read_as_weights),
        Target("torch files", 0.17, binary.torch_files, mutated_torch_file, binary.read_as_weights),
        Target("videos", 0.20, binary.videos, mutated_bytes, binary.read_as_video),
    )
}  # fmt: skip


@lru_cache
def _samples(name: str) -> Sequence[bytes]:
    return TARGETS[name].samples()
