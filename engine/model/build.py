"""From settings to a running translator: device, precision, weights, order of the steps."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import torch
from torch import Tensor

from engine.errors import ModelError
from engine.frames import Size
from engine.model.accelerate import (
    AUTO,
    EAGER,
    check_accelerator,
    choose_device,
    choose_dtype,
    choose_fastest,
    list_accelerators,
)
from engine.model.built_in import load_built_in
from engine.model.config import WARM_UP_FRAMES
from engine.model.noise import NoiseSource
from engine.model.relay import Encoded, Plan, StreamLane
from engine.model.style_model import StyleModel
from engine.model.translator import DiffusionTranslator, Hardware
from engine.settings import BuildSettings, LiveSettings
from engine.store.catalog import load_catalog
from engine.store.folder import models_folder
from engine.store.local import Library

PIXELS_PER_LATENT = 8
BATCHED = "stream batch"


def build_translator(
    build: BuildSettings, live: LiveSettings, *, models: Path | None = None
) -> DiffusionTranslator:
    """Load a model and make it ready. Raises SettingError, ModelError or DeviceError.

    models: the folder of fetched models, by default the user's.
    """
    catalog = load_catalog(models)
    entry = catalog.model(build.model)
    catalog.check(build.model, live)
    device = choose_device(build.device)
    dtype = choose_dtype(device)
    second_cache = True
    try:
        if entry.folder is not None:
            model = _load_fastest(entry.folder, build, device, dtype)
        else:
            check_accelerator(build.accelerator, (EAGER,))
            # diffusers and transformers take seconds to import: only for who needs them
            from engine.model import published_style  # noqa: PLC0415

            library = Library(models or models_folder())
            fetched = published_style.Fetched(catalog, library, build.model)
            second_cache = published_style.has_room_for_two(fetched, build, live, device, dtype)
            model = published_style.load_published(fetched, live, device, dtype)
        batched = live.steps > 1 and _batch_is_faster(model, build, live, device, dtype)
    except (torch.OutOfMemoryError, MemoryError) as error:
        raise ModelError(
            "There is not enough memory for {model} at {size}.",
            "Choose a smaller size, fewer steps, or the built-in model.",
            model=entry.title,
            size=build.size,
        ) from error
    hardware = Hardware(device, dtype, batched, second_cache, build.cache)
    return DiffusionTranslator(model, build.size, live, hardware)


def _load_fastest(
    folder: Path, build: BuildSettings, device: torch.device, dtype: torch.dtype
) -> StyleModel:
    """The built-in model with the accelerator asked for, or the quickest one here."""
    offered = list_accelerators(device)
    check_accelerator(build.accelerator, offered)
    if build.accelerator != AUTO:
        return load_built_in(folder, device, dtype, build.accelerator)
    models = {name: load_built_in(folder, device, dtype, name) for name in offered}
    size = build.size
    levels = torch.zeros(1, size.height, size.width, 3, dtype=torch.uint8, device=device)
    picture = levels.permute(0, 3, 1, 2)
    key = f"accelerator/{folder.name}/{size}/{device}/{dtype}/{torch.get_num_threads()}"
    ways = {name: partial(_there_and_back, model, picture) for name, model in models.items()}
    return models[choose_fastest(key, ways)]


def _there_and_back(model: StyleModel, levels: Tensor) -> None:
    with torch.inference_mode():
        model.autoencoder.decode(model.autoencoder.encode(levels), levels)
    if levels.device.type == "cuda":
        torch.cuda.synchronize(levels.device)


def _batch_is_faster(
    model: StyleModel,
    build: BuildSettings,
    live: LiveSettings,
    device: torch.device,
    dtype: torch.dtype,
) -> bool:
    """Try both orders of the steps on made-up latents."""
    plan = Plan(model.recipe(live), NoiseSource(0, 1.0), 0)
    config = plan.recipe.unet.config
    shape = latent_shape(build.size)
    frame = Encoded(
        0,
        torch.zeros(config.sample_channels, *shape, device=device, dtype=dtype),
        torch.zeros(config.structure_channels, *shape, device=device, dtype=dtype),
    )
    threads = torch.get_num_threads()
    setting = f"{build.model}/{build.size}/{live.steps}/{build.cache.value}"
    key = f"order/{setting}/{device}/{dtype}/{threads}"

    def lane(*, batched: bool) -> StreamLane:
        made = StreamLane(plan, batched=batched, cache=build.cache)
        with torch.inference_mode():
            made.warmed_up([frame] * WARM_UP_FRAMES)
        return made

    def one_frame(made: StreamLane) -> None:
        with torch.inference_mode():
            made.step(frame)
        if device.type == "cuda":
            torch.cuda.synchronize(device)

    single, together = lane(batched=False), lane(batched=True)
    ways = {"steps one by one": partial(one_frame, single), BATCHED: partial(one_frame, together)}
    return choose_fastest(key, ways) == BATCHED


def latent_shape(size: Size) -> tuple[int, int]:
    """(h, w) of a picture's latent."""
    return size.height // PIXELS_PER_LATENT, size.width // PIXELS_PER_LATENT
