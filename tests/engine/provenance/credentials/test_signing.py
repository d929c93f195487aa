import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import av
import c2pa
import numpy as np
import pytest
from PIL import Image

from engine.frames import StyledFrame
from engine.paths import app_version
from engine.provenance.credentials import signing
from engine.provenance.credentials.history import MOST_CHANGES, History
from engine.provenance.credentials.identity import own_identity
from engine.provenance.credentials.reading import read_credentials
from engine.provenance.credentials.signing import sidecar_of, sign
from engine.settings import Behind, Composition, LiveSettings, Styled
from engine.video.sinks.metadata import provenance_of
from engine.video.sinks.snapshot import read_settings, save_snapshot
from tests.engine.provenance.credentials.conftest import MADE
from tests.engine.provenance.films import marked, plain, write_film

FRAGMENTS = {"movflags": "frag_keyframe+empty_moov"}


def root() -> str:
    return own_identity().root.decode()


def written(folder: Path, name: str) -> Path:
    path = folder / name
    if path.suffix in (".png", ".jpg"):
        Image.fromarray(marked(1)[0]).save(path)
        return path
    return write_film(path, marked(12), options=FRAGMENTS if "fragmented" in name else None)


@pytest.mark.parametrize(
    "name", ["a.png", "a.jpg", "a.mp4", "fragmented.mp4", "a.mov", "a.m4v", "a.mkv"]
)
def test_every_kind_of_file_is_signed(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, name)
    before = path.stat().st_size
    assert sign(path, MADE, marked=True) is None
    assert path.stat().st_size - before < 20_000  # no thumbnail
    found = read_credentials(path, root())
    assert (found.present, found.valid, found.trusted, found.ai_made) == (True, True, True, True)
    assert (found.program, found.version) == ("Live2Diff Camera", app_version())
    assert found.problems == ()


def test_without_our_root_it_is_valid_but_not_trusted(
    film: Path, installation: Callable[[str], Path]
) -> None:
    sign(film, MADE, marked=True)
    for roots in ("", foreign_root(installation)):
        found = read_credentials(film, roots)
        assert (found.valid, found.trusted) == (True, False)


def foreign_root(installation: Callable[[str], Path]) -> str:
    installation("somebody else's")
    return root()


def test_a_users_own_certificate_takes_its_place(
    film: Path, installation: Callable[[str], Path]
) -> None:
    own_identity()
    pem = installation("ours").read_bytes()
    path = installation("replaced")
    path.parent.mkdir(parents=True)
    path.write_bytes(pem)
    assert sign(film, MADE, marked=True) is None
    assert read_credentials(film, root()).trusted


@pytest.mark.parametrize("name", ["a.mp4", "a.png", "a.mkv"])
def test_a_flipped_byte_is_found(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, name)
    where = path.stat().st_size // 2
    sign(path, MADE, marked=True)
    data = bytearray(path.read_bytes())
    where = where if name != "a.png" else len(data) - 100
    data[where] ^= 1
    path.write_bytes(data)
    found = read_credentials(path, root())
    assert (found.present, found.valid, found.trusted) == (True, False, False)
    assert found.problems


def test_the_film_itself_stays_to_the_byte_and_plays(film: Path) -> None:
    before = film.read_bytes()
    sign(film, MADE, marked=True)
    assert film.read_bytes().startswith(before)
    with av.open(str(film)) as container:
        assert sum(1 for _ in container.decode(video=0)) == 12


def test_a_cut_file_has_no_valid_credentials(film: Path) -> None:
    sign(film, MADE, marked=True)
    data = film.read_bytes()
    film.write_bytes(data[: len(data) - 500])
    assert not read_credentials(film, root()).valid


def test_what_is_said_names_settings_and_no_person(film: Path) -> None:
    sign(film, MADE, marked=True)
    with c2pa.Reader(str(film)) as reader:
        text = reader.json()
    manifest = next(iter(json.loads(text)["manifests"].values()))
    (actions,) = [each for each in manifest["assertions"] if "actions" in each["label"]]
    created, watermarked = actions["data"]["actions"]
    assert created["parameters"]["style"] == "comic"
    assert created["parameters"]["strength"] == "0.8"
    assert watermarked["action"] == "c2pa.watermarked.bound"
    (binding,) = [each for each in manifest["assertions"] if each["label"] == "c2pa.soft-binding"]
    assert binding["data"]["alg"] == "live2diff-camera.spread-spectrum.1"
    assert "Jane" not in text


def test_what_is_unstyled_is_said(film: Path) -> None:
    live = LiveSettings("comic", composition=Composition(Styled.ROOM, Behind.BLURRED))
    sign(film, provenance_of("built-in", live, None), marked=True)
    with c2pa.Reader(str(film)) as reader:
        manifest = next(iter(json.loads(reader.json())["manifests"].values()))
    (actions,) = [each for each in manifest["assertions"] if "actions" in each["label"]]
    parameters = actions["data"]["actions"][0]["parameters"]
    assert (parameters["styled"], parameters["behind"]) == ("room", "blurred")


def test_what_was_changed_on_the_way_is_said(film: Path) -> None:
    history = History(MADE)
    for number in range(MOST_CHANGES + 5):
        style = "ink" if number % 2 else "oil"
        history.note(2.0 + 2 * number, replace(MADE, style=style))
    before = film.stat().st_size
    assert sign(film, MADE, marked=True, changes=history.changes) is None
    assert read_credentials(film, root()).trusted
    assert film.stat().st_size - before < 60_000
    with c2pa.Reader(str(film)) as reader:
        text = reader.json()
    manifest = next(iter(json.loads(text)["manifests"].values()))
    (actions,) = [each for each in manifest["assertions"] if "actions" in each["label"]]
    edited = [each for each in actions["data"]["actions"] if each["action"] == "c2pa.edited"]
    assert len(edited) == MOST_CHANGES
    first, last = edited[0]["parameters"], edited[-1]["parameters"]
    assert (first["from_second"], first["style"], first["strength"]) == ("2.0", "oil", "0.8")
    assert last["changes_before_not_listed"] == "5"
    assert "Jane" not in text


def test_without_the_invisible_mark_none_is_bound(film: Path) -> None:
    sign(film, MADE, marked=False)
    with c2pa.Reader(str(film)) as reader:
        text = reader.json()
    assert "soft-binding" not in text
    assert "watermarked" not in text


def test_a_failure_leaves_the_recording_as_it_was_and_is_told(
    film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = film.read_bytes()

    def fail(*_: object, **__: object) -> bytes:
        raise RuntimeError("the library broke")

    monkeypatch.setattr(signing, "_build", fail)
    error = sign(film, MADE, marked=True)
    assert error is not None
    assert "the library broke" in error.message
    assert film.read_bytes() == before


def test_a_disk_that_fills_up_leaves_the_recording_as_it_was(
    film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = film.read_bytes()

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    error = sign(film, MADE, marked=True)
    assert error is not None
    assert "No space left" in error.message
    assert film.read_bytes() == before


@pytest.mark.parametrize("name", ["a.avi", "unfinished.mp4", "missing.mp4"])
def test_what_cannot_be_signed_is_told(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name != "missing.mp4":
        path.write_bytes(b"\0\0\1\0ftypisom and then nothing")
    assert sign(path, MADE, marked=True) is not None


def test_an_old_sidecar_never_speaks_for_a_new_film(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, "a.mkv")
    sidecar_of(path).write_bytes(b"of an older film")
    monkeypatch.setattr(signing, "_build", lambda *_: 1 / 0)
    assert sign(path, MADE, marked=True) is not None
    assert not sidecar_of(path).exists()


def test_a_signed_snapshot_keeps_its_settings_and_its_picture(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    save_snapshot(path, StyledFrame(plain(1)[0], 0, 0.0), MADE)
    sign(path, MADE, marked=True)
    assert read_settings(path)["style"] == "comic"
    with Image.open(path) as image:
        assert (np.asarray(image) == plain(1)[0]).all()


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    assert not read_credentials(written(tmp_path, "a.mp4")).present
    assert not read_credentials(written(tmp_path, "b.mkv")).present
