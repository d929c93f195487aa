"""A log and the report name no file, no window, no person, and repeat no signed address."""

import logging
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from engine.errors import DownloadError, ModelError, SourceError
from engine.model_store.download.client import new_client
from engine.model_store.download.transfer import RemoteFile, Transfer
from engine.video.sources.file import FileSource
from gui.log_setup import LastLines, report, start_logging, stop_logging
from gui.state.json_files import load_json
from gui.state.preferences import Preferences
from tests.engine.doubles import ListSink, ScriptedSource, Stage
from tests.engine.model_store.hub import redirect, refusal, running_hub

PERSON = "Jane Doe at the Big Bank"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[LastLines]:
    lines = start_logging(tmp_path / "log")
    yield lines
    stop_logging(lines)


def written(log: LastLines, tmp_path: Path) -> str:
    """All that the program has written: the file, the window's lines, the report."""
    file = (tmp_path / "log" / "live2diff.log").read_text(encoding="utf-8")
    return file + log.text() + report(log, "")


def failing(error: Exception) -> ScriptedSource:
    """A source named after a person, that fails at its third frame."""
    source = ScriptedSource(9, live=False, fault=lambda number: error if number == 2 else None)
    source.name = f"{PERSON}.mp4"
    return source


def test_a_session_with_a_file_named_after_a_person_logs_its_kind(
    log: LastLines, tmp_path: Path
) -> None:
    source = ScriptedSource(9, live=False)
    source.name = f"{PERSON}.mp4"
    Stage(source).run(ListSink())
    assert "ScriptedSource: 64x64" in log.text()
    assert "Jane" not in written(log, tmp_path)


@pytest.mark.parametrize(
    "error",
    [
        FileNotFoundError(2, "No such file or directory", f"/films/{PERSON}.mp4"),
        OSError(5, "Input/output error", f"/films/{PERSON}'s.mp4"),
        RuntimeError(f"cannot decode '/films/{PERSON}.mp4'"),
    ],
)
def test_a_source_that_fails_is_logged_without_its_name(
    log: LastLines, tmp_path: Path, error: Exception
) -> None:
    Stage(failing(error)).run(ListSink())
    assert "ScriptedSource failed" in log.text()
    assert type(error).__name__ in log.text()
    assert "Jane" not in written(log, tmp_path)


def test_a_real_file_that_is_damaged_is_logged_without_its_name(
    log: LastLines, tmp_path: Path
) -> None:
    film = tmp_path / f"{PERSON}.mp4"
    film.write_bytes(b"no film")
    logging.getLogger().setLevel(logging.DEBUG)
    try:
        with pytest.raises(SourceError, match="Jane"):  # the user is told which
            FileSource(film).open()
    finally:
        logging.getLogger().setLevel(logging.INFO)
    assert "opening a video" in log.text()
    assert "Jane" not in written(log, tmp_path)


def test_an_error_of_ours_is_logged_with_its_figures_and_without_its_names(
    log: LastLines, tmp_path: Path
) -> None:
    error = SourceError("{path} has {size} bytes.", "Choose another.", path=PERSON, size=7)
    logging.getLogger("x").warning("it failed: %s", error)
    other = ModelError("{file} is damaged: {reason}.", "", file=PERSON, reason="odd")
    other.__cause__ = error
    logging.getLogger("x").error("and so did that", exc_info=other)
    assert "it failed: … has 7 bytes." in log.text()
    assert "… is damaged: odd." in log.text()
    assert "Jane" not in written(log, tmp_path)


def test_the_lines_of_a_traceback_keep_their_places(log: LastLines) -> None:
    Stage(failing(RuntimeError("odd"))).run(ListSink())
    assert 'capture.py", line' in log.text()


def test_a_preset_that_cannot_be_read_is_logged_without_its_name(
    log: LastLines, tmp_path: Path
) -> None:
    path = tmp_path / f"{PERSON}.preset.json"
    path.write_text("[]")
    assert load_json(path, Preferences) is None
    assert "is set aside" in log.text()
    assert "Jane" not in written(log, tmp_path)


def test_a_redirect_to_a_signed_address_never_reaches_the_log(
    log: LastLines, tmp_path: Path
) -> None:
    with running_hub() as hub, new_client() as client:
        hub.put("owner/name", "a.bin", b"weights")
        remote = RemoteFile(f"{hub.url}/owner/name/resolve/main/a.bin", "a.bin")
        signed = f"{remote.url}?X-Amz-Signature=SIGNED-SECRET"
        hub.moods["owner/name/a.bin"].extend([redirect(signed), refusal(403)])
        with pytest.raises(DownloadError) as failed:
            Transfer(client).download(remote, tmp_path / "a.bin")
        logging.getLogger("x").error("download", exc_info=failed.value)
    assert "SECRET" not in str(failed.value) + written(log, tmp_path)


def test_an_address_in_a_librarys_own_line_loses_its_signature(log: LastLines) -> None:
    url = httpx2.URL("https://cdn.example/a.bin?X-Amz-Signature=SIGNED-SECRET")
    logging.getLogger("huggingface_hub").warning("thrown while requesting GET %s", url)
    assert "requesting GET https://cdn.example/a.bin" in log.text()
    assert "SECRET" not in log.text()
