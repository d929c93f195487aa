"""From the options of `run` and `demo` to a job, with every mistake found before work begins."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.errors import SettingError, SinkError, SourceError
from engine.interfaces import FrameSink
from engine.model_store.catalog import load_catalog
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
_GENERATED = ("demo", "synthetic")
_LIVE_ONLY = ("camera", "screen")


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The options as they were typed; None where one was left out."""

    input: str
    output: str
    model: str
    style: str | None = None
    blend: str | None = None
    strength: float | None = None
    steps: int | None = None
    size: str | None = None
    seed: int = 0
    prompt: str = ""
    device: str = "auto"
    accelerator: str = "auto"
    flicker_reduction: float = 0.6
    loop: bool = False
    frames: int | None = None
    report: Path | None = None
    cache: CachePrecision = CachePrecision.SAME
    precision: Precision = Precision.AUTO

    @property
    def realtime(self) -> bool:
        """Whether frames keep their own pace: live in, or live out."""
        return self.output == VIRTUAL_CAMERA or self.input.partition(":")[0] in _LIVE_ONLY


def job_of(request: RunOptions) -> Job:
    """The job without its virtual camera. Raises EngineError kinds with a remedy."""
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
    size = entry.default_size if request.size is None else parse_size(request.size)
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
    )


def parse_blend(text: str) -> Blend:
    """Read "NAME:WEIGHT". Raises SettingError where it is none."""
    name, colon, weight = text.rpartition(":")
    try:
        return Blend(name, float(weight)) if colon and name else _no_blend(text)
    except ValueError:
        return _no_blend(text)


def _no_blend(text: str) -> Blend:
    raise SettingError(
        "{text!r} is no blend.", "Write it as NAME:WEIGHT, such as ink:0.4.", text=text
    )


def _check_prompt(request: RunOptions, *, takes_prompt: bool) -> None:
    if request.prompt and not takes_prompt:
        raise SettingError(
            "The model {model} takes no prompt.",
            "Leave --prompt out, or choose a style.",
            model=request.model,
        )


def _check_ends(request: RunOptions) -> None:
    """A source must be there and, where every frame is written, must end."""
    if request.frames is not None and request.frames < 1:
        raise SettingError(
            "{frames} frames are none.", "Ask for at least 1 frame.", frames=request.frames
        )
    kind = request.input.partition(":")[0]
    if kind not in (*_GENERATED, *_LIVE_ONLY) and not Path(request.input).exists():
        raise SourceError(
            "There is no file {input}.",
            "Give a path, demo, synthetic, screen, or camera:INDEX_OR_NAME.",
            input=request.input,
        )
    if request.loop and not request.realtime and request.frames is None:
        raise SettingError("A loop never ends.", "Say how many frames it shall give: --frames N.")


def _sinks(request: RunOptions, live: LiveSettings) -> tuple[FrameSink, ...]:
    if request.output == NOWHERE:
        return (NullSink(),)
    if request.output == VIRTUAL_CAMERA:
        return ()
    path, source = Path(request.output), Path(request.input)
    if path.exists() and source.exists() and path.samefile(source):
        raise SinkError("The output is the input itself.", "Choose another file.")
    provenance = Provenance(
        request.model,
        live.style,
        {"strength": f"{live.strength:g}", "steps": str(live.steps), "seed": str(live.seed)},
    )
    if request.realtime:
        return (Recorder(path, provenance),)
    return (FileSink(path, provenance, audio=source if source.is_file() else None),)
