"""Styles and weights of the user's own neither replace nor remove what the catalogue names."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import EngineError, ModelError, SettingError
from engine.model_store.components import (
    LONGEST_PATH,
    ComponentFile,
    Licence,
    ModelComponent,
    Role,
    check_name,
)
from engine.model_store.manage import (
    Store,
    components_of,
    export_style,
    import_file,
    open_store,
    remove,
)
from engine.model_store.styles import StyleEntry, write_style

SD15 = "live2diff-sd15"
FREE = Licence("MIT")
WEIGHTS = ComponentFile("weights.safetensors")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "models")


def reopened(store: Store) -> Store:
    return open_store(store.installed.folder)


def is_lora(_: Path) -> Role:
    return Role.LORA


def style_file(folder: Path, name: str, *components: ModelComponent) -> Path:
    path = folder / f"{name}.json"
    write_style(StyleEntry(name, name.title(), SD15, components=components), path)
    return path


def component(name: str, repo: str = "somebody/weights") -> ModelComponent:
    return ModelComponent(name, name, Role.LORA, (WEIGHTS,), FREE, repo=repo)


def install(store: Store, part: ModelComponent, content: bytes) -> Path:
    """As a download does."""
    path = store.installed.path_of(part)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    store.installed.record(part, part.files[0], "a" * 64, part.revision)
    return path


def published(store: Store, name: str) -> ModelComponent:
    return store.catalog.published[name]


@pytest.mark.parametrize("name", ["sd15-base", "taesd", "live2diff-motion", "felted-lora"])
def test_a_style_with_another_component_of_the_catalogues_name_is_refused(
    store: Store, tmp_path: Path, name: str
) -> None:
    evil = style_file(tmp_path, "evil", component(name, "evil/weights"))
    with pytest.raises(ModelError, match=f"another {name} than the catalogue's"):
        import_file(evil, store, is_lora)
    assert not list(store.installed.folder.rglob("*.json"))


@pytest.mark.parametrize(
    "change",
    [
        {"repo": "evil/taesd"},
        {"files": (ComponentFile("config.json", "0" * 64),)},
        {"files": (ComponentFile("installed.bin"),)},
    ],
)
def test_repository_digests_and_files_all_have_to_agree(
    store: Store, tmp_path: Path, change: dict[str, object]
) -> None:
    other = replace(published(store, "taesd"), **change)  # type: ignore[arg-type]
    with pytest.raises(ModelError, match="another taesd"):
        import_file(style_file(tmp_path, "evil", other), store, is_lora)


def test_a_style_that_uses_the_catalogues_own_component_shares_it(
    store: Store, tmp_path: Path
) -> None:
    shared = replace(published(store, "rev-animated"), revision="elsewhere", title="Mine")
    import_file(style_file(tmp_path, "mine", shared), store, is_lora)
    [part] = reopened(store).catalog.style(SD15, "mine").components
    assert part == published(store, "rev-animated")


def test_a_style_laid_into_the_folder_by_hand_cannot_replace_a_component(store: Store) -> None:
    store.installed.styles.mkdir(parents=True)
    style_file(store.installed.styles, "evil", component("sd15-base", "evil/weights"))
    again = reopened(store)
    assert "another sd15-base" in str(again.catalog.problems[0])
    assert all(part.repo != "evil/weights" for part in components_of(SD15, again.catalog))


def test_a_style_that_is_left_out_can_still_be_removed(store: Store) -> None:
    store.installed.styles.mkdir(parents=True)
    path = style_file(store.installed.styles, "evil", component("sd15-base", "evil/weights"))
    kept = install(store, published(store, "sd15-base"), b"base")
    assert remove(f"{SD15}/evil", reopened(store)) == 0
    assert not path.exists()
    assert kept.exists()


def test_two_styles_with_components_of_one_name_have_one_each(store: Store, tmp_path: Path) -> None:
    for name in ("first", "second"):
        import_file(style_file(tmp_path, name, component("lora", f"{name}/x")), store, is_lora)
    store = reopened(store)
    parts = [store.catalog.style(SD15, name).components[0] for name in ("first", "second")]
    paths = [install(store, part, part.owner.encode()) for part in parts]
    assert [path.read_bytes() for path in paths] == [b"first", b"second"]
    assert remove(f"{SD15}/first", store) > 0
    assert [path.exists() for path in paths] == [False, True]


def test_own_weights_lie_apart_from_the_catalogues(store: Store, tmp_path: Path) -> None:
    (tmp_path / "fox.safetensors").write_bytes(b"fox")
    import_file(tmp_path / "fox.safetensors", store, is_lora)
    assert (store.installed.folder / "own" / "fox" / "fox" / "fox.safetensors").is_file()
    assert not (store.installed.folder / "parts").exists()


def test_own_weights_cannot_have_the_name_of_a_shipped_component(
    store: Store, tmp_path: Path
) -> None:
    (tmp_path / "taesd.safetensors").write_bytes(b"mine")
    with pytest.raises(SettingError, match="--name"):
        import_file(tmp_path / "taesd.safetensors", store, is_lora)


def test_removing_a_shipped_style_keeps_own_files(store: Store, tmp_path: Path) -> None:
    (tmp_path / "felted.safetensors").write_bytes(b"mine")
    import_file(tmp_path / "felted.safetensors", store, is_lora, "my-felt")
    own = store.installed.folder / "own" / "my-felt"
    install(store, published(store, "felted-lora"), b"shipped")
    assert remove(f"{SD15}/felted", reopened(store)) > 0
    assert list(own.rglob("*.safetensors"))


def test_removing_an_own_style_keeps_what_the_catalogue_names(store: Store, tmp_path: Path) -> None:
    shared = published(store, "taesd")
    import_file(style_file(tmp_path, "mine", shared, component("lora")), store, is_lora)
    store = reopened(store)
    kept = install(store, shared, b"shared")
    gone = install(store, store.catalog.style(SD15, "mine").components[1], b"own")
    remove(f"{SD15}/mine", store)
    assert (kept.exists(), gone.exists()) == (True, False)
    assert not (store.installed.folder / "own" / "mine").exists()
    assert not list(store.installed.styles.iterdir())


def test_a_style_shared_again_names_no_folder_of_its_owner(store: Store, tmp_path: Path) -> None:
    import_file(style_file(tmp_path, "mine", component("lora")), store, is_lora)
    export_style(f"{SD15}/mine", tmp_path / "shared.json", reopened(store))
    assert "owner" not in json.loads((tmp_path / "shared.json").read_text())["components"][0]


def test_a_style_file_cannot_claim_to_own_anything(store: Store, tmp_path: Path) -> None:
    path = style_file(tmp_path, "mine", component("lora"))
    path.write_text(path.read_text().replace('"lora"', '"lora", "owner": ""', 1))
    import_file(path, store, is_lora)
    assert reopened(store).catalog.style(SD15, "mine").components[0].owner == "mine"


@pytest.mark.parametrize(
    "path",
    [
        "", ".", "..", "a/./b", "a//b", "/a", "a/", "../a", "a\\b", "C:a", "a:stream", "a\0b",
        "a\nb", "a.", "a ", "installed.json", "sub/Installed.JSON", "NUL", "nul.safetensors",
        "sub/COM1.bin", "a.partial", "x" * (LONGEST_PATH + 1), "a?", "a*",
    ],
)  # fmt: skip
def test_a_file_name_that_is_reserved_or_unsafe_is_refused(path: str) -> None:
    with pytest.raises(ModelError, match="not a valid file name"):
        ComponentFile(path)


@pytest.mark.parametrize(
    "path", ["a", "unet/config.json", "My Fox (v2).safetensors", "reinstalled.json"]
)
def test_a_usual_file_name_is_accepted(path: str) -> None:
    assert ComponentFile(path).path == path


@pytest.mark.parametrize(
    "name", ["con", "nul", "com1", "lpt9.lora", "aux.x", "dot.", "", "A", "a/b"]
)
def test_a_name_that_no_folder_can_have_everywhere_is_refused(name: str) -> None:
    with pytest.raises(ModelError, match="not a valid name"):
        check_name(name)


@pytest.mark.parametrize(
    "repo", ["x", "../x", "a/../../b", "/etc", "a/b/c", "a/", "a\\b", "a/b\n", "C:/x", "a/b?c"]
)
def test_what_is_no_repository_of_the_hub_is_refused(repo: str) -> None:
    with pytest.raises(ModelError, match="not a valid repository"):
        component("lora", repo)


def test_a_component_lists_no_file_twice() -> None:
    files = (ComponentFile("a.bin"), ComponentFile("A.bin"))
    with pytest.raises(EngineError, match="one twice"):
        ModelComponent("x", "x", Role.LORA, files, FREE)


@pytest.mark.parametrize("name", ["live2diff-motion", "felted-lora"])
def test_what_an_imported_style_once_put_in_the_catalogues_place_does_not_count(
    store: Store, name: str
) -> None:
    """Neither has a digest on record."""
    part = published(store, name)
    install(store, part, b"shipped")
    assert store.installed.has(part)
    install(store, replace(part, revision="e" * 40), b"somebody's")
    assert not store.installed.has(part)
