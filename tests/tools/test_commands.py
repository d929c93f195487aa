"""What the developers' tools do when they are called, and the status they end with."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tools import lock, release_check, site, translations
from tools.site import BrokenLinkError

Call = list[str]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Call]:
    """uv is here and resolves to two packages; what it was called with."""
    made: list[Call] = []

    def run(command: Call, **_: object) -> subprocess.CompletedProcess[str]:
        made.append(command)
        return subprocess.CompletedProcess(command, 0, "numpy==2\ntriton==3\n", "")

    monkeypatch.setattr("tools.lock.shutil.which", lambda name: f"/bin/{name}")
    monkeypatch.setattr("tools.lock.subprocess.run", run)
    monkeypatch.setattr(lock, "FOLDER", tmp_path)
    return made


def test_both_lock_files_are_written_without_what_cuda_needs(
    calls: list[Call], tmp_path: Path
) -> None:
    assert lock.main() == 0
    assert {path.name for path in tmp_path.iterdir()} == set(lock.LOCKS)
    for path in tmp_path.iterdir():
        assert path.read_text() == lock.HEADER + "numpy==2\n"


def test_each_file_has_its_extras_and_a_hash_for_every_system(calls: list[Call]) -> None:
    lock.main()
    resolving = [call for call in calls if "compile" in call]
    for call, extras in zip(resolving, lock.LOCKS.values(), strict=True):
        assert {f"--extra={extra}" for extra in extras} <= set(call)
        assert {"--universal", "--generate-hashes", "--no-emit-package=torch"} <= set(call)


def test_without_uv_it_is_said_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tools.lock.shutil.which", lambda _: None)
    assert lock.main() == 2
    assert capsys.readouterr().err == "uv is not installed. Install it: pip install uv\n"


def test_what_cannot_be_resolved_changes_no_file(
    calls: list[Call],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise subprocess.CalledProcessError(3, [], "", "no such version\n")

    monkeypatch.setattr("tools.lock.subprocess.run", fail)
    assert lock.main() == 3
    assert capsys.readouterr().err == "no such version\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("found", "status", "said"),
    [([], 0, "Ready for release.\n"), (["no date", "no host"], 1, "no date\nno host\n")],
)
def test_a_release_is_checked_with_a_status(
    found: list[str],
    status: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(release_check, "problems", lambda: found)
    assert release_check.main() == status
    assert capsys.readouterr().out == said


def test_a_broken_link_ends_the_site_with_its_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise BrokenLinkError("README.md links to gone.md, which does not exist")

    monkeypatch.setattr(site, "gather", broken)
    assert site.main() == 1
    assert capsys.readouterr().err.startswith("error: README.md links to gone.md")


def test_a_site_without_broken_links_ends_with_0(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "gather", lambda: None)
    assert site.main() == 0


LINGUIST = """<?xml version="1.0" encoding="utf-8"?>
<TS version="2.1"><context><name>Pane</name>
<message><source>Go</source><translation>Los</translation></message>
<message><source>Stop</source><translation type="unfinished">Halt</translation></message>
<message><source>Wait</source></message>
</context></TS>
"""


@pytest.fixture
def linguist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Call]:
    """A folder of translations, of which one is done; what Qt's tools were called with."""
    called: list[Call] = []
    for code in translations.TRANSLATED:
        (tmp_path / f"live2diff_{code}.ts").write_text(LINGUIST, encoding="utf-8")
    monkeypatch.setattr(translations, "TRANSLATIONS", tmp_path)
    monkeypatch.setattr(translations, "_run", lambda *words: called.append(list(words)))
    return called


def test_only_a_finished_translation_counts(linguist: list[Call], tmp_path: Path) -> None:
    found = translations.texts(tmp_path / "live2diff_de.ts")
    assert found == {("Pane", "Go"): "Los", ("Pane", "Stop"): "", ("Pane", "Wait"): ""}


def test_what_is_still_to_be_translated_is_listed(
    linguist: list[Call], capsys: pytest.CaptureFixture[str]
) -> None:
    assert translations.main() == 1
    lines = capsys.readouterr().out.splitlines()
    assert "live2diff_de.ts: Pane: Stop" in lines
    assert len(lines) == 2 * len(translations.TRANSLATED)


def test_every_language_is_gathered_and_compiled(linguist: list[Call]) -> None:
    translations.main()
    gathered, *compiled = linguist
    assert gathered[0] == "pyside6-lupdate"
    assert [call[0] for call in compiled] == ["pyside6-lrelease"] * len(translations.TRANSLATED)
    for code, call in zip(translations.TRANSLATED, compiled, strict=True):
        assert call[1].endswith(f"live2diff_{code}.ts")
        assert call[3].endswith(f"live2diff_{code}.qm")
        assert any(word.endswith(f"live2diff_{code}.ts") for word in gathered)


def test_complete_translations_end_with_0(linguist: list[Call], tmp_path: Path) -> None:
    done = LINGUIST.replace(' type="unfinished"', "").replace(
        "<source>Wait</source>", "<source>Wait</source><translation>Warten</translation>"
    )
    for path in tmp_path.glob("*.ts"):
        path.write_text(done, encoding="utf-8")
    assert translations.main() == 0


def test_a_sentence_with_quotes_reaches_linguist_as_it_is() -> None:
    assert translations._quoted('Say "AI" – 你好') == '"Say \\"AI\\" – 你好"'
