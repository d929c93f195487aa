from engine.provenance.credentials.history import MOST_CHANGES, SETTLED_S, History
from engine.video.sinks.metadata import Provenance


def made(style: str = "comic", strength: str = "1", **others: str) -> Provenance:
    return Provenance("built-in", style, {"strength": strength, **others})


def listed(history: History) -> list[tuple[float, str, str]]:
    return [(each.second, each.said["style"], each.said["strength"]) for each in history.changes]


def test_each_change_is_kept_with_its_second() -> None:
    history = History(made())
    history.note(4.0, made("ink"))
    history.note(9.5, made("ink", "0.5"))
    assert listed(history) == [(4.0, "ink", "1"), (9.5, "ink", "0.5")]


def test_what_is_set_before_the_first_picture_is_the_beginning() -> None:
    history = History(made())
    history.note(0.0, made("ink"))
    assert (history.made.style, history.changes) == ("ink", ())


def test_what_the_credentials_do_not_name_is_no_change() -> None:
    history = History(made())
    history.note(3.0, made(prompt="Jane Doe", seed="8"))
    assert history.changes == ()


def test_a_slider_that_is_moved_is_one_change() -> None:
    history = History(made())
    for step in range(10):
        history.note(5 + step * SETTLED_S / 20, made(strength=f"{0.9 - step / 20:g}"))
    assert listed(history) == [(5.0, "comic", "0.45")]


def test_there_and_back_again_is_none() -> None:
    history = History(made())
    history.note(5.0, made("ink"))
    history.note(5.0 + SETTLED_S / 2, made())
    assert history.changes == ()


def test_a_long_fade_is_told_in_steps_and_ends_where_it_ended() -> None:
    history = History(made())
    for frame in range(300):
        history.note(2 + frame / 30, made(strength=f"{1 - frame / 300:.3f}"))
    assert 9 <= len(history.changes) <= 11
    assert history.changes[-1].said["strength"] == "0.003"


def test_the_list_is_bounded_and_says_how_it_was_in_the_end() -> None:
    history = History(made())
    for number in range(MOST_CHANGES + 40):
        history.note(10.0 * (number + 1), made(strength=str(number)))
    assert len(history.changes) == MOST_CHANGES
    last = history.changes[-1]
    assert (last.said["strength"], last.unlisted) == (str(MOST_CHANGES + 39), 40)
    assert last.second == 10.0 * (MOST_CHANGES + 40)
