import time
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.errors import SourceError
from engine.provenance import film
from engine.provenance.film import MOST_WINDOWS, windows_of
from tests.engine.provenance.films import plain, write_film


def test_a_short_film_is_one_window(tmp_path: Path) -> None:
    (window,) = windows_of(write_film(tmp_path / "film.mp4", plain(60)))
    assert len(window.film.pixels) == 60
    assert window.film.length == pytest.approx(2)
    assert abs(window.film.pixels[0].size - 192**2) < 400


def test_a_long_film_is_looked_at_in_places_all_over_it(tmp_path: Path) -> None:
    path = tmp_path / "long.mkv"
    write_film(path, [np.full((96, 128, 3), n % 200, np.uint8) for n in range(30 * 20)], kbits=50)
    windows = list(windows_of(path))
    assert [round(window.start) for window in windows] == [0, 4, 8, 12]
    assert all(window.count == 4 <= MOST_WINDOWS for window in windows)
    assert all(abs(window.film.length - 8) < 0.2 for window in windows)


def test_a_picture_is_a_film_of_one_frame(tmp_path: Path) -> None:
    Image.fromarray(plain(1)[0]).save(tmp_path / "a.png")
    (window,) = windows_of(tmp_path / "a.png")
    assert window.film.is_still


@pytest.mark.parametrize("name", ["12:30 call.mp4", "50%d.png"])
def test_a_name_is_a_name_whatever_ffmpeg_would_make_of_it(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if path.suffix == ".png":
        Image.fromarray(plain(1)[0]).save(path)
    else:
        write_film(tmp_path / "film.mp4", plain(30)).rename(path)
    assert len(list(windows_of(path))) == 1


@pytest.mark.parametrize("data", [b"", b"not a film", b"\x89PNG\r\n\x1a\n" + b"x" * 100])
def test_anything_else_is_refused_in_a_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(data)
    with pytest.raises(SourceError, match="neither a picture nor a video"):
        list(windows_of(path))


def test_sound_alone_is_no_film(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(
        b"RIFF\x24\x10\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x80\x3e\0\0\2\0\x10\0"
        b"data\0\x10\0\0" + bytes(4096)
    )
    with pytest.raises(SourceError):
        list(windows_of(path))


def test_a_film_that_is_cut_off_is_read_up_to_there(tmp_path: Path) -> None:
    path = write_film(tmp_path / "a.mkv", plain(90))
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    (window, *_) = windows_of(path)
    assert 0 < len(window.film.pixels) < 90


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("letter.txt", "Dear Sir or Madam,\n" * 40),
        ("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfilm.mp4\n#EXT-X-ENDLIST\n"),
        ("list.ffconcat", "ffconcat version 1.0\nfile film.mp4\n"),
    ],
)
def test_texts_and_lists_of_films_are_no_films(tmp_path: Path, name: str, content: str) -> None:
    write_film(tmp_path / "film.mp4", plain(10))
    (tmp_path / name).write_text(content)
    with pytest.raises(SourceError, match="neither a picture nor a video"):
        list(windows_of(tmp_path / name))


def test_of_a_film_that_takes_long_counts_what_was_read_by_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_film(tmp_path / "film.mp4", plain(60))
    seconds = count(start=0, step=2)
    monkeypatch.setattr(time, "process_time", lambda: float(next(seconds)))
    (window,) = windows_of(path)
    assert len(window.film.pixels) == film._MOST_DECODING_S / 2
