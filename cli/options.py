"""The options of the commands, and the job that `run` and `demo` make from them.

All mistakes are found before any work begins.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

from typer import Option

from cli.checks import check_code, check_ends
from engine.errors import EngineError, SettingError, TranslatableValue
from engine.hardware import check_build
from engine.imaging import read_picture
from engine.interfaces import FrameSink
from engine.model_store.catalog import Catalog, ModelEntry, load_catalog
from engine.model_store.styles import StyleEntry
from engine.picture_sizes import AUTOMATIC, parse_output_size
from engine.remote.limits import check as check_whole
from engine.session.session import Job
from engine.settings import (
    AS_I_AM,
    Behind,
    Blend,
    BuildSettings,
    CachePrecision,
    Character,
    Composition,
    InputSettings,
    Interpolation,
    LiveSettings,
    Precision,
    Styled,
    parse_colour,
    parse_composition,
    parse_size,
)
from engine.video.sinks.file import FileSink
from engine.video.sinks.metadata import provenance_of
from engine.video.sinks.null import NullSink
from engine.video.sinks.recorder import Recorder
from engine.video.sources.inputs import INPUTS_HELP, InputKind, input_of, user_path

VIRTUAL_CAMERA, NOWHERE = "virtual-camera", "none"
ALL_STYLES = "all"
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
    """The options of `run` and `demo`; None means the model's default, or none."""

    input: Annotated[str, Option(help=INPUTS_HELP)]
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
    eye_size: Annotated[
        float | None, Option(help="Of looks that draw faces: 1 (as wide as yours) to 1.8.")
    ] = None
    eye_colour: Annotated[
        str | None, Option(help="Of drawn eyes: #RRGGBB or a name, such as blue; yours by default.")
    ] = None
    hair_colour: Annotated[
        str | None, Option(help="Of drawn hair: #RRGGBB or a name; yours by default.")
    ] = None
    blush: Annotated[
        float, Option(help="Of drawn cheeks: 0 (none) to 2; 1 is the style's own.")
    ] = AS_I_AM.blush
    line_weight: Annotated[
        float, Option(help="Of a drawn face's lines: 0.4 to 2.5; 1 is the style's own.")
    ] = AS_I_AM.line_weight
    styled: Annotated[
        Styled, Option(help="What is styled; the rest is shown as the camera sees it.")
    ] = Styled.EVERYTHING
    behind: Annotated[
        str,
        Option(help="Behind you: as-styled, blurred, a colour (#RRGGBB or a name), or a picture."),
    ] = Behind.AS_STYLED.value
    auto_framing: Annotated[
        bool, Option("--auto-framing", help="Follow whoever is in the picture, calmly.")
    ] = False
    interpolation: Annotated[
        Interpolation,
        Option(
            "--interpolate",
            help="Live: pictures a second, with interpolated ones between slower frames.",
        ),
    ] = Interpolation.OFF
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
    engine: Annotated[
        str | None, Option(help="Compute on another computer: https://HOST:PORT, see `serve`.")
    ] = None
    code: Annotated[
        str | None, Option(help="The code that it shows, to pair with it; needed once.")
    ] = None

    @property
    def character(self) -> Character:
        """How faces are drawn. Raises SettingError."""
        return Character(
            eye_size=self.eye_size,
            eye_colour=None if self.eye_colour is None else parse_colour(self.eye_colour),
            hair_colour=None if self.hair_colour is None else parse_colour(self.hair_colour),
            blush=self.blush,
            line_weight=self.line_weight,
        )

    @property
    def composition(self) -> Composition:
        """Who is styled, and what is behind them. Raises SettingError."""
        wanted = parse_composition(self.styled, self.behind)
        if wanted.behind is not Behind.PICTURE:
            return wanted
        path = user_path(wanted.picture)
        read_picture(path)
        return replace(wanted, picture=str(path))

    @property
    def realtime(self) -> bool:
        """Whether frames keep their own pace: live input or live output."""
        return self.output == VIRTUAL_CAMERA or input_of(self.input).kind.is_live

    @property
    def output_file(self) -> Path | None:
        """The video to write; None where the output is none."""
        return None if self.output in (VIRTUAL_CAMERA, NOWHERE) else user_path(self.output)


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
    flicker_reduction: Annotated[
        float, Option(help="How much flicker is smoothed out of the stream, 0 to 0.9.")
    ] = _LIVE.flicker_reduction


def ignore_warning(_: EngineError) -> None:
    """Say nothing."""


def job_of(request: RunOptions, warn: Callable[[EngineError], None] = ignore_warning) -> Job:
    """The job, without its virtual camera. Raises subclasses of EngineError with a remedy.

    warn: receives what is worth saying and stops nothing, such as a style that was removed.
    """
    check_code(request.engine, request.code)
    check_ends(request)  # a code is good for one pairing: it is not spent on a mistake
    if request.engine is None:
        return _job(request, "", load_catalog(), request.model, warn)
    from cli.elsewhere import offer_of  # noqa: PLC0415 - a key store takes a while

    engine, catalog = offer_of(request.engine, request, warn)
    return _job(request, engine, catalog, catalog.models[0].name, warn)


def _job(
    request: RunOptions,
    engine: str,
    catalog: Catalog,
    model: str,
    warn: Callable[[EngineError], None],
) -> Job:
    """engine: the address of another computer, whose catalogue and model these are."""
    entry = catalog.model(model)
    live = _live(request, catalog, entry, warn)
    if engine:
        check_whole(live)
    _check_prompt(request, model, takes_prompt=entry.takes_prompt)
    _check_interpolation(request)
    automatic = request.engine_size.strip().lower() == AUTOMATIC
    build = BuildSettings(
        model=model,
        size=entry.default_size if automatic else parse_size(request.engine_size),
        device=request.device,
        accelerator=request.accelerator,
        cache=request.cache,
        precision=request.precision,
        engine=engine,
    )
    check_build(build)
    return Job(
        input=InputSettings(source=request.input, loop=request.loop),
        build=build,
        live=live,
        sinks=_sinks(request, model, live),
        frames=request.frames,
        realtime=request.realtime,
        patient=False,
        output=parse_output_size(request.size),
        automatic=automatic and not engine,
    )


def _live(
    request: RunOptions, catalog: Catalog, entry: ModelEntry, warn: Callable[[EngineError], None]
) -> LiveSettings:
    """The settings of the stream, with styles that the model has."""
    styles = catalog.styles_of(entry.name)
    live = LiveSettings(
        style=request.style or next((style.name for style in styles), ""),
        blend=None if request.blend is None else parse_blend(request.blend),
        strength=entry.default_strength if request.strength is None else request.strength,
        steps=entry.default_steps if request.steps is None else request.steps,
        seed=request.seed,
        flicker_reduction=request.flicker_reduction,
        prompt=request.prompt,
        character=request.character,
        composition=request.composition,
        auto_framing=request.auto_framing,
        interpolation=request.interpolation,
    )
    live, removed = catalog.with_current_styles(entry.name, live)
    if removed is not None:
        warn(removed)
    catalog.check(entry.name, live)
    _check_character(live, styles)
    return live


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


def _check_prompt(request: RunOptions, model: str, *, takes_prompt: bool) -> None:
    if request.prompt and not takes_prompt:
        raise SettingError(
            "The model {model} takes no prompt.",
            "Leave out --prompt, or choose a style.",
            model=model,
        )


def _check_interpolation(request: RunOptions) -> None:
    if request.interpolation is not Interpolation.OFF and not request.realtime:
        raise SettingError(
            "Frames are interpolated in live streams only: of a file, every frame is styled.",
            "Leave out --interpolate, or use a camera or the virtual camera.",
        )


def _check_character(live: LiveSettings, styles: Sequence[StyleEntry]) -> None:
    """Refuse settings of a character that no chosen style would draw."""
    drawing = [style.name for style in styles if style.faces]
    chosen = {live.style, live.blend.style if live.blend else live.style}
    if live.character == AS_I_AM or chosen & set(drawing):
        return
    option = "--" + next(iter(live.character.chosen())).replace("_", "-")
    raise SettingError(
        "The style {style} draws no faces, so {option} has no effect.",
        "Leave it out, or choose a style that draws faces: {styles}.",
        style=live.style,
        option=option,
        styles=", ".join(drawing) or TranslatableValue("none"),
    )


def _sinks(request: RunOptions, model: str, live: LiveSettings) -> tuple[FrameSink, ...]:
    path = request.output_file
    if path is None:
        return () if request.output == VIRTUAL_CAMERA else (NullSink(),)
    provenance = provenance_of(model, live, None)
    if request.realtime:
        return (Recorder(path, provenance),)
    wanted = input_of(request.input)
    return (
        FileSink(path, provenance, audio=wanted.path if wanted.kind is InputKind.FILE else None),
    )
