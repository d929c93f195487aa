import json
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from cli import verify as command
from cli.verify import verify_files
from engine.errors import EngineError, SourceError
from engine.provenance.credentials.reading import Credentials
from engine.provenance.verification import Mark, Verification

NOTHING = Verification(Credentials(), Mark(present=False, score=0.0, looked_at=1))
MARKED = Verification(Credentials(), Mark(present=True, score=41.5, version="0.1.0", second=4.0))
FOREIGN = Verification(
    Credentials(present=True, valid=True, program="[b]Other[/b]", signer="Somebody"),
    Mark(present=False, score=0.0),
)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> None:
    known: Mapping[str, Verification] = {"n.mp4": NOTHING, "m.mp4": MARKED, "f.png": FOREIGN}

    def answer(path: Path, _roots: str) -> Verification:
        if path.name not in known:
            raise SourceError("{file} is no film.", "Choose a film.", file=path.name)
        return known[path.name]

    monkeypatch.setattr(command, "verify", answer)


def checked(*names: str, report: Path | None = None) -> tuple[int, str]:
    out = StringIO()
    status = verify_files([Path(name) for name in names], report, None, Console(file=out))
    return status, out.getvalue()


@pytest.mark.usefixtures("answers")
def test_the_exit_status_says_what_was_found() -> None:
    assert checked("m.mp4")[0] == 0
    assert checked("n.mp4")[0] == 1
    assert checked("f.png")[0] == 1
    assert checked("m.mp4", "n.mp4")[0] == 1


@pytest.mark.usefixtures("answers")
def test_it_is_said_in_words() -> None:
    assert "AI-made by Live2Diff Camera" in checked("m.mp4")[1]
    assert "version 0.1.0, from second 4" in checked("m.mp4")[1]
    assert "credentials: none" in checked("n.mp4")[1]
    assert "[b]Other[/b]" in checked("f.png")[1]  # as it is in the file, not as mark-up


@pytest.mark.usefixtures("answers")
def test_one_file_is_an_object_and_several_are_a_list(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    checked("m.mp4", report=report)
    one = json.loads(report.read_text())
    assert (one["file"], one["mark"]["present"], one["credentials"]["valid"]) == (
        "m.mp4",
        True,
        False,
    )
    checked("m.mp4", "n.mp4", report=report)
    assert [each["file"] for each in json.loads(report.read_text())] == ["m.mp4", "n.mp4"]


@pytest.mark.usefixtures("answers")
def test_bad_input_among_others_is_told_after_they_were_checked(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    with pytest.raises(EngineError, match="is no film"):
        checked("bad.mp4", "m.mp4", report=report)
    assert [each["file"] for each in json.loads(report.read_text())] == ["m.mp4"]


@pytest.mark.usefixtures("answers")
def test_a_report_that_cannot_be_written_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="cannot be written"):
        checked("m.mp4", report=tmp_path / "no" / "report.json")


@pytest.mark.usefixtures("answers")
def test_a_file_that_is_given_twice_is_told_twice(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    checked("m.mp4", "m.mp4", report=report)
    assert [each["file"] for each in json.loads(report.read_text())] == ["m.mp4", "m.mp4"]
