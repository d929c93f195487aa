"""The options of the commands, and the job that `run` and `demo` make from them.

All mistakes are found before any work begins.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from typer import Option

from engine.errors import SettingError, SinkError, SourceError
from engine.interfaces import FrameSink
from engine.model_store.catalog import load_catalog
from engine.picture_sizes import AUTOMATIC, parse_output_size
from engine.session.session import Job
from engine.settings import (
    Blend,
    BuildSettings,
    CachePrecision,
    InputSettings,
    LiveSettings,
    Precision,
    parse_size,
)
from engine.video.sinks.file import FileSink
from engine.video.sinks.metadata import Provenance
from engine.video.sinks.null import NullSink
from engine.video.sinks.recorder import Recorder

VIRTUAL_CAMERA, NOWHERE = "virtual-camera", "none"
ALL_STYLES = "all"
_GENERATED = ("demo", "synthetic")
_LIVE_ONLY = ("camera", "screen")


_LIVE, _BUILD = LiveSettings(), BuildSettings()

ModelName = Annotated[str, Option(help="A model: see `models list`.")]
SizeText = Annotated[str | None, Option(help="WIDTHxHEIGHT, in multiples of 8.")]
OutputSize = Annotated[
    str, Option(help="Of the output: WIDTHxHEIGHT, or auto for the shape of the input.")
]
EngineSize = Annotated[
    str, Option(help="Of what the model computes: WIDTHxHEIGHT in multiples of 8, or auto.")
]


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The options of `run` and `demo`; None means the model's default."""

    input: Annotated[
        str, Option(help="demo, synthetic, screen, camera:INDEX_OR_NAME, or a video file.")
    ]
    output: Annotated[str, Option(help="virtual-camera, none, or a video file to write.")]
    model: ModelName = _BUILD.model
    style: Annotated[str | None, Option(help="A style of the model; its first one by default.")] = (
        None
    )
    blend: Annotated[str | None, Option(help="A second style and its weight, as NAME:WEIGHT.")] = (
        None
    )
    strength: Annotated[float | None, Option(help="From 0.2 (slight) to 1 (full).")] = None
    steps: Annotated[
        int | None, Option(help="Denoising steps, 1 to 8; more are finer and slower.")
    ] = None
    size: OutputSize = AUTOMATIC
    engine_size: EngineSize = AUTOMATIC
    seed: Annotated[int, Option(help="The same seed gives the same pictures.")] = _LIVE.seed
    prompt: Annotated[str, Option(help="A prompt, for a model that takes one.")] = _LIVE.prompt
    device: Annotated[str, Option(help="auto, or a device: see `devices`.")] = _BUILD.device
    accelerator: Annotated[
        str, Option(help="auto (the fastest here), or one listed by `devices`.")
    ] = _BUILD.accelerator
    flicker_reduction: Annotated[
        float, Option(help="How much flicker is smoothed out, 0 to 0.9.")
    ] = _LIVE.flicker_reduction
    loop: Annotated[bool, Option("--loop", help="Start a file over at its end.")] = False
    frames: Annotated[int | None, Option(help="Stop after this many input frames.")] = None
    report: Annotated[Path | None, Option(help="Write the run's figures to this JSON file.")] = None
    cache: Annotated[
        CachePrecision, Option(help="How past frames are stored; 8 bits take half the memory.")
    ] = _BUILD.cache
    precision: Annotated[
        Precision, Option(help="The number format that the model computes in.")
    ] = _BUILD.precision

    @property
    def realtime(self) -> bool:
        """Whether frames keep their own pace: live input or live output."""
        return self.output == VIRTUAL_CAMERA or self.input.partition(":")[0] in _LIVE_ONLY


@dataclass(frozen=True, slots=True)
class EvaluateOptions:
    """The options of `evaluate`."""

    clips: Annotated[Path, Option(help="A folder of video clips.")]
    report: Annotated[Path, Option(help="Write the figures to this JSON file.")]
    model: ModelName = _BUILD.model
    style: Annotated[str, Option(help="A style of the model, or all.")] = ALL_STYLES
    size: SizeText = None
    depth_model: Annotated[
        Path | None, Option(help="An ONNX depth model to compare structure with.")
    ] = None
    teacher: Annotated[
        Path | None, Option(help="A folder of the clips as styled by a teacher: STYLE/CLIP.mkv.")
    ] = None
    frames: Annotated[int | None, Option(help="Use at most this many frames of each clip.")] = None


def job_of(request: RunOptions) -> Job:
    """The job, without its virtual camera. Raises subclasses of EngineError with a remedy."""
    catalog = load_catalog()
    entry, styles = catalog.model(request.model), catalog.styles_of(request.model)
    live = LiveSettings(
        style=request.style or next((style.name for style in styles), ""),
        blend=None if request.blend is None else parse_blend(request.blend),
        strength=entry.default_strength if request.strength is None else request.strength,
        steps=entry.default_steps if request.steps is None else request.steps,
        seed=request.seed,
        flicker_reduction=request.flicker_reduction,
        prompt=request.prompt,
    )
    catalog.check(request.model, live)
    automatic = request.engine_size.strip().lower() == AUTOMATIC
    size = entry.default_size if automatic else parse_size(request.engine_size)
    _check_prompt(request, takes_prompt=entry.takes_prompt)
    _check_ends(request)
    return Job(
        input=InputSettings(source=request.input, loop=request.loop),
        build=BuildSettings(
            model=request.model,
            size=size,
            device=request.device,
            accelerator=request.accelerator,
            cache=request.cache,
            precision=request.precision,
        ),
        live=live,
        sinks=_sinks(request, live),
        frames=request.frames,
        realtime=request.realtime,
        patient=False,
        output=parse_output_size(request.size),
        automatic=automatic,
    )


def parse_blend(text: str) -> Blend:
    """Read "NAME:WEIGHT". Raises SettingError for any other text."""
    name, colon, weight = text.rpartition(":")
    try:
        return Blend(name, float(weight)) if colon and name else _no_blend(text)
    except ValueError:
        return _no_blend(text)


def _no_blend(text: str) -> Blend:
    raise SettingError(
        "'{text}' is not a valid blend.", "Write it as NAME:WEIGHT, such as ink:0.4.", text=text
    )


def _check_prompt(request: RunOptions, *, takes_prompt: bool) -> None:
    if request.prompt and not takes_prompt:
        raise SettingError(
            "The model {model} takes no prompt.",
            "Leave out --prompt, or choose a style.",
            model=request.model,
        )


def _check_ends(request: RunOptions) -> None:
    """Check that the source exists and, if every frame is written, that it ends."""
    if request.frames is not None and request.frames < 1:
        raise SettingError(
            "The number of frames is {frames}, but must be at least 1.",
            "Choose 1 or more.",
            frames=request.frames,
        )
    kind = request.input.partition(":")[0]
    if kind not in (*_GENERATED, *_LIVE_ONLY) and not Path(request.input).exists():
        raise SourceError(
            "There is no file {input}.",
            "Use a path, demo, synthetic, screen, or camera:INDEX_OR_NAME.",
            input=request.input,
        )
    if request.loop and not request.realtime and request.frames is None:
        raise SettingError("A loop never ends.", "Limit it with --frames NUMBER.")


def _sinks(request: RunOptions, live: LiveSettings) -> tuple[FrameSink, ...]:
    if request.output == NOWHERE:
        return (NullSink(),)
    if request.output == VIRTUAL_CAMERA:
        return ()
    path, source = Path(request.output), Path(request.input)
    if path.exists() and source.exists() and path.samefile(source):
        raise SinkError("The output file is the input file.", "Choose another file.")
    provenance = Provenance(
        request.model,
        live.style,
        {"strength": f"{live.strength:g}", "steps": str(live.steps), "seed": str(live.seed)},
    )
    if request.realtime:
        return (Recorder(path, provenance),)
    return (FileSink(path, provenance, audio=source if source.is_file() else None),)
