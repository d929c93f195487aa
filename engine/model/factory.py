"""From settings to a running translator: device, precision, weights, order of the steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import torch

from engine.accelerators import AUTO, INT8, AcceleratorInfo
from engine.errors import MemoryShortError
from engine.events import ProgressListener, ignore_progress
from engine.frames import Size
from engine.model.acceleration.background_compile import CompiledForward
from engine.model.acceleration.int8.calibration import RANGES, read_ranges
from engine.model.acceleration.int8.layer_selection import quantize_faster_layers
from engine.model.acceleration.openvino.runtime import UNITS
from engine.model.acceleration.registry import check_accelerator, list_accelerators
from engine.model.hardware.devices import choose_device, choose_dtype
from engine.model.hardware.memory_budget import is_out_of_memory
from engine.model.hardware.threads import cpu_threads, share_cpu
from engine.model.hardware.tuning import pick_fastest
from engine.model.styles.built_in import WEIGHTS, load_built_in
from engine.model.styles.style_model import StyleModel
from engine.model.translator import DiffusionTranslator, Hardware
from engine.model.trial_run import TrialRun, placement_key
from engine.model_store.catalog import load_catalog
from engine.model_store.installed import InstalledModels
from engine.model_store.location import models_folder
from engine.settings import BuildSettings, LiveSettings

BATCHED = "stream batch"


def build_translator(
    build: BuildSettings,
    live: LiveSettings,
    on_progress: ProgressListener = ignore_progress,
    *,
    models: Path | None = None,
) -> DiffusionTranslator:
    """Load a model and make it ready. Raises SettingError, ModelError or DeviceError.

    models: the folder of fetched models, by default the user's.
    """
    catalog = load_catalog(models)
    entry = catalog.model(build.model)
    catalog.check(build.model, live)
    device = choose_device(build.device)
    dtype = choose_dtype(device, build.precision)
    second_cache = True
    overlapped = entry.folder is not None and device.type == "cpu" and cpu_threads() > 1
    share_cpu(overlapped=overlapped)
    if device.type == "cuda":
        torch.cuda.empty_cache()  # what an earlier model left behind counts as free from here on
    try:
        if entry.folder is not None:
            model = _load_fastest(entry.folder, build, live, device, dtype)
        else:
            # diffusers and transformers take seconds to import: only for who needs them
            from engine.model.styles.sd15 import assembly as published_style  # noqa: PLC0415

            check_accelerator(build.accelerator, list_accelerators(device, build.model))
            library = InstalledModels(models or models_folder())
            fetched = published_style.InstalledModel(catalog, library, build.model)
            second_cache = published_style.fits_two_caches(fetched, build, live, device, dtype)
            model = published_style.load_sd15(fetched, live, device, dtype, build, on_progress)
        batched = live.steps > 1 and _batch_is_faster(model, build, live, device, dtype)
        if entry.folder is not None:
            _get_ready(model, build, live, batched=batched)
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error):
            raise
        raise MemoryShortError(
            "There is not enough memory for {model} at {size}.",
            "Choose a smaller size, fewer steps, or the built-in model.",
            model=entry.title,
            size=build.size,
        ) from error
    hardware = Hardware(device, batched, second_cache, build.cache, overlapped)
    return DiffusionTranslator(model, build.size, live, hardware)


def _load_fastest(
    folder: Path,
    build: BuildSettings,
    live: LiveSettings,
    device: torch.device,
    dtype: torch.dtype,
) -> StyleModel:
    """The built-in model with the accelerator asked for, or the quickest one here."""
    offered = list_accelerators(device)
    check_accelerator(build.accelerator, offered)

    @cache
    def model(accelerator: str) -> StyleModel:
        return _load(folder, replace(build, accelerator=accelerator), live, device, dtype)

    @cache
    def trial(accelerator: str) -> Callable[[], None]:
        return _whole_frame(model(accelerator), build, live)

    # what was never run on its hardware is not chosen unasked
    tried = [name for name in offered if AcceleratorInfo(name).verified]
    if build.accelerator != AUTO or len(tried) == 1:
        return model(tried[0] if build.accelerator == AUTO else build.accelerator)
    key = f"accelerator/{_named(folder)}/{build.size}/{placement_key(device, dtype)}/{'+'.join(tried)}"
    ways = {name: lambda name=name: trial(name)() for name in tried}
    return model(pick_fastest(key, ways))


def _named(folder: Path) -> str:
    """A built-in model by its bytes, too: what was chosen for another network holds no longer."""
    weights = folder / WEIGHTS
    return f"{folder.name}-{weights.stat().st_size if weights.exists() else 0}"


def _load(
    folder: Path,
    build: BuildSettings,
    live: LiveSettings,
    device: torch.device,
    dtype: torch.dtype,
) -> StyleModel:
    """The built-in model; with `INT8` its network's layers, too, take bytes where it helps."""
    model = load_built_in(folder, device, dtype, build.accelerator)
    if build.accelerator == INT8:
        trial = TrialRun.of(model, build, replace(live, steps=1))
        ranges = read_ranges(folder / RANGES, "unet.")
        key = f"layer/{_named(folder)}/{placement_key(device, dtype)}"
        quantize_faster_layers(trial.spec.unet, ranges, trial.way(batched=False), key)
    elif build.accelerator in UNITS:
        _there_and_back(model, build.size)  # the first use makes its graphs, for seconds
    return model


def _whole_frame(model: StyleModel, build: BuildSettings, live: LiveSettings) -> Callable[[], None]:
    """A function that takes one frame of a stream from levels to levels."""
    network = TrialRun.of(model, build, replace(live, steps=1), prepared=True).way(batched=False)

    def one_frame() -> None:
        _there_and_back(model, build.size)
        network()

    return one_frame


def _there_and_back(model: StyleModel, size: Size) -> None:
    levels = torch.zeros(1, size.height, size.width, 3, dtype=torch.uint8).permute(0, 3, 1, 2)
    with torch.inference_mode():
        model.autoencoder.decode(model.autoencoder.encode(levels), levels)


def _batch_is_faster(
    model: StyleModel,
    build: BuildSettings,
    live: LiveSettings,
    device: torch.device,
    dtype: torch.dtype,
) -> bool:
    """Try both orders of the steps on made-up latents."""
    trial = TrialRun.of(model, build, live)
    setting = f"{build.model}/{build.size}/{live.steps}/{build.cache.value}"
    ways = {"one by one": trial.way(batched=False), BATCHED: trial.way(batched=True)}
    return pick_fastest(f"order/{setting}/{placement_key(device, dtype)}", ways) == BATCHED


def _get_ready(
    model: StyleModel, build: BuildSettings, live: LiveSettings, *, batched: bool
) -> None:
    """Wait for other forms of the network where they are made in seconds: the same input shall
    give the same output, however quick the machine was at making them, or had been before.
    """
    trial = TrialRun.of(model, build, live, prepared=True)
    if isinstance(trial.spec.forward, CompiledForward):
        trial.way(batched=False)  # the end of a batch, too, is a row by itself
        if batched:
            trial.way(batched=True)
