"""What a component and a style may say of themselves, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import MissingComponentsError, ModelError, SettingError
from engine.model_store.catalog import load_catalog
from engine.model_store.components import (
    ComponentFile,
    Licence,
    ModelComponent,
    Role,
    check_name,
)
from engine.model_store.installed import InstalledModels
from engine.model_store.manage import import_file, open_store
from engine.model_store.resolve import components_needed, resolve
from engine.model_store.styles import LoraUse, StyleEntry, read_style, write_style

SD15 = "live2diff-sd15"
WEIGHTS = ComponentFile("fox.safetensors", "ab" * 32, 7)
FOX = ModelComponent("fox", "Fox", Role.LORA, (WEIGHTS,), Licence("CC0"))


def style(**changes: object) -> StyleEntry:
    plain = StyleEntry("fox", "Fox", SD15, loras=(LoraUse("fox"),), components=(FOX,))
    return replace(plain, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["fox", "a", "0.1", "my-fox_v2.1", "x" * 64])
def test_plain_names_are_valid(name: str) -> None:
    check_name(name)


@pytest.mark.parametrize(
    "name", ["", "Fox", "../fox", "a/b", ".hidden", "-fox", "x" * 65, "füchse"]
)
def test_a_name_that_could_name_another_folder_is_refused(name: str) -> None:
    with pytest.raises(ModelError) as caught:
        check_name(name)
    assert caught.value.message == f"'{name}' is not a valid name for a component or a style."
    assert caught.value.remedy.startswith("Use at most 64 lower-case letters")


@pytest.mark.parametrize(
    "path", ["", "/etc/passwd", "../up", "a/../../b", "a\\b", "C:\\x", "C:x", "a.bin:b"]
)
def test_a_file_outside_its_folder_is_refused(path: str) -> None:
    with pytest.raises(ModelError, match="not a valid file name") as caught:
        ComponentFile(path)
    assert caught.value.remedy == (
        "Use a short path within the component's own folder, without reserved names."
    )


@pytest.mark.parametrize("digest", ["abc", "AB" * 32, "g" * 64, "0" * 63, "0" * 41])
def test_a_digest_of_another_kind_is_refused(digest: str) -> None:
    with pytest.raises(ModelError, match="not a valid digest"):
        ComponentFile("a.bin", digest)


@pytest.mark.parametrize("digest", ["", "0" * 40, "f" * 64])
def test_a_digest_is_a_sha256_or_a_blob_id_or_nothing(digest: str) -> None:
    assert ComponentFile("folder/a.bin", digest).digest == digest


def test_a_component_needs_a_file() -> None:
    with pytest.raises(ModelError, match="The component fox lists no files"):
        replace(FOX, files=())


def test_a_component_knows_its_size_as_far_as_it_is_known() -> None:
    assert replace(FOX, files=(WEIGHTS, ComponentFile("b"))).size == 7


@pytest.mark.parametrize(
    ("revision", "pinned"), [("main", False), ("a" * 40, True), ("v1.5", False)]
)
def test_only_a_commit_always_stands_for_the_same_bytes(revision: str, pinned: bool) -> None:
    assert replace(FOX, revision=revision).pinned is pinned


@pytest.mark.parametrize("indices", [(30, 20), (20, 20), (-1,), (50,)])
def test_indices_that_do_not_rise_within_their_range_are_refused(indices: tuple[int, ...]) -> None:
    with pytest.raises(ModelError, match="must increase and lie between 0 and 49"):
        style(indices=indices)


@pytest.mark.parametrize("layers", [-1, 12])
def test_more_layers_than_there_are_cannot_be_left_out(layers: int) -> None:
    with pytest.raises(ModelError, match="clip_skip"):
        style(clip_skip=layers)


@pytest.mark.parametrize(
    "changes",
    [{"checkpoint": "gone"}, {"embeddings": ("gone",)}, {"loras": (LoraUse("gone"),)}],
)
def test_a_style_must_bring_what_it_uses(changes: dict[str, object]) -> None:
    with pytest.raises(ModelError, match="it uses gone, which is not among its components"):
        style(**changes)


def test_a_style_survives_the_way_to_its_file_and_back(tmp_path: Path) -> None:
    given = style(prompt="a fox, {}", indices=(10, 30), clip_skip=2)
    write_style(given, tmp_path / "fox.json")
    assert read_style(tmp_path / "fox.json") == given


def test_a_file_does_not_say_whether_it_is_the_users_own(tmp_path: Path) -> None:
    write_style(style(users_own=True, thumbnail=tmp_path), tmp_path / "fox.json")
    assert not read_style(tmp_path / "fox.json").users_own
    assert read_style(tmp_path / "fox.json", users_own=True).users_own


@pytest.mark.parametrize(
    ("template", "words", "prompt"),
    [
        ("{}", " a cat ", "a cat"),
        ("best, {}", "", "best"),
        ("{}, best", "", "best"),
        ("best", "a cat", "best"),
    ],
)
def test_the_users_words_stand_where_the_template_says(
    template: str, words: str, prompt: str
) -> None:
    assert style(prompt=template).prompt_for(words) == prompt
    assert style(prompt=template).takes_prompt is ("{}" in template)


def test_a_style_without_indices_has_no_strength_of_its_own() -> None:
    assert (style().strength, style().steps) == (None, None)
    assert (style(indices=(25, 40)).strength, style(indices=(25, 40)).steps) == (0.5, 2)


def test_each_part_is_needed_once() -> None:
    catalog = load_catalog()
    model = catalog.model(SD15)
    needed = components_needed(model, style(components=(FOX, model.components[0])))
    assert [part.name for part in needed].count(model.components[0].name) == 1
    assert needed[-1] == FOX


def install(models: InstalledModels, component: ModelComponent) -> None:
    """Files of a component that count as downloaded."""
    for file in component.files:
        path = models.path_of(component, file)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
        models.record(component, file, file.digest or "0" * 64, component.revision)


def test_a_style_that_is_complete_is_resolved_to_its_files(tmp_path: Path) -> None:
    catalog = load_catalog(tmp_path)
    chosen = catalog.style(SD15, "felted")
    models = InstalledModels(tmp_path)
    for component in components_needed(catalog.model(SD15), chosen):
        install(models, component)
    files = resolve(catalog, models, SD15, "felted")
    assert files.style == chosen
    assert files.motion.is_file()
    assert files.base.is_dir()
    assert files.few_step is not None
    assert files.few_step.path.is_file()
    assert [lora.scale for lora in files.loras] == [use.scale for use in chosen.loras]
    assert all(lora.path.is_file() for lora in files.loras)
    assert (files.checkpoint is not None) is bool(chosen.checkpoint)


def test_what_is_lacking_is_named_by_its_title(tmp_path: Path) -> None:
    catalog = load_catalog(tmp_path)
    with pytest.raises(MissingComponentsError) as caught:
        resolve(catalog, InstalledModels(tmp_path), SD15, "felted")
    assert all(part.title in caught.value.message for part in catalog.model(SD15).components)
    assert caught.value.remedy == f"Download it: python main.py models download {SD15}/felted"


def test_the_built_in_model_has_no_files_to_resolve(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="built-in is shipped"):
        resolve(load_catalog(), InstalledModels(tmp_path), "built-in", "comic")


def test_a_catalogue_without_a_part_is_told(tmp_path: Path) -> None:
    catalog = load_catalog(tmp_path)
    model = catalog.model(SD15)
    lesser = replace(model, components=tuple(c for c in model.components if c.role != Role.DEPTH))
    models = InstalledModels(tmp_path)
    for component in components_needed(lesser, catalog.style(SD15, "felted")):
        install(models, component)
    with pytest.raises(ModelError, match=f"The catalogue lists no depth for {SD15}"):
        resolve(replace(catalog, models=(lesser,)), models, SD15, "felted")


def test_a_file_whose_name_gives_no_name_needs_one(tmp_path: Path) -> None:
    path = tmp_path / "狐狸.safetensors"
    path.write_bytes(b"weights")
    store = open_store(tmp_path / "models")
    with pytest.raises(SettingError) as caught:
        import_file(path, store, lambda _: Role.LORA)
    assert caught.value.remedy == "Choose one with --name."
    assert import_file(path, store, lambda _: Role.LORA, "fox") == f"{SD15}/fox"


def test_a_disk_without_space_takes_no_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "fox.safetensors"
    path.write_bytes(b"weights")
    monkeypatch.setattr(InstalledModels, "free_bytes", lambda _: 3)
    with pytest.raises(ModelError) as caught:
        import_file(path, open_store(tmp_path / "models"), lambda _: Role.LORA)
    assert caught.value.message == "There is not enough space for fox.safetensors."


def test_a_folder_that_takes_no_files_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "fox.safetensors"
    path.write_bytes(b"weights")
    monkeypatch.setattr("engine.model_store.manage.shutil.copyfile", refuse)
    with pytest.raises(ModelError, match="cannot be copied: Permission denied"):
        import_file(path, open_store(tmp_path / "models"), lambda _: Role.LORA)


def test_a_role_that_stands_for_nothing_alone_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "base.safetensors"
    path.write_bytes(b"weights")
    with pytest.raises(ModelError, match="is a base, which cannot be imported by itself"):
        import_file(path, open_store(tmp_path / "models"), lambda _: Role.BASE)
