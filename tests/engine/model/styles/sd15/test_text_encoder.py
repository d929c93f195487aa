"""Prompts: weights in parentheses, layers left out, learned words."""

from pathlib import Path

import pytest
import torch
from transformers import CLIPTokenizer

from engine.errors import ModelError
from engine.model.styles.sd15.text_encoder import Fragment, TextEncoder, parse_weights
from tests.engine.model.styles.sd15.tiny import drawn, small_text_encoder, write_tokenizer


@pytest.fixture
def text(tmp_path: Path) -> TextEncoder:
    write_tokenizer(tmp_path / "tokenizer")
    return TextEncoder(CLIPTokenizer.from_pretrained(tmp_path / "tokenizer"), small_text_encoder())


def test_plain_words_are_one_fragment() -> None:
    assert parse_weights("a fox, 8k: sharp") == (Fragment("a fox, 8k: sharp"),)


@pytest.mark.parametrize(
    ("prompt", "fragments"),
    [
        ("a (red:1.3) fox", [("a", 1.0), ("red", 1.3), ("fox", 1.0)]),
        ("(masterpiece),best", [("masterpiece", 1.1), (",best", 1.0)]),
        ("((deep))", [("deep", 1.21)]),
        ("(a (b:2) c:0.5)", [("a", 0.5), ("b", 1.0), ("c", 0.5)]),
        (r"smile \(happy\)", [("smile (happy)", 1.0)]),
        ("(open", [("open", 1.0)]),
        ("(too much:9)", [("too much", 2.0)]),
        ("", [("", 1.0)]),
    ],
)
def test_emphasis_is_read(prompt: str, fragments: list[tuple[str, float]]) -> None:
    assert parse_weights(prompt) == tuple(Fragment(*fragment) for fragment in fragments)


def test_a_stray_closing_parenthesis_is_plain_text() -> None:
    assert "".join(piece.words for piece in parse_weights("odd) one")) == "odd) one"


@torch.inference_mode()
def test_without_weights_it_is_just_clip(text: TextEncoder) -> None:
    ids = [512, *(ord(c) - 33 + (94 if c in "tx" else 0) for c in "catfox"), 513]
    ids += [513] * (77 - len(ids))
    expected = text.encoder(torch.tensor([ids])).last_hidden_state
    torch.testing.assert_close(text("cat fox"), expected)


@torch.inference_mode()
def test_layers_are_left_out_before_the_last_norm(text: TextEncoder) -> None:
    ids = torch.tensor([[512, 67 + 94, *([513] * 75)]])
    states = text.encoder(ids, output_hidden_states=True).hidden_states
    inner = getattr(text.encoder, "text_model", text.encoder)
    text.clip_skip = 2
    torch.testing.assert_close(text("d"), inner.final_layer_norm(states[-3]))


def test_weights_change_their_own_words_most(text: TextEncoder) -> None:
    plain, heavy = text("a b c"), text("a (b:1.5) c")
    moved = (heavy - plain).norm(dim=-1)[0]
    assert moved[2] > 0
    assert moved[1] == moved[3] == 0
    assert text("a (b:1) c").equal(plain)


def test_a_long_prompt_is_cut_at_77_tokens(text: TextEncoder) -> None:
    assert text("word " * 200).shape == (1, 77, 32)


def test_a_learned_word_stands_for_its_vectors(text: TextEncoder) -> None:
    before = text("zebra")
    first = len(text._tokenizer)
    text.add_embedding("fox", drawn((1, 32), 2))
    text.add_embedding("fox-style", drawn((2, 32), 1))
    table = text.encoder.get_input_embeddings().weight
    torch.testing.assert_close(table[first + 1 : first + 3].detach(), drawn((2, 32), 1))
    assert text("fox-style").equal(text(f"<learned-{first + 1}> <learned-{first + 2}>"))
    assert text("foxes").equal(text("foxes "))
    torch.testing.assert_close(text("zebra"), before)


def test_an_embedding_of_another_width_is_refused(text: TextEncoder) -> None:
    with pytest.raises(ModelError, match="1024"):
        text.add_embedding("other", torch.zeros(1, 1024))
