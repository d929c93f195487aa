"""Who is styled, what is behind them, and that nothing raw is shown where anything fails."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.model.person.composition import Composer
from engine.model.person.mask import Plane
from engine.settings import Behind, Composition, Styled

HEIGHT, WIDTH = 180, 320
STYLED, SOURCE, BLUE = (200, 40, 40), (40, 200, 40), (0, 0, 250)


def flat(colour: tuple[int, int, int]) -> np.ndarray:
    return np.full((HEIGHT, WIDTH, 3), colour, np.uint8)


def left_half() -> Plane:
    mask = np.zeros((144, 256), np.float32)
    mask[:, :128] = 1.0
    return mask


def shown(wanted: Composition) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The colours of the person, at the left, and of the room."""
    picture = Composer().compose(flat(STYLED), flat(SOURCE), left_half(), wanted)
    assert picture.shape == (HEIGHT, WIDTH, 3)
    person, room = picture[90, 60], picture[90, 260]
    return tuple(int(value) for value in person), tuple(int(value) for value in room)


@pytest.mark.parametrize(
    ("styled", "behind", "person", "room"),
    [
        (Styled.EVERYTHING, Behind.AS_STYLED, STYLED, STYLED),
        (Styled.PERSON, Behind.AS_STYLED, STYLED, SOURCE),
        (Styled.ROOM, Behind.AS_STYLED, SOURCE, STYLED),
        (Styled.EVERYTHING, Behind.BLURRED, STYLED, STYLED),
        (Styled.PERSON, Behind.BLURRED, STYLED, SOURCE),
        (Styled.ROOM, Behind.BLURRED, SOURCE, STYLED),
        (Styled.EVERYTHING, Behind.COLOUR, STYLED, BLUE),
        (Styled.PERSON, Behind.COLOUR, STYLED, BLUE),
        (Styled.ROOM, Behind.COLOUR, SOURCE, BLUE),
    ],
)
def test_each_choice_shows_what_it_says(
    styled: Styled, behind: Behind, person: tuple[int, ...], room: tuple[int, ...]
) -> None:
    wanted = Composition(styled, behind, colour=BLUE)
    assert shown(wanted) == (person, room)
    assert wanted.raw_person == (person == SOURCE)
    assert wanted.raw_room == (room == SOURCE)
    assert wanted.needs_mask == ((person, room) != (STYLED, STYLED) or behind is Behind.BLURRED)


def test_a_picture_stands_behind_and_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "beach.png"
    Image.new("RGB", (40, 90), BLUE).save(path)
    wanted = Composition(Styled.PERSON, Behind.PICTURE, picture=str(path))
    composer = Composer()
    for _ in range(2):
        picture = composer.compose(flat(STYLED), flat(SOURCE), left_half(), wanted)
        assert tuple(picture[90, 260]) == BLUE
        path.unlink(missing_ok=True)


def test_a_blur_hides_the_room_and_does_not_smear_the_person() -> None:
    room = flat((0, 0, 0))
    room[:, ::4] = 255
    room[:, : WIDTH // 2] = (255, 0, 0)
    wanted = Composition(Styled.PERSON, Behind.BLURRED)
    picture = Composer().compose(flat(STYLED), room, left_half(), wanted).astype(int)
    behind = picture[:, 200:310]
    assert behind.std() < 20.0 < room[:, 200:310].std()
    assert np.abs(behind[..., 0] - behind[..., 2]).max() < 25  # no red of the person


@pytest.mark.parametrize("styled", list(Styled))
def test_without_a_mask_the_whole_picture_is_styled(styled: Styled) -> None:
    wanted = Composition(styled, Behind.COLOUR)
    picture = Composer().compose(flat(STYLED), flat(SOURCE), None, wanted)
    np.testing.assert_array_equal(picture, flat(STYLED))


def test_a_broken_picture_is_not_read_with_every_frame(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    reads: list[Path] = []

    def broken(path: Path) -> None:
        reads.append(path)
        raise OSError("truncated")

    monkeypatch.setattr("engine.model.person.composition.read_picture", broken)
    composer = Composer()
    for name in ("a.png", "a.png", "a.png", "b.png", "b.png"):
        wanted = Composition(Styled.PERSON, Behind.PICTURE, picture=str(tmp_path / name))
        picture = composer.compose(flat(STYLED), flat(SOURCE), left_half(), wanted)
        np.testing.assert_array_equal(picture, flat(STYLED))
    assert [path.name for path in reads] == ["a.png", "b.png"]
    assert len(caplog.records) == 1


@pytest.mark.parametrize("styled", list(Styled))
def test_a_picture_that_is_gone_leaves_the_whole_picture_styled(
    styled: Styled, tmp_path: Path
) -> None:
    wanted = Composition(styled, Behind.PICTURE, picture=str(tmp_path / "gone.png"))
    picture = Composer().compose(flat(STYLED), flat(SOURCE), left_half(), wanted)
    np.testing.assert_array_equal(picture, flat(STYLED))
