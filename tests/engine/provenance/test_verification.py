import threading
from pathlib import Path

import pytest

from engine.errors import EngineError, SourceError
from engine.provenance import verification
from engine.provenance.credentials.signing import sign
from engine.provenance.verification import read_roots, verify
from engine.video.sinks.metadata import Provenance
from tests.engine.provenance.films import marked, plain, write_film

MADE = Provenance("built-in", "comic", {"strength": "1"})


def test_a_file_that_was_encoded_anew_has_lost_its_credentials_but_not_its_mark(
    tmp_path: Path,
) -> None:
    path = write_film(tmp_path / "a.mp4", marked(), kbits=300)
    found = verify(path)
    assert not found.credentials.present
    assert found.mark.present
    assert (found.mark.version, found.mark.second) == ("3.17.5", 0)
    assert found.ai_made


def test_credentials_alone_say_it_too(tmp_path: Path) -> None:
    path = write_film(tmp_path / "a.mp4", plain(40))
    sign(path, MADE, marked=False)
    found = verify(path)
    assert (found.credentials.valid, found.credentials.trusted) == (True, True)  # our own root
    assert not found.mark.present
    assert found.ai_made


def test_altered_credentials_say_nothing(tmp_path: Path) -> None:
    path = write_film(tmp_path / "a.mp4", plain(40))
    sign(path, MADE, marked=False)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    found = verify(path)
    assert found.credentials.present
    assert not found.ai_made


def test_a_report_has_what_is_promised(tmp_path: Path) -> None:
    report = verify(write_film(tmp_path / "a.mp4", plain(40))).report()
    assert report["ai_made"] is False
    credentials, mark = report["credentials"], report["mark"]
    assert isinstance(credentials, dict)
    assert isinstance(mark, dict)
    assert (credentials["present"], credentials["valid"], credentials["trusted"]) == (False,) * 3
    assert (mark["present"], mark["version"]) == (False, None)
    assert isinstance(mark["score"], float)


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 3000, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff\xff\xff"]
)
def test_hostile_files_end_in_a_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(data)
    with pytest.raises(EngineError):
        verify(path)


def test_a_file_that_takes_too_long_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "_MOST_S", 0.01)
    with pytest.raises(EngineError, match="too much memory or time"):
        verify(write_film(tmp_path / "a.mp4", plain(20)))
    assert threading.active_count() < 10


def test_no_file_and_no_certificates_are_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="There is no file"):
        verify(tmp_path / "a.mp4")
    (tmp_path / "a.pem").write_text("nothing")
    with pytest.raises(SourceError, match="no certificates"):
        read_roots(tmp_path / "a.pem")
