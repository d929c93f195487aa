import pytest

from engine.evaluation.speed import Speed, recommend
from engine.frames import Size

SMALL, MIDDLE, LARGE = Size(256, 256), Size(384, 384), Size(512, 512)


def speeds(*rates: float) -> list[Speed]:
    sizes = (SMALL, MIDDLE, LARGE)
    return [
        Speed("cpu", "eager", size, 1, fps, 1e3 / fps)
        for size, fps in zip(sizes, rates, strict=True)
    ]


def test_the_largest_fluent_size_is_recommended() -> None:
    assert recommend(speeds(60, 30, 12), 1).size == MIDDLE


def test_where_nothing_is_fluent_the_quickest_is_recommended() -> None:
    assert recommend(speeds(9, 5, 2), 1).size == SMALL


def test_of_two_accelerators_the_quicker_is_recommended() -> None:
    both = [*speeds(60, 40, 20), Speed("cuda:0", "eager", LARGE, 1, 90.0, 11.0)]
    assert recommend(both, 1).device == "cuda:0"


def test_another_number_of_steps_is_not_recommended() -> None:
    assert (
        recommend([*speeds(60, 30, 12), Speed("cpu", "eager", LARGE, 4, 99.0, 10.0)], 1).steps == 1
    )


def test_a_number_of_steps_that_was_not_measured_is_refused() -> None:
    with pytest.raises(ValueError, match="with 2 steps"):
        recommend(speeds(60, 30, 12), 2)
