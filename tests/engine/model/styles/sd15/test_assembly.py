"""The published model as the program runs it: found in the library, loaded, streamed, restyled."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from engine.accelerators import COMPILE, EAGER, TENSORRT, XFORMERS
from engine.errors import DeviceError, ModelError, SettingError
from engine.frames import Frame, Size, StyledFrame
from engine.interfaces import Wait
from engine.model import factory
from engine.model.acceleration import optional_packages as extras
from engine.model.acceleration.background_compile import BackgroundCompiler, CompiledFn
from engine.model.acceleration.base import AccelerationTarget
from engine.model.acceleration.functional_unet import FunctionalUNet
from engine.model.acceleration.registry import ACCELERATORS
from engine.model.acceleration.torch_compile import CapturedGraph, CudaGraphReplayer
from engine.model.styles.sd15 import assembly as published_style
from engine.model.styles.sd15.assembly import InstalledModel
from engine.model.translator import DiffusionTranslator, Hardware
from engine.model_store.catalog import Catalog, load_catalog
from engine.model_store.components import ComponentFile, Licence, ModelComponent, Role
from engine.model_store.installed import InstalledModels
from engine.model_store.styles import LoraUse, StyleEntry
from engine.settings import Blend, BuildSettings, CachePrecision, LiveSettings
from tests.engine.doubles import step
from tests.engine.model.styles.sd15.tiny import kohya_lora, write_small_model

CPU, SIZE = torch.device("cpu"), Size(64, 64)
SETTINGS = LiveSettings(style="own", strength=0.4, steps=2, flicker_reduction=0.0)
FREE = Licence("free", "")
NAME = "live2diff-sd15"


def installed(library: InstalledModels, name: str, role: Role, folder: Path) -> ModelComponent:
    """Put a folder's files into the library as a part."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    files = tuple(ComponentFile(path.relative_to(folder).as_posix()) for path in paths)
    part = ModelComponent(name, name, role, files, FREE)
    library.folder_of(part).parent.mkdir(parents=True, exist_ok=True)
    folder.rename(library.folder_of(part))
    for file in files:
        library.record(part, file, "0" * 64, "imported")
    return part


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> InstalledModel:
    """A small model, fetched, with a style of its own words and one with a LoRA."""
    made, library = (
        tmp_path_factory.mktemp("made"),
        InstalledModels(tmp_path_factory.mktemp("library")),
    )
    small = write_small_model(made)
    (made / "motion").mkdir()
    small.files.motion.rename(made / "motion" / "live2diff.ckpt")
    (made / "lora").mkdir()
    target = "down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_v.weight"
    kohya_lora(made / "lora" / "l.safetensors", {target: (32, 32)}, prefix="lora_unet_")
    parts = (
        installed(library, "base", Role.BASE, made / "base"),
        installed(library, "motion", Role.MOTION, made / "motion"),
        installed(library, "taesd", Role.AUTOENCODER, made / "taesd"),
        installed(library, "depth", Role.DEPTH, made / "depth"),
    )
    lora = installed(library, "lora", Role.LORA, made / "lora")
    own = StyleEntry("own", "Own", NAME, prompt="{}")
    felt = replace(own, name="felt", loras=(LoraUse("lora", 4.0),), components=(lora,))
    other = replace(own, name="other", checkpoint="lora", components=(lora,))
    model = replace(load_catalog(library.folder).model(NAME), components=parts)
    return InstalledModel(Catalog((model,), (own, felt, other)), library, NAME)


@pytest.fixture
def translator(fetched: InstalledModel) -> Iterator[DiffusionTranslator]:
    model = fetched.load(SETTINGS, CPU, torch.float32)
    translator = DiffusionTranslator(model, SIZE, SETTINGS, Hardware(CPU))
    yield translator
    translator.close()


def frames(count: int, first: int = 0) -> list[Frame]:
    """Noise that is the same for the same number, slowly brightening."""
    rng = np.random.default_rng(0)
    picture = rng.integers(60, 180, (64, 64, 3), dtype=np.uint8)
    return [Frame(picture + np.uint8(n), n, n / 30) for n in range(first, first + count)]


def streamed(translator: DiffusionTranslator, given: list[Frame]) -> list[StyledFrame]:
    return [out for frame in given for out in step(translator, frame)]


def test_frames_come_out_one_for_one_in_order(translator: DiffusionTranslator) -> None:
    out = streamed(translator, frames(12)) + list(translator.take_finished(Wait.END))
    assert [frame.number for frame in out] == list(range(12))
    assert all(frame.pixels.shape == (64, 64, 3) for frame in out)
    assert len({frame.pixels.tobytes() for frame in out}) == 12


def test_a_style_of_loras_fades_in_without_a_gap(fetched: InstalledModel) -> None:
    settings = replace(SETTINGS, steps=1)
    lasts = []
    for style in ("own", "felt"):
        model = fetched.load(settings, CPU, torch.float32)
        translator = DiffusionTranslator(model, SIZE, settings, Hardware(CPU))
        out = streamed(translator, frames(8))
        translator.apply(replace(settings, style=style))
        out += streamed(translator, frames(12, first=8))
        assert [frame.number for frame in out] == list(range(20))
        lasts.append(out[-1].pixels)
    assert not np.array_equal(lasts[0], lasts[1])


def test_the_old_style_is_untouched_until_the_new_one_fades_in(fetched: InstalledModel) -> None:
    settings = replace(SETTINGS, steps=1)
    runs = []
    for style in ("own", "felt"):
        model = fetched.load(settings, CPU, torch.float32)
        translator = DiffusionTranslator(model, SIZE, settings, Hardware(CPU))
        out = streamed(translator, frames(8))
        translator.apply(replace(settings, style=style))
        runs.append(out + streamed(translator, frames(22, first=8)))
    same = [np.array_equal(a.pixels, b.pixels) for a, b in zip(*runs, strict=True)]
    begins = same.index(False)
    assert begins > 8
    assert not any(same[begins:])
    fresh = fetched.load(replace(settings, style="felt"), CPU, torch.float32)
    restarted = DiffusionTranslator(fresh, SIZE, replace(settings, style="felt"), Hardware(CPU))
    expected = streamed(restarted, frames(30))[-1].pixels.astype(int)
    # the new style's window began later, so it comes close but need not be the same
    assert (
        np.abs(runs[1][-1].pixels - expected).mean() < np.abs(runs[0][-1].pixels - expected).mean()
    )


def test_words_change_the_picture(translator: DiffusionTranslator) -> None:
    first = streamed(translator, frames(8))
    translator.apply(replace(SETTINGS, prompt="a (red:1.4) fox"))
    translator.reset()
    assert not np.array_equal(streamed(translator, frames(8))[-1].pixels, first[-1].pixels)


def test_a_style_with_a_network_of_its_own_cannot_be_taken_live(
    translator: DiffusionTranslator,
) -> None:
    with pytest.raises(SettingError, match="network of its own"):
        translator.apply(replace(SETTINGS, style="other"))


def test_no_picture_is_made_beside_a_stream(translator: DiffusionTranslator) -> None:
    with pytest.raises(SettingError, match="cannot make other pictures"):
        next(translator.render_still(frames(1)[0].pixels, SETTINGS))


def test_styles_cannot_be_blended(translator: DiffusionTranslator) -> None:
    with pytest.raises(SettingError, match="blended"):
        translator.apply(replace(SETTINGS, blend=Blend("felt", 0.5)))


def test_too_little_memory_is_told_before_loading(
    fetched: InstalledModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert fetched.fits_two_caches(BuildSettings(size=SIZE), SETTINGS, CPU, torch.float32)
    monkeypatch.setattr(published_style, "free_memory", lambda _: 1000)
    with pytest.raises(ModelError, match="free"):
        fetched.fits_two_caches(BuildSettings(size=SIZE), SETTINGS, CPU, torch.float32)


class Tape:
    """Stands in for CUDA graphs: the work is repeated, into the same memory."""

    def __init__(self) -> None:
        self.recordings = 0

    def __call__(self, work: Callable[[], Tensor]) -> CapturedGraph:
        self.recordings += 1
        result = work()

        def play() -> None:
            result.copy_(work())

        return CapturedGraph(result, play)


def as_it_is(network: FunctionalUNet, _: tuple[Tensor, ...]) -> CompiledFn:
    return network


def test_prepared_and_recorded_styles_give_the_pictures_of_the_plain_network(
    fetched: InstalledModel,
) -> None:
    tape, settings = Tape(), replace(SETTINGS, steps=1)
    preparer = BackgroundCompiler(as_it_is, lambda: CudaGraphReplayer(tape))
    runs = []
    for accelerator in (EAGER, COMPILE):
        model = fetched.load(settings, CPU, torch.float32)
        if accelerator == COMPILE:
            model = replace(model, accelerate=preparer)
        translator = DiffusionTranslator(model, SIZE, settings, Hardware(CPU))
        out: list[StyledFrame] = []
        for given in frames(44):
            if given.number == 22:
                translator.apply(replace(settings, style="felt"))
            out += step(translator, given)
            while translator.preparing:
                time.sleep(0.01)
        runs.append(np.stack([frame.pixels for frame in out]).astype(int))
    assert np.abs(runs[0] - runs[1]).max() <= 1
    assert tape.recordings == 2  # one for each style's stream


@pytest.mark.parametrize(
    ("accelerator", "cache", "said"),
    [
        (TENSORRT, CachePrecision.INT8, "own precision"),
        (TENSORRT, CachePrecision.SAME, "torch-tensorrt is not installed"),
        (COMPILE, CachePrecision.SAME, "triton is not installed"),
        (XFORMERS, CachePrecision.SAME, "xformers is not installed"),
    ],
)
def test_an_accelerator_that_cannot_be_had_is_told_before_anything_is_loaded(
    fetched: InstalledModel,
    monkeypatch: pytest.MonkeyPatch,
    accelerator: str,
    cache: CachePrecision,
    said: str,
) -> None:
    def missing(name: str) -> list[str] | None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "requires", missing)
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    build = BuildSettings(NAME, SIZE, "cuda:0", accelerator, cache)
    nowhere = InstalledModel(fetched.catalog, InstalledModels(Path("/nowhere")), NAME)
    [chosen] = [each for each in ACCELERATORS if each.name == accelerator]
    target = AccelerationTarget(CPU, torch.float32, build, SETTINGS)
    with pytest.raises(DeviceError, match=said):
        factory._load(nowhere, chosen, target)
