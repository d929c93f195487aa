"""Encodes prompts with CLIP, with clip skip and weighted words.

Shape letters: T 77 tokens, D their width (768 for Stable Diffusion 1.5).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import torch
from compel.embeddings_provider import EmbeddingsProvider
from torch import Tensor, nn
from transformers import CLIPTextModel, CLIPTokenizer

from engine.errors import ModelError

EMPHASIS = 1.1
"""A pair of plain parentheses multiplies a word's weight by this, by convention."""

LARGEST_WEIGHT = 2.0
_SIGN = re.compile(r"\\[()]|\(|:\s*([0-9]*\.?[0-9]+)\s*\)|\)|[^\\():]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a prompt and its weight; 1 is neutral."""

    words: str
    weight: float = 1.0


def parse_weights(prompt: str) -> tuple[Fragment, ...]:
    r"""Split a prompt at its weights: `(word:1.2)`, `(word)` for 1.1, `\(` for a parenthesis.

    Parentheses may be nested; unmatched ones are plain text. Weights stay in 0..2.
    """
    pieces: list[tuple[str, float]] = []
    openings: list[int] = []
    for match in _SIGN.finditer(prompt):
        sign = match[0]
        if sign == "(":
            openings.append(len(pieces))
        elif openings and sign.endswith(")") and not sign.startswith("\\"):
            factor = float(match[1]) if match[1] else EMPHASIS
            start = openings.pop()
            pieces[start:] = [(words, weight * factor) for words, weight in pieces[start:]]
        else:
            pieces.append((sign.removeprefix("\\"), 1.0))
    return _merged(pieces)


def _merged(pieces: list[tuple[str, float]]) -> tuple[Fragment, ...]:
    """Merge neighbours of equal weight, and drop blank ones."""
    merged: list[Fragment] = []
    for words, raw in pieces:
        weight = min(max(round(raw, 4), 0.0), LARGEST_WEIGHT)
        if merged and merged[-1].weight == weight:
            merged[-1] = Fragment(merged[-1].words + words, weight)
        else:
            merged.append(Fragment(words, weight))
    kept = (Fragment(piece.words.strip(), piece.weight) for piece in merged if piece.words.strip())
    return tuple(kept) or (Fragment(""),)


class TextEncoder:
    """prompt -> (1, T, D). clip_skip: number of last layers skipped, before the final norm."""

    def __init__(
        self, tokenizer: CLIPTokenizer, encoder: CLIPTextModel, *, clip_skip: int = 0
    ) -> None:
        self.encoder = encoder
        self._tokenizer = tokenizer
        self._skipping = _SkippingEncoder(encoder, clip_skip)
        self._provider = EmbeddingsProvider(tokenizer, self._skipping, truncate=True)
        self._expansions: dict[str, str] = {}

    @property
    def clip_skip(self) -> int:
        """Number of last layers skipped; may be set."""
        return self._skipping.clip_skip

    @clip_skip.setter
    def clip_skip(self, layers: int) -> None:
        self._skipping.clip_skip = layers
        self._provider._empty_z = None  # the embedding of an empty prompt depends on it

    def add_embedding(self, word: str, vectors: Tensor) -> None:
        """Let `word` in a prompt stand for these learned vectors (N, D), N tokens long.

        Textual inversion, arXiv 2208.01618. Raises ModelError for another width.
        """
        table = self.encoder.get_input_embeddings().weight
        if vectors.shape[-1] != table.shape[-1]:
            raise ModelError(
                "The embedding {word} has {channels} channels, the text encoder {expected}.",
                "Choose an embedding made for Stable Diffusion 1.5.",
                word=word,
                channels=vectors.shape[-1],
                expected=table.shape[-1],
            )
        first = len(self._tokenizer)
        tokens = [f"<learned-{first + number}>" for number in range(len(vectors))]
        self._tokenizer.add_tokens(tokens)
        if len(self._tokenizer) > len(table):
            self.encoder.resize_token_embeddings(len(self._tokenizer), mean_resizing=False)
        ids = self._tokenizer.convert_tokens_to_ids(tokens)
        with torch.no_grad():
            table = self.encoder.get_input_embeddings().weight
            table[ids] = vectors.to(table)
        self._expansions[word] = " ".join(tokens)

    @torch.inference_mode()
    def __call__(self, prompt: str) -> Tensor:
        fragments = parse_weights(self._expand(prompt))
        return self._provider.get_embeddings_for_weighted_prompt_fragments(
            text_batch=[[fragment.words for fragment in fragments]],
            fragment_weights_batch=[[fragment.weight for fragment in fragments]],
            device=self.encoder.device,
        )

    def _expand(self, prompt: str) -> str:
        """Replace learned words with their tokens, in one pass, longer words first."""
        words = sorted(self._expansions, key=len, reverse=True)
        if not words:
            return prompt
        alternatives = "|".join(re.escape(word) for word in words)
        pattern = rf"(?<![\w-])({alternatives})(?![\w-])"
        return re.sub(pattern, lambda match: self._expansions[match[1]], prompt)


@dataclass(frozen=True, slots=True)
class _Encoded:
    last_hidden_state: Tensor


class _SkippingEncoder(nn.Module):
    """The text encoder without its last layers, with the interface of the weighting library."""

    def __init__(self, encoder: CLIPTextModel, clip_skip: int) -> None:
        super().__init__()
        self._encoder = encoder
        self.clip_skip = clip_skip

    @property
    def device(self) -> torch.device:
        return self._encoder.device

    @property
    def dtype(self) -> torch.dtype:
        return self._encoder.dtype

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor | None = None, **_: object
    ) -> _Encoded:
        """input_ids: (1, T) -> (1, T, D)"""
        result = self._encoder(input_ids, attention_mask, output_hidden_states=True)
        inner = getattr(self._encoder, "text_model", self._encoder)
        return _Encoded(inner.final_layer_norm(result.hidden_states[-(self.clip_skip + 1)]))
