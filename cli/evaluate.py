"""The command `evaluate`: scores styles on clips, prints a table, and writes a JSON report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from cli.options import ALL_STYLES, EvaluateOptions
from engine.errors import SettingError
from engine.evaluation.clips import ClipSet, Teacher
from engine.evaluation.machine import this_machine
from engine.evaluation.quality import ModelPair, Quality, ScoringSetup, mean_quality, score_style
from engine.evaluation.reports import check_writable, weights_mb, write_report
from engine.evaluation.scoring import DepthStructure, GradientStructure, StructureMetric
from engine.frames import Size
from engine.model.factory import build_translator
from engine.model_store.catalog import Catalog, ModelEntry, load_catalog
from engine.model_store.installed import InstalledModels
from engine.model_store.location import models_folder
from engine.model_store.styles import StyleEntry
from engine.settings import BuildSettings, LiveSettings, parse_size


def evaluate(request: EvaluateOptions, console: Console) -> None:
    """Score, print and write the report. Raises subclasses of EngineError, early if possible."""
    check_writable(request.report)
    catalog = load_catalog()
    entry, styles = catalog.model(request.model), _styles(request, catalog, console)
    size = entry.default_size if request.size is None else parse_size(request.size)
    build = BuildSettings(model=request.model, size=size)
    clips = ClipSet.of_folder(request.clips, size, request.frames)
    setup = ScoringSetup(
        clips, _structure_metric(request.depth_model), _teacher(request, clips, styles)
    )
    machine = this_machine()
    live = LiveSettings(
        strength=entry.default_strength,
        steps=entry.default_steps,
        flicker_reduction=request.flicker_reduction,
    )
    qualities = _score_all(entry, build, live, styles, setup, console)
    mean = mean_quality(list(qualities.values()))
    console.print(_table({**qualities, "mean": mean}))
    console.print(_flicker(mean))
    if mean.face_like_photo is not None:
        console.print(_table_of_faces({**qualities, "mean": mean}))
    write_report(
        request.report,
        {
            "machine": asdict(machine),
            "setting": _setting(request, entry, size, clips),
            "styles": {name: _rounded(quality) for name, quality in qualities.items()},
            "mean": _rounded(mean),
        },
    )
    console.print(f"wrote {request.report}", soft_wrap=True)


def _styles(request: EvaluateOptions, catalog: Catalog, console: Console) -> tuple[StyleEntry, ...]:
    if request.style != ALL_STYLES:
        live, removed = catalog.with_current_styles(request.model, LiveSettings(request.style))
        if removed is not None:
            console.print(str(removed), style="yellow", soft_wrap=True)
        return (catalog.style(request.model, live.style),)
    styles = catalog.styles_of(request.model)
    if not styles:
        raise SettingError(
            "The model {model} has no styles.", "Choose another model.", model=request.model
        )
    return styles


def _structure_metric(depth_model: Path | None) -> StructureMetric:
    return GradientStructure() if depth_model is None else DepthStructure(depth_model)


def _teacher(
    request: EvaluateOptions, clips: ClipSet, styles: tuple[StyleEntry, ...]
) -> Teacher | None:
    """The teacher, after checking that it has every clip in every style."""
    if request.teacher is None:
        return None
    teacher = Teacher(request.teacher)
    for style in styles:
        for path in clips.paths:
            teacher.path(style.name, path)
    return teacher


def _score_all(
    entry: ModelEntry,
    build: BuildSettings,
    live: LiveSettings,
    styles: tuple[StyleEntry, ...],
    setup: ScoringSetup,
    console: Console,
) -> dict[str, Quality]:
    """Each style in turn, with a progress bar over all frames."""
    installed = InstalledModels(models_folder())
    lengths = [setup.clips.length(path) for path in setup.clips.paths]
    known = [length for length in lengths if length is not None]
    total = len(styles) * sum(known) if len(known) == len(lengths) else None
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console) as bar:
        task = bar.add_task("", total=total)
        observed = replace(setup, on_frame=lambda: bar.advance(task))
        qualities = {}
        for style in styles:
            bar.update(task, description=style.title)
            weight = weights_mb(entry, style, installed)
            models = _models(build, replace(live, style=style.name))
            qualities[style.name] = score_style(models, observed, weight)
    return qualities


def _models(build: BuildSettings, live: LiveSettings) -> ModelPair:
    return ModelPair(build_translator(build, live), build_translator(build, live), live)


def _setting(
    request: EvaluateOptions, entry: ModelEntry, size: Size, clips: ClipSet
) -> Mapping[str, object]:
    """The conditions of the figures."""
    return {
        "model": request.model,
        "size": str(size),
        "strength": entry.default_strength,
        "steps": entry.default_steps,
        "flicker_reduction": request.flicker_reduction,
        "clips": [path.name for path in clips.paths],
        "frames_at_most": clips.limit,
        "structure": "gradients" if request.depth_model is None else request.depth_model.name,
        "teacher": request.teacher is not None,
    }


def _rounded(quality: Quality) -> dict[str, float]:
    """Six digits, as no figure is more accurate."""
    return {name: float(f"{value:.6g}") for name, value in quality.figures().items()}


def _table(qualities: Mapping[str, Quality]) -> Table:
    """The row of a style, or of the mean."""
    table = Table(
        "style", "warp", "input", "fresh", "same", "teacher", "structure", "sharpness",
        "fps", "ms",
        title="warp error: stream, input, frame by frame with fresh and the same noise, teacher",
        caption="in brackets: the teacher's",
        box=SIMPLE_HEAD, pad_edge=False,
    )  # fmt: skip
    for name, quality in qualities.items():
        table.add_row(name, *_cells(quality))
    return table


def _cells(quality: Quality) -> tuple[str, ...]:
    warp = (
        quality.warp_error,
        quality.input_warp_error,
        quality.warp_error_fresh_noise,
        quality.warp_error_same_noise,
        quality.warp_error_teacher,
    )
    return (
        *("" if value is None else f"{value:.1f}" for value in warp),
        _with_another(quality.structure_error, quality.structure_error_teacher, "{:.3f}"),
        _with_another(quality.sharpness, quality.sharpness_teacher, "{:.0f}"),
        f"{quality.fps:.1f}",
        f"{quality.latency_ms:.0f}",
    )


def _table_of_faces(qualities: Mapping[str, Quality]) -> Table:
    table = Table(
        "style", "face", "eyes", "mouth", "sharpness", "skin", "blinks", "lips",
        title="faces: likeness to the photograph (to the drawing)",
        caption="sharpness: of the drawing's; skin: CIEDE2000 from the source's without light "
        "(whole); blinks, lips: correlation with the source's",
        box=SIMPLE_HEAD, pad_edge=False,
    )  # fmt: skip
    for name, quality in qualities.items():
        table.add_row(
            name,
            _with_another(quality.face_like_photo, quality.face_like_drawing, "{:.2f}"),
            _with_another(quality.eyes_like_photo, quality.eyes_like_drawing, "{:.2f}"),
            _with_another(quality.mouth_like_photo, quality.mouth_like_drawing, "{:.2f}"),
            _with_another(quality.face_sharpness, None, "{:.2f}"),
            _with_another(quality.skin_difference, quality.skin_difference_whole, "{:.1f}"),
            _with_another(quality.blinks_followed, None, "{:.2f}"),
            _with_another(quality.lips_followed, None, "{:.2f}"),
        )
    return table


def _with_another(own: float | None, another: float | None, template: str) -> str:
    """A figure and, in brackets, another one; nothing where there is none."""
    figures = [template.format(value) for value in (own, another) if value is not None]
    return f"{figures[0]} ({figures[1]})" if len(figures) == 2 else "".join(figures)


def _flicker(quality: Quality) -> str:
    """The flicker that the model adds, relative to what others add; less is better."""
    own = quality.excess(quality.warp_error)
    others = {
        "frame by frame with fresh noise": quality.warp_error_fresh_noise,
        "with the same noise": quality.warp_error_same_noise,
        "the teacher": quality.warp_error_teacher,
    }
    excess = {n: quality.excess(warp) for n, warp in others.items() if warp is not None}
    shares = [f"{own / theirs:.2f} of {n}" for n, theirs in excess.items() if theirs > 0]
    return f"warp error beyond the input's: {own:.1f}; {', '.join(shares)}"
