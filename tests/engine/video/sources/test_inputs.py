"""One list of what an input can be."""

from pathlib import Path

import pytest

from engine.video.sources.inputs import Input, InputKind, input_of, user_path


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("demo", Input(InputKind.DEMO)),
        ("synthetic", Input(InputKind.SYNTHETIC)),
        ("screen", Input(InputKind.SCREEN)),
        ("screen:2", Input(InputKind.SCREEN, "2")),
        ("window:1", Input(InputKind.WINDOW, "1")),
        ("window:a: b", Input(InputKind.WINDOW, "a: b")),
        ("camera:0", Input(InputKind.CAMERA, "0")),
        ("/dev/video3", Input(InputKind.CAMERA, "3")),
        ("12:30 call.mp4", Input(InputKind.FILE, "12:30 call.mp4")),
        ("demo:1", Input(InputKind.FILE, "demo:1")),
        ("./demo", Input(InputKind.FILE, "./demo")),
        ("Camera.mp4", Input(InputKind.FILE, "Camera.mp4")),
        ("", Input(InputKind.FILE, "")),
    ],
)
def test_every_name_has_one_meaning(name: str, expected: Input) -> None:
    assert input_of(name) == expected


def test_what_comes_at_its_own_pace_is_live() -> None:
    live = [kind for kind in InputKind if kind.is_live]
    assert live == [InputKind.SCREEN, InputKind.WINDOW, InputKind.CAMERA]


def test_a_tilde_that_no_shell_has_replaced_is_the_home_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", "/home/somebody")
    monkeypatch.chdir(tmp_path)
    assert user_path("~/film.mp4") == Path("/home/somebody/film.mp4")
    assert user_path("~nobody-here/film.mp4") == Path("~nobody-here/film.mp4")
    Path("~draft.mp4").touch()
    assert user_path("~draft.mp4") == Path("~draft.mp4")
