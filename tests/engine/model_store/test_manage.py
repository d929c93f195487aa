"""What `models list | download | import | remove | verify` do."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import ModelError, SettingError
from engine.model_store.components import Role
from engine.model_store.manage import (
    Store,
    components_of,
    export_style,
    import_file,
    list_models,
    open_store,
    remove,
    verify,
)
from engine.model_store.resolve import resolve

SD15 = "live2diff-sd15"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "models")


@pytest.fixture
def lora(tmp_path: Path) -> Path:
    path = tmp_path / "My Fox (v2).safetensors"
    path.write_bytes(b"weights")
    return path


def reopened(store: Store) -> Store:
    return open_store(store.installed.folder)


def is_lora(_: Path) -> Role:
    return Role.LORA


def test_the_list_says_what_is_here_and_what_needs_a_token(store: Store) -> None:
    rows = {status.name: status for status in list_models(store)}
    assert rows["built-in"].installed
    assert not rows[SD15].installed
    assert rows[SD15].size > 2e9
    assert rows[f"{SD15}/felted"].needs_token
    assert not rows[SD15].needs_token


def test_a_model_in_a_style_needs_the_parts_of_both(store: Store) -> None:
    names = {part.name for part in components_of(f"{SD15}/felted", store.catalog)}
    assert {"sd15-base", "rev-animated", "felted-lora"} <= names


def test_an_imported_lora_becomes_a_style(store: Store, lora: Path) -> None:
    assert import_file(lora, store, is_lora) == f"{SD15}/my-fox-v2"
    style = reopened(store).catalog.style(SD15, "my-fox-v2")
    assert style.users_own
    assert store.installed.path_of(style.components[0]).read_bytes() == b"weights"


def test_the_same_name_twice_is_refused(store: Store, lora: Path) -> None:
    import_file(lora, store, is_lora)
    with pytest.raises(SettingError, match="already"):
        import_file(lora, reopened(store), is_lora)


def test_a_file_that_is_one_of_the_published_parts_becomes_that_part(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "live2diff.ckpt"
    path.write_bytes(b"motion")
    assert import_file(path, store, lambda _: Role.MOTION) == "live2diff-motion"
    assert verify(SD15, store)[-1] != "live2diff-motion/live2diff.ckpt"


def test_another_file_in_place_of_a_published_part_is_refused(store: Store, lora: Path) -> None:
    with pytest.raises(ModelError, match="LCM"):
        import_file(lora, store, lambda _: Role.FEW_STEP)


def test_a_shared_style_brings_hashes_and_no_weights(
    store: Store, lora: Path, tmp_path: Path
) -> None:
    import_file(lora, store, is_lora)
    shared = tmp_path / "shared.json"
    export_style(f"{SD15}/my-fox-v2", shared, reopened(store))
    other = open_store(tmp_path / "other computer")
    assert import_file(shared, other, is_lora) == f"{SD15}/my-fox-v2"
    [status] = [row for row in list_models(reopened(other)) if row.name.endswith("my-fox-v2")]
    assert not status.installed
    assert len(json.loads(shared.read_text())["components"][0]["files"][0]["digest"]) == 64


def test_remove_takes_the_users_style_away_altogether(store: Store, lora: Path) -> None:
    name = import_file(lora, store, is_lora)
    assert remove(name, reopened(store)) > 0
    with pytest.raises(SettingError):
        reopened(store).catalog.style(SD15, "my-fox-v2")


def test_remove_keeps_a_part_that_another_style_uses(store: Store, lora: Path) -> None:
    import_file(lora, store, is_lora)
    first = reopened(store).catalog.style(SD15, "my-fox-v2")
    catalog = store.catalog
    shared = replace(catalog, styles=(*catalog.styles, first, replace(first, name="twin")))
    assert remove(f"{SD15}/my-fox-v2", replace(store, catalog=shared)) == 0


def test_verify_names_what_is_missing(store: Store) -> None:
    assert "live2diff-motion/live2diff.ckpt" in verify(SD15, store)


def test_a_missing_file_cannot_be_imported(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no file"):
        import_file(tmp_path / "nothing.safetensors", store, is_lora)


def test_what_is_needed_names_what_is_not_here_and_how_to_get_it(store: Store) -> None:
    with pytest.raises(ModelError, match=r"models download live2diff-sd15/felted"):
        resolve(store.catalog, store.installed, SD15, "felted")
