"""The commands and their options; what they do is told in the other files of this folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cli.models import models_app
from cli.options import RunOptions
from engine.settings import CachePrecision, Precision

DEMO_FILE = "live2diff-demo.mp4"

app = typer.Typer(
    help="Live2Diff Camera. Without a command: the window.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(models_app, name="models")
console = Console()

Input = Annotated[
    str, typer.Option(help="demo, synthetic, screen, camera:INDEX_OR_NAME, or a video file.")
]
Output = Annotated[str, typer.Option(help="virtual-camera, none, or a video file to write.")]
Model = Annotated[str, typer.Option(help="A model: see `models list`.")]
Style = Annotated[str | None, typer.Option(help="A style of the model; the first if left out.")]
Blend = Annotated[str | None, typer.Option(help="A second style and its share, as NAME:WEIGHT.")]
Strength = Annotated[float | None, typer.Option(help="0.2, a touch, to 1, full.")]
Steps = Annotated[int | None, typer.Option(help="Denoising steps, 1 to 8: finer, and slower.")]
SizeText = Annotated[str | None, typer.Option("--size", help="WIDTHxHEIGHT, multiples of 8.")]
Seed = Annotated[int, typer.Option(help="The same seed gives the same picture.")]
Prompt = Annotated[str, typer.Option(help="Words, for a model that takes them.")]
Device = Annotated[str, typer.Option(help="auto, or a device: see `devices`.")]
Accelerator = Annotated[str, typer.Option(help="auto, the quickest here, or one of `devices`.")]
FlickerReduction = Annotated[float, typer.Option(help="How much flicker is evened out, 0 to 0.9.")]
Loop = Annotated[bool, typer.Option("--loop", help="Begin a file again at its end.")]
Frames = Annotated[int | None, typer.Option(help="Stop after so many input frames.")]
Cache = Annotated[
    CachePrecision, typer.Option(help="How past frames are kept; 8 bits take half the memory.")
]
InPrecision = Annotated[
    Precision, typer.Option("--precision", help="The numbers that the model computes in.")
]
Report = Annotated[Path | None, typer.Option(help="Write the run's figures to this JSON file.")]


@app.command()
def run(
    input: Input,
    output: Output,
    model: Model = "built-in",
    style: Style = None,
    blend: Blend = None,
    strength: Strength = None,
    steps: Steps = None,
    size: SizeText = None,
    seed: Seed = 0,
    prompt: Prompt = "",
    device: Device = "auto",
    accelerator: Accelerator = "auto",
    flicker_reduction: FlickerReduction = 0.6,
    loop: Loop = False,
    frames: Frames = None,
    report: Report = None,
    cache: Cache = CachePrecision.SAME,
    precision: InPrecision = Precision.AUTO,
) -> None:
    """Restyle a camera, a file or the screen into a file or the virtual camera."""
    _run(
        RunOptions(
            input, output, model, style, blend, strength, steps, size, seed, prompt, device,
            accelerator, flicker_reduction, loop, frames, report, cache, precision,
        )
    )  # fmt: skip


@app.command()
def demo(
    input: Input = "demo",
    output: Output = DEMO_FILE,
    model: Model = "built-in",
    style: Style = None,
    blend: Blend = None,
    strength: Strength = None,
    steps: Steps = None,
    size: SizeText = None,
    seed: Seed = 0,
    prompt: Prompt = "",
    device: Device = "auto",
    accelerator: Accelerator = "auto",
    flicker_reduction: FlickerReduction = 0.6,
    loop: Loop = False,
    frames: Frames = None,
    report: Report = None,
    cache: Cache = CachePrecision.SAME,
    precision: InPrecision = Precision.AUTO,
) -> None:
    """Show the main job on a moving portrait: no camera, screen or download needed."""
    run(
        input, output, model, style, blend, strength, steps, size, seed, prompt, device,
        accelerator, flicker_reduction, loop, frames, report, cache, precision,
    )  # fmt: skip


@app.command()
def doctor() -> None:
    """Examine every condition for a working camera and engine; exit 0 only if all is well."""
    from cli.info import print_examination  # noqa: PLC0415

    if not print_examination(console):
        raise typer.Exit(1)


@app.command()
def devices() -> None:
    """List cameras, virtual cameras, devices and accelerators."""
    from cli.info import print_devices  # noqa: PLC0415

    print_devices(console)


@app.command()
def benchmark(
    seconds: Annotated[float, typer.Option(help="How long to measure each setting.")] = 3.0,
) -> None:
    """Measure what this computer can do, and recommend a setting."""
    from cli.benchmark import benchmark as measure  # noqa: PLC0415

    measure(seconds, console)


@app.command()
def evaluate(
    clips: Annotated[Path, typer.Option(help="A folder of video clips.")],
    report: Annotated[Path, typer.Option(help="Write the figures to this JSON file.")],
    model: Model = "built-in",
    style: Annotated[str, typer.Option(help="A style of the model, or all.")] = "all",
    size: SizeText = None,
    depth_model: Annotated[
        Path | None, typer.Option(help="An ONNX depth model, to judge structure by.")
    ] = None,
    teacher: Annotated[
        Path | None, typer.Option(help="The clips as a teacher styles them: STYLE/CLIP.mkv.")
    ] = None,
    frames: Annotated[int | None, typer.Option(help="At most so many frames of each clip.")] = None,
) -> None:
    """Judge styles on clips: steadiness, structure, sharpness, speed."""
    from cli.evaluate import Request as Judgement  # noqa: PLC0415
    from cli.evaluate import evaluate as judge  # noqa: PLC0415

    judge(Judgement(clips, report, model, style, size, depth_model, teacher, frames), console)


def _run(request: RunOptions) -> None:
    from cli.run import run as run_request  # noqa: PLC0415

    run_request(request, console)
