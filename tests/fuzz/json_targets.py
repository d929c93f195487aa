"""Presets, preferences, styles and catalogues through the product's own readers."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from engine.errors import EngineError
from engine.files.json_data import to_json
from engine.frames import Size
from engine.model_store.catalog import load_catalog
from engine.model_store.components import ComponentFile, Licence, ModelComponent, Role
from engine.model_store.installed import InstalledModels, InstallRecord
from engine.model_store.manage import Store, import_file, list_models
from engine.model_store.resolve import resolve
from engine.model_store.styles import LoraUse, StyleEntry, read_style
from engine.paths import RESOURCES
from engine.settings import Blend, BuildSettings, Character, InputSettings, LiveSettings
from gui.state.preferences import Preferences, PreferenceStore
from gui.state.presets import FOLDER, SUFFIX, Preset, PresetStore, read_preset, write_preset

_LIVE = LiveSettings(
    "ink", Blend("oil", 0.3), strength=0.7, seed=3, prompt="a {} portrait",
    character=Character(1.6, (62, 118, 196), None, 0.5, 1.5),
)  # fmt: skip
_LORA = ModelComponent(
    "strokes",
    "Strokes",
    Role.LORA,
    (ComponentFile("strokes.safetensors", "a" * 64, 1234), ComponentFile("sub/b.json", "", 3)),
    Licence("CC BY 4.0", "https://example.invalid/terms"),
    repo="somebody/strokes",
    civitai=123,
)
_STYLE = StyleEntry(
    "strokes-own", "Strokes", "live2diff-sd15", "Broad strokes.", prompt="strokes, {}",
    indices=(30, 40), loras=(LoraUse("strokes", 0.8),), clip_skip=1, source="somebody",
    licence="CC BY 4.0", components=(_LORA,),
)  # fmt: skip


def presets() -> Sequence[bytes]:
    return [_encoded(Preset("Sunday", live=_LIVE)), _encoded(Preset("x"))]


def preferences() -> Sequence[bytes]:
    full = Preferences(
        InputSettings("camera:Brio", Size(1280, 720), 30.0),
        BuildSettings(size=Size(384, 384)),
        _LIVE,
        favourites=("ink", "oil"),
        folder="/tmp/films",
    )
    return [_encoded(full), b'{"language": "de", "live": {"smoothness": 0.5}}']


def styles() -> Sequence[bytes]:
    shipped = sorted((RESOURCES / "catalog" / "styles").glob("*.json"))
    return [_encoded(_STYLE), *(path.read_bytes() for path in shipped)]


def catalogues() -> Sequence[bytes]:
    return [(RESOURCES / "catalog" / "models.json").read_bytes()]


def manifests() -> Sequence[bytes]:
    return [_encoded(InstallRecord("main", _LORA.files))]


def read_as_preset(path: Path) -> None:
    """Shared by somebody, and in the user's own folder; then written and read again."""
    own = path.parent / FOLDER / f"a{SUFFIX}"
    own.parent.mkdir(exist_ok=True)
    shutil.copyfile(path, own)
    _without_exception(lambda: PresetStore(path.parent).all())
    preset = read_preset(path)
    write_preset(path, preset)
    _expect(read_preset(path) == preset, "a preset is another one once it is written and read")


def read_as_preferences(path: Path) -> None:
    """Never an exception; what is loaded can be saved and is the same afterwards."""
    _without_exception(lambda: _load_and_save(PreferenceStore(path)))


def _load_and_save(store: PreferenceStore) -> None:
    loaded = store.load()
    store.save(loaded)
    _expect(store.load() == loaded, "preferences are others once they are saved and loaded")


def read_as_style(path: Path) -> None:
    """In the user's folder, where it must stop nothing; and imported from a stranger."""
    models = _fresh(path.parent / "models")
    own = models / "styles" / "a.json"
    own.parent.mkdir(parents=True)
    shutil.copyfile(path, own)
    _without_exception(lambda: _use(_store(models)))
    own.unlink()
    read_style(path)
    _import(path, _store(models))


def _import(path: Path, store: Store) -> None:
    file = path.with_suffix(".json")
    shutil.copyfile(path, file)
    import_file(file, store, lambda _: Role.LORA)
    problems = _store(store.installed.folder).catalog.problems
    _expect(not problems, f"a style is imported that cannot be loaded: {problems}")


def _use(store: Store) -> None:
    """What `models list` does, and what the start of a stream asks for."""
    list_models(store)
    for style in store.catalog.styles:
        if style.users_own and style.model == "live2diff-sd15":
            try:
                resolve(store.catalog, store.installed, style.model, style.name)
            except EngineError:  # its components are not here
                continue


def read_as_catalogue(path: Path) -> None:
    """As the shipped list of models: a broken one is refused."""
    resources = _small_resources(path.parent)
    shutil.copyfile(path, resources / "catalog" / "models.json")
    models = path.parent / "none"
    list_models(Store(load_catalog(models, resources), InstalledModels(models)))


def read_as_manifest(path: Path) -> None:
    """The record of an installed component: a broken one counts as none."""
    installed = InstalledModels(path.parent / "models")
    folder = installed.folder_of(_LORA)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, folder / "installed.json")
    for file in _LORA.files:
        target = installed.path_of(_LORA, file)
        target.parent.mkdir(exist_ok=True)
        target.touch()
    _without_exception(lambda: (installed.missing(_LORA), installed.verify(_LORA)))
    installed.pinned(_LORA)


def _small_resources(folder: Path) -> Path:
    """The shipped list of models with a few of its styles, which are read faster than all."""
    resources = folder / "resources"
    if not resources.exists():
        (resources / "catalog" / "styles").mkdir(parents=True)
        for name in ("models.json", "styles/comic.json", "styles/toonyou.json"):
            shutil.copyfile(RESOURCES / "catalog" / name, resources / "catalog" / name)
    return resources


def _store(models: Path) -> Store:
    catalog = load_catalog(models, _small_resources(models.parent))
    return Store(catalog, InstalledModels(models))


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def _encoded(value: object) -> bytes:
    return to_json(value).encode()


def _without_exception(work: object) -> None:
    assert callable(work)
    try:
        work()
    except EngineError as error:
        raise AssertionError(f"{type(error).__name__} where none is allowed: {error}") from error


def _expect(held: bool, otherwise: str) -> None:
    if not held:
        raise AssertionError(otherwise)
