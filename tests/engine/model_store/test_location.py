"""The folder of the models is the environment's, the chosen one or the platform's own."""

from pathlib import Path

import pytest

from engine.errors import SettingError
from engine.model_store import location
from engine.model_store.location import VARIABLE, choose_folder, models_folder


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(location, "config_dir", lambda: tmp_path / "config")
    monkeypatch.setattr(location, "data_dir", lambda: tmp_path / "data")


def test_the_platforms_own_folder_is_the_default(tmp_path: Path) -> None:
    assert models_folder() == tmp_path / "data" / "models"


def test_a_chosen_folder_is_remembered(tmp_path: Path) -> None:
    choose_folder(tmp_path / "big disk")
    assert models_folder() == tmp_path / "big disk"


def test_the_environment_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    choose_folder(tmp_path / "big disk")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "for now"))
    assert models_folder() == tmp_path / "for now"


def test_a_folder_that_cannot_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    with pytest.raises(SettingError, match="cannot hold"):
        choose_folder(tmp_path / "a file")


@pytest.mark.parametrize("content", [b"\xff\xfe", b"/a\0b", 6000 * b"a", b""])
def test_a_choice_that_is_not_a_path_counts_as_none(tmp_path: Path, content: bytes) -> None:
    choose_folder(tmp_path / "big disk")
    (tmp_path / "config" / "models_folder.txt").write_bytes(content)
    assert models_folder() == tmp_path / "data" / "models"


def test_a_chosen_folder_may_have_any_name(tmp_path: Path) -> None:
    choose_folder(tmp_path / "模型\u3000👩\u200d🎨")
    assert models_folder() == tmp_path / "模型\u3000👩\u200d🎨"
