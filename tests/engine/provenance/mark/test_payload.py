import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.provenance.mark.payload import PROGRAM, Payload


@given(st.integers(0, 15), st.integers(0, 63), st.integers(0, 63))
def test_a_version_comes_back_from_its_32_bits(major: int, minor: int, patch: int) -> None:
    data = Payload(major, minor, patch).to_bytes()
    assert len(data) == 4
    assert data.startswith(PROGRAM)
    assert Payload.of_bytes(data) == Payload(major, minor, patch)


@pytest.mark.parametrize(
    ("text", "told"),
    [("1.2.3", "1.2.3"), ("0.1", "0.1.0"), ("2.0.0rc1", "2.0.0"), ("99.99.99", "15.63.63")],
)
def test_every_version_has_bits(text: str, told: str) -> None:
    assert str(Payload.of_version(text)) == told


def test_what_is_no_version_is_version_nought() -> None:
    assert str(Payload.of_version("local build")) == "0.0.0"
