"""From settings to a running translator: device, precision, weights, order of the steps."""

from __future__ import annotations

from pathlib import Path

import torch

from engine.errors import ModelError
from engine.frames import Size
from engine.model.accelerate import choose_device, choose_dtype, choose_order
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
            model = load_built_in(entry.folder, device, dtype)
        else:
            # diffusers and transformers take seconds to import: only for who needs them
            from engine.model import published_style  # noqa: PLC0415

            library = Library(models or models_folder())
            fetched = published_style.Fetched(catalog, library, build.model)
            second_cache = published_style.has_room_for_two(
                fetched, build.size, live, device, dtype
            )
            model = published_style.load_published(fetched, live, device, dtype)
        batched = live.steps > 1 and _batch_is_faster(model, build, live, device, dtype)
    except (torch.OutOfMemoryError, MemoryError) as error:
        raise ModelError(
            "There is not enough memory for {model} at {size}.",
            "Choose a smaller size, fewer steps, or the built-in model.",
            model=entry.title,
            size=build.size,
        ) from error
    hardware = Hardware(device, dtype, batched, second_cache)
    return DiffusionTranslator(model, build.size, live, hardware)


def _batch_is_faster(
    model: StyleModel,
    build: BuildSettings,
    live: LiveSettings,
    device: torch.device,
    dtype: torch.dtype,
) -> bool:
    """Try both orders of the steps on made-up latents; see `choose_order`."""
    plan = Plan(model.recipe(live), NoiseSource(0, 1.0), 0)
    config = plan.recipe.unet.config
    shape = latent_shape(build.size)
    frame = Encoded(
        0,
        torch.zeros(config.sample_channels, *shape, device=device, dtype=dtype),
        torch.zeros(config.structure_channels, *shape, device=device, dtype=dtype),
    )
    key = f"{build.model}/{build.size}/{live.steps}/{device}/{dtype}/{torch.get_num_threads()}"

    def lane(*, batched: bool) -> StreamLane:
        made = StreamLane(plan, batched=batched)
        with torch.inference_mode():
            made.warmed_up([frame] * WARM_UP_FRAMES)
        return made

    def one_frame(made: StreamLane) -> None:
        with torch.inference_mode():
            made.step(frame)
        if device.type == "cuda":
            torch.cuda.synchronize(device)

    single, together = lane(batched=False), lane(batched=True)
    return choose_order(key, lambda: one_frame(single), lambda: one_frame(together))


def latent_shape(size: Size) -> tuple[int, int]:
    """(h, w) of a picture's latent."""
    return size.height // PIXELS_PER_LATENT, size.width // PIXELS_PER_LATENT
