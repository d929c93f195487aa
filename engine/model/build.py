"""From settings to a running translator: device, precision, weights, order of the steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import torch

from engine.devices import AUTO, INT8, AcceleratorInfo
from engine.errors import MemoryShortError
from engine.frames import Size
from engine.model.accelerate import (
    check_accelerator,
    choose_device,
    choose_dtype,
    choose_fastest,
    list_accelerators,
)
from engine.model.beside import processor_threads, share_processors
from engine.model.built_in import WEIGHTS, load_built_in
from engine.model.config import RECENT_FRAMES, WARM_UP_FRAMES
from engine.model.memory import is_out_of_memory
from engine.model.noise import NoiseSource
from engine.model.openvino_runtime import UNITS
from engine.model.prepared import Prepared
from engine.model.ranges import RANGES, read_ranges
from engine.model.relay import Encoded, Plan, StreamLane
from engine.model.rounding import round_where_quicker
from engine.model.style_model import StyleModel
from engine.model.translator import DiffusionTranslator, Hardware
from engine.settings import BuildSettings, CacheForm, LiveSettings
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
    dtype = choose_dtype(device, build.precision)
    second_cache = True
    overlapped = entry.folder is not None and device.type == "cpu" and processor_threads() > 1
    share_processors(overlapped=overlapped)
    if device.type == "cuda":
        torch.cuda.empty_cache()  # what an earlier model left behind counts as free from here on
    try:
        if entry.folder is not None:
            model = _load_fastest(entry.folder, build, live, device, dtype)
        else:
            # diffusers and transformers take seconds to import: only for who needs them
            from engine.model import published_style  # noqa: PLC0415

            check_accelerator(build.accelerator, list_accelerators(device, build.model))
            library = Library(models or models_folder())
            fetched = published_style.Fetched(catalog, library, build.model)
            second_cache = published_style.has_room_for_two(fetched, build, live, device, dtype)
            model = published_style.load_published(fetched, live, device, dtype, build)
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
    tried = [name for name in offered if AcceleratorInfo(name).tried]
    if build.accelerator != AUTO or len(tried) == 1:
        return model(tried[0] if build.accelerator == AUTO else build.accelerator)
    key = f"accelerator/{_named(folder)}/{build.size}/{_place(device, dtype)}/{'+'.join(tried)}"
    ways = {name: lambda name=name: trial(name)() for name in tried}
    return model(choose_fastest(key, ways))


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
        trial = _Trial.of(model, build, replace(live, steps=1))
        ranges = read_ranges(folder / RANGES, "unet.")
        key = f"layer/{_named(folder)}/{_place(device, dtype)}"
        round_where_quicker(trial.plan.recipe.unet, ranges, trial.way(batched=False), key)
    elif build.accelerator in UNITS:
        _there_and_back(model, build.size)  # the first use makes its graphs, for seconds
    return model


def _whole_frame(model: StyleModel, build: BuildSettings, live: LiveSettings) -> Callable[[], None]:
    """A function that takes one frame of a stream from levels to levels."""
    network = _Trial.of(model, build, replace(live, steps=1), prepared=True).way(batched=False)

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
    trial = _Trial.of(model, build, live)
    setting = f"{build.model}/{build.size}/{live.steps}/{build.cache.value}"
    ways = {"one by one": trial.way(batched=False), BATCHED: trial.way(batched=True)}
    return choose_fastest(f"order/{setting}/{_place(device, dtype)}", ways) == BATCHED


def _get_ready(
    model: StyleModel, build: BuildSettings, live: LiveSettings, *, batched: bool
) -> None:
    """Wait for other forms of the network where they are made in seconds: the same input shall
    give the same output, however quick the machine was at making them, or had been before.
    """
    trial = _Trial.of(model, build, live, prepared=True)
    if isinstance(trial.plan.recipe.forward, Prepared):
        trial.way(batched=False)  # the end of a batch, too, is a row by itself
        if batched:
            trial.way(batched=True)


@dataclass(frozen=True, slots=True)
class _Trial:
    """A model's stream on made-up latents."""

    plan: Plan
    frame: Encoded
    cache: CacheForm

    @staticmethod
    def of(
        model: StyleModel, build: BuildSettings, live: LiveSettings, *, prepared: bool = False
    ) -> _Trial:
        """At the size and with the steps of these settings.

        prepared: wait for another form of the network, if there will be one, and try that.
        """
        recipe = model.recipe(live)
        if not prepared:  # what is still being made cannot be timed
            recipe = replace(recipe, forward=None)
        plan = Plan(recipe, NoiseSource(0, 1.0), 0)
        unet, shape = recipe.unet, latent_shape(build.size)
        latent, structure = (
            torch.zeros(*shape, channels, device=unet.device, dtype=unet.dtype).permute(2, 0, 1)
            for channels in (unet.config.sample_channels, unet.config.structure_channels)
        )  # pixel by pixel, as autoencoders give them: a form takes for good what it is made with
        return _Trial(plan, Encoded(0, latent, structure), build.cache)

    def way(self, *, batched: bool) -> Callable[[], None]:
        """A function that takes one frame of a warmed-up stream."""
        lane = StreamLane(self.plan, batched=batched, cache=self.cache)
        with torch.inference_mode():
            lane.warmed_up([self.frame] * WARM_UP_FRAMES)
            if isinstance(self.plan.recipe.forward, Prepared):
                self._wait_for(self.plan.recipe.forward, lane)

        def one_frame() -> None:
            with torch.inference_mode():
                lane.step(self.frame)
            if self.frame.latent.device.type == "cuda":
                torch.cuda.synchronize(self.frame.latent.device)

        return one_frame

    def _wait_for(self, prepared: Prepared, lane: StreamLane) -> None:
        """A form is made once two frames have seen full windows."""
        for _ in range(RECENT_FRAMES + lane.stream.steps):
            lane.step(self.frame)
        prepared.wait()


def _place(device: torch.device, dtype: torch.dtype) -> str:
    """What a measurement holds for, as a part of its key."""
    return f"{device}/{dtype}/{torch.get_num_threads()}"


def latent_shape(size: Size) -> tuple[int, int]:
    """(h, w) of a picture's latent."""
    return size.height // PIXELS_PER_LATENT, size.width // PIXELS_PER_LATENT
