import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import SettingError
from engine.settings import Blend, LiveSettings
from gui.state.cues import Cue, CueList, between

SHARES = st.floats(0, 1)
STYLES = st.sampled_from(["ink", "oil", "comic"])
BLENDS = st.none() | st.builds(Blend, STYLES, SHARES)
LIVES = st.builds(
    LiveSettings,
    style=STYLES,
    blend=BLENDS,
    strength=st.floats(0.2, 1),
    structure=st.floats(0, 1.5),
    steps=st.integers(1, 8),
)


def weights(live: LiveSettings) -> dict[str, float]:
    found = {live.style: 1.0}
    if live.blend is not None and live.blend.style != live.style:
        found = {live.style: 1 - live.blend.weight, live.blend.style: live.blend.weight}
    return {style: weight for style, weight in found.items() if weight > 0}


@given(LIVES, LIVES, SHARES)
def test_what_lies_between_is_always_valid_and_near_both(
    before: LiveSettings, after: LiveSettings, share: float
) -> None:
    now = between(before, after, share)
    low, high = sorted((before.strength, after.strength))
    assert low - 1e-9 <= now.strength <= high + 1e-9
    assert set(weights(now)) <= set(weights(before)) | set(weights(after))
    assert sum(weights(now).values()) == pytest.approx(1)


@given(LIVES, LIVES)
def test_the_ends_look_like_the_ends(before: LiveSettings, after: LiveSettings) -> None:
    assert weights(between(before, after, 0.0)) == pytest.approx(weights(before))
    assert weights(between(before, after, 1.0)) == pytest.approx(weights(after))


def test_three_styles_change_half_way() -> None:
    before, after = LiveSettings("ink", Blend("oil", 0.5)), LiveSettings("comic")
    assert between(before, after, 0.4).blend == Blend("oil", 0.5)
    assert between(before, after, 0.6).style == "comic"


def test_cues_are_moved_and_removed() -> None:
    cues = CueList(tuple(Cue(name) for name in "abc"))
    assert [cue.name for cue in cues.moved(0, 1).cues] == ["b", "a", "c"]
    assert cues.moved(0, -1) == cues.moved(2, 1) == cues
    assert [cue.name for cue in cues.removed(1).cues] == ["a", "c"]


def test_a_fade_has_its_limits() -> None:
    for seconds in (-1.0, 1000.0, float("nan")):
        with pytest.raises(SettingError):
            Cue("x", fade_s=seconds)
