"""Builds a translator from settings: device, precision, model, accelerator, order of steps."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import torch

from engine.errors import MemoryShortError
from engine.events import Progress, ProgressKind, ProgressListener, ignore_progress
from engine.model.acceleration.base import AccelerationTarget, Accelerator
from engine.model.acceleration.openvino.faces import parts_with_openvino, with_openvino
from engine.model.acceleration.openvino.person import (
    person_with_openvino,
    quickest_person_network,
)
from engine.model.acceleration.registry import accelerators_for, choose_accelerator
from engine.model.face.weights import load_face_networks, load_parts_network
from engine.model.hardware.devices import choose_device, choose_dtype
from engine.model.hardware.memory_budget import out_of_memory_raises
from engine.model.hardware.threads import cpu_threads, share_cpu
from engine.model.hardware.tuning import pick_fastest
from engine.model.person.weights import load_person_network
from engine.model.styles.built_in import BuiltInFiles, PeopleReaders
from engine.model.styles.style_model import ModelSource, StyleModel
from engine.model.translator import DiffusionTranslator, Hardware
from engine.model.trial_run import TrialRun, placement_key
from engine.model_store.catalog import Catalog, ModelEntry, load_catalog
from engine.model_store.installed import InstalledModels
from engine.model_store.location import models_folder
from engine.settings import BuildSettings, LiveSettings
from engine.system import quiet_model_libraries

BATCHED = "stream batch"


def build_translator(
    build: BuildSettings,
    live: LiveSettings,
    on_progress: ProgressListener = ignore_progress,
    *,
    models: Path | None = None,
) -> DiffusionTranslator:
    """Load a model and make it ready. Raises SettingError, ModelError or DeviceError.

    on_progress: receives LOADING_MODEL, MEASURING and COMPILING. models: the folder of downloaded
    models, by default the user's.
    """
    catalog = load_catalog(models)
    entry = catalog.model(build.model)
    catalog.check(build.model, live)
    device = choose_device(build.device)
    dtype = choose_dtype(device, build.precision)
    source = _source_of(entry, catalog, models, at_once=build.at_once)
    overlapped = source.quick and device.type == "cpu" and cpu_threads() > 1
    share_cpu(overlapped=overlapped)
    if device.type == "cuda":
        torch.cuda.empty_cache()  # so that memory released by an earlier model counts as free
    target = AccelerationTarget(
        device, dtype, build, live, source.identity, source.calibration, on_progress
    )
    too_large = MemoryShortError(
        "There is not enough memory for {model} at {size}.",
        "Choose a smaller size, fewer steps, or the built-in model.",
        model=entry.title,
        size=build.size,
    )
    with out_of_memory_raises(too_large):
        offered = accelerators_for(device, build.model)
        accelerator = choose_accelerator(build.accelerator, offered)
        second_cache = source.fits_two_caches(build, live, device, dtype)
        model = _load(source, accelerator, target)
        # on a CPU a batch is no quicker than its rows, and delays the picture
        batched = live.steps > 1 and device.type != "cpu" and _batch_is_faster(model, target)
        if source.quick and not build.at_once:
            _finish_compiling(model, target, batched=batched)
    hardware = Hardware(device, batched, second_cache, build.cache, overlapped)
    return DiffusionTranslator(
        model, build.size, live, hardware, quickest_person_network, at_once=build.at_once
    )


def _source_of(
    entry: ModelEntry, catalog: Catalog, models: Path | None, *, at_once: bool
) -> ModelSource:
    """Where the model is loaded from; nothing else distinguishes the built-in one."""
    if entry.folder is not None:
        return BuiltInFiles(entry.folder, partial(_quickest_readers, beside=at_once))
    # diffusers and transformers take seconds to import: only where they are needed
    quiet_model_libraries()
    from engine.model.styles.sd15.assembly import InstalledModel  # noqa: PLC0415

    return InstalledModel(catalog, InstalledModels(models or models_folder()), entry.name)


def _quickest_readers(*, beside: bool) -> PeopleReaders:
    cpu = torch.device("cpu")
    return (
        *with_openvino(*load_face_networks(cpu), beside=beside),
        parts_with_openvino(load_parts_network(cpu), beside=beside),
        person_with_openvino(load_person_network(), beside=beside),
    )


def _load(source: ModelSource, accelerator: Accelerator, target: AccelerationTarget) -> StyleModel:
    target = replace(target, dtype=accelerator.dtype(target.dtype))
    accelerator.check(target)
    model = source.load(target.live, target.device, target.dtype, target.on_progress)
    return accelerator.accelerate(model, target)


def _batch_is_faster(model: StyleModel, target: AccelerationTarget) -> bool:
    """Time both orders of the denoising steps on random latents."""
    build, live = target.build, target.live
    trial = TrialRun.of(model, build, live)
    setting = f"{build.model}/{build.size}/{live.steps}/{build.cache.value}"
    key = f"order/{setting}/{placement_key(target.device, target.dtype)}"
    ways = {"one by one": trial.way(batched=False), BATCHED: trial.way(batched=True)}
    return pick_fastest(key, ways, target.on_progress) == BATCHED


def _finish_compiling(model: StyleModel, target: AccelerationTarget, *, batched: bool) -> None:
    """Compile the network before a stream begins: the same input must give the same output,
    however long the compiler takes, and also if the compiled network is already on disk.
    """
    trial = TrialRun.of(model, target.build, target.live, compiled=True)
    if not trial.compiles:
        return
    orders = (False, True) if batched else (False,)  # a batch also ends with a single row
    for done, order in enumerate(orders):
        target.on_progress(Progress(ProgressKind.COMPILING, done, len(orders)))
        trial.way(batched=order)
    target.on_progress(Progress(ProgressKind.COMPILING, len(orders), len(orders)))
