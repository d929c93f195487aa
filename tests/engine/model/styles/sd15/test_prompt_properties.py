"""Any prompt is taken apart: no text is lost, and no weight leaves its range."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.model.styles.sd15.text_encoder import LARGEST_WEIGHT, parse_weights

PROMPTS = st.text(alphabet=st.sampled_from("ab ,()\\:.0123456789")) | st.text()
PLAIN = st.text(alphabet=st.characters(exclude_characters="()\\"))


@given(PROMPTS)
def test_weights_stay_in_their_range(prompt: str) -> None:
    fragments = parse_weights(prompt)
    assert fragments
    assert all(0.0 <= fragment.weight <= LARGEST_WEIGHT for fragment in fragments)


@given(PLAIN)
def test_a_prompt_without_signs_is_one_fragment(prompt: str) -> None:
    assert [(part.words, part.weight) for part in parse_weights(prompt)] == [(prompt.strip(), 1.0)]


@given(st.text(alphabet="abc", min_size=1), st.floats(0, 3))
def test_emphasis_sets_the_weight_of_its_words(words: str, weight: float) -> None:
    (fragment,) = parse_weights(f"({words}:{weight:.3f})")
    assert fragment.words == words
    assert abs(fragment.weight - min(weight, LARGEST_WEIGHT)) < 1e-3


@given(PROMPTS)
def test_letters_are_never_lost(prompt: str) -> None:
    kept = "".join(fragment.words for fragment in parse_weights(prompt))
    assert [c for c in kept if c.isalpha()] == [c for c in prompt if c.isalpha()]
