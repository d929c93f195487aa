"""`python main.py models ...`, on an empty folder and a small file."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.progress import Progress as ProgressBar
from typer.testing import CliRunner, Result

from cli import app, models
from engine.errors import EngineError
from engine.events import Progress, ProgressKind
from engine.model_store.catalog import load_catalog
from engine.model_store.components import ModelComponent, Role
from engine.model_store.location import VARIABLE

SD15 = "live2diff-sd15"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "models"))
    monkeypatch.setattr(models.console, "_width", 240)
    return tmp_path / "models"


@pytest.fixture
def lora(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that is recognised as a LoRA."""
    monkeypatch.setattr(
        "engine.model.checkpoints.recognise.recognise", lambda _: Role.LORA, raising=True
    )
    path = tmp_path / "fox.safetensors"
    path.write_bytes(b"weights")
    return path


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(app.app, ["models", *arguments], env={"COLUMNS": "240"})


def said(*arguments: str) -> str:
    result = invoke(*arguments)
    assert result.exit_code == 0, result.output
    return result.output


def refused(*arguments: str) -> EngineError:
    error = invoke(*arguments).exception
    assert isinstance(error, EngineError)
    return error


def test_every_model_and_downloadable_style_is_listed_by_the_name_to_type(folder: Path) -> None:
    text = said("list")
    catalog = load_catalog()
    assert all(model.name in text for model in catalog.models)
    downloadable = [style for style in catalog.styles_of(SD15) if style.components]
    assert all(f"{SD15}/{style.name}" in text for style in downloadable)
    assert str(folder) in text


def test_only_the_built_in_model_is_here_from_the_start() -> None:
    rows = [line.split("│")[1:-1] for line in said("list").splitlines() if "│" in line]
    assert {row[-1].strip() for row in rows if row[1].strip() == "yes"} == {"built-in"}


def test_a_broken_style_of_the_users_is_named_in_the_list(folder: Path) -> None:
    (folder / "styles").mkdir(parents=True)
    (folder / "styles" / "odd.json").write_text("{")
    assert "odd.json" in said("list")


def test_a_file_is_imported_exported_and_removed(lora: Path, tmp_path: Path) -> None:
    assert f"Imported as {SD15}/fox." in said("import", str(lora))
    assert f"{SD15}/fox" in said("list")
    assert "wrote" in said("export", f"{SD15}/fox", str(tmp_path / "fox.json"))
    assert (tmp_path / "fox.json").is_file()
    assert "freed" in said("remove", f"{SD15}/fox")
    assert f"{SD15}/fox" not in said("list")


def test_an_import_may_be_given_a_name(lora: Path) -> None:
    assert f"Imported as {SD15}/reynard." in said("import", str(lora), "--name", "reynard")


def test_what_cannot_be_imported_is_refused(tmp_path: Path) -> None:
    error = refused("import", str(tmp_path / "gone.safetensors"))
    assert error.message.startswith("There is no file")


def test_a_model_that_lacks_files_is_not_verified() -> None:
    error = refused("verify", SD15)
    assert "live2diff-motion/live2diff.ckpt" in error.message
    assert error.remedy == f"Download them again: python main.py models download {SD15}"


def test_an_unknown_name_is_refused_with_those_there_are() -> None:
    for command in ("verify", "remove", "download"):
        assert "huge" in refused(command, "huge").message


def test_a_download_without_a_terminal_accepts_no_terms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    result = invoke("download", SD15)
    assert result.exit_code != 0
    assert "http" in result.output, "the terms are shown before anything is asked for"


def test_what_was_typed_for_a_download_arrives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, object, bool]] = []
    component = load_catalog().model(SD15).components[0]

    def download(name: str, _store: object, accept: object, **given: object) -> None:
        asked.append((name, given["options"], accept(component)))  # type: ignore[operator]

    monkeypatch.setattr("cli.models.commands.download", download)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    text = said(
        "download", SD15, "--mirror", "https://m.example", "--local", str(tmp_path),
        "--accept-licences",
    )  # fmt: skip
    ((name, options, accepted),) = asked
    assert (name, accepted) == (SD15, True)
    assert (options.mirror, options.local) == ("https://m.example", tmp_path)  # type: ignore[attr-defined]
    assert options.offline  # type: ignore[attr-defined]
    assert f"{SD15} is ready." in text


def test_a_licence_is_shown_with_where_to_read_it(capsys: pytest.CaptureFixture[str]) -> None:
    component: ModelComponent = load_catalog().model(SD15).components[0]
    assert not models._ask(component)
    shown = capsys.readouterr().out
    assert component.licence.name in shown
    assert component.licence.url in shown


def test_the_models_can_be_kept_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setattr("engine.model_store.location.config_dir", lambda: tmp_path / "config")
    assert str(tmp_path / "disk") in said("folder", str(tmp_path / "disk"))
    assert str(tmp_path / "disk") in said("list")


def test_a_token_goes_to_the_key_store_and_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []
    monkeypatch.setattr("engine.model_store.download.tokens.keep_civitai_token", kept.append)
    result = CliRunner().invoke(app.app, ["models", "token"], input="secret-1\n")
    assert kept == ["secret-1"]
    assert "secret-1" not in result.output
    assert "Stored in the system's key store." in result.output


def test_each_part_of_the_work_has_a_bar_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    bars: list[ProgressBar] = []

    class Kept(ProgressBar):
        def start(self) -> None:
            bars.append(self)

    monkeypatch.setattr(models, "ProgressBar", Kept)
    with models._bar() as listen:
        listen(Progress(ProgressKind.DOWNLOADING, 10, 100, "base"))
        listen(Progress(ProgressKind.DOWNLOADING, 90, 100, "base"))
        listen(Progress(ProgressKind.DOWNLOADING, 5, 0, "depth"))
    found = [(task.description, task.completed, task.total) for task in bars[0].tasks]
    assert found == [("base", 90, 100), ("depth", 5, None)]
