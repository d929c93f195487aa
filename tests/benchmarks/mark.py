"""Measures the invisible mark: what it survives, what it costs, and how often it is seen wrongly.

    python -m tests.benchmarks.mark CLIPS_FOLDER [--report FILE.json] [--false-alarms]

The built-in model styles webcam clips, each played forth and back until it is long enough, every
look at least once, half of them 512x512 and cropped to 16:9 as for the virtual camera. Then each
is handled as a video call, a player or a screen recording would, and given to the detector. The
cost is a ratio to cv2.add of a picture of the same size, in turn in one run.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, cast

import av
import cv2
import numpy as np
import typer
from av.video.stream import VideoStream
from rich.console import Console
from rich.table import Table

from engine.evaluation.clips import ClipSet
from engine.evaluation.machine import this_machine
from engine.frames import Frame, Pixels, Size, size_of
from engine.interfaces import Translator, Wait
from engine.model.factory import build_translator
from engine.model_store.catalog import load_catalog
from engine.paths import app_version
from engine.provenance.film import windows_of
from engine.provenance.mark.detection import ENOUGH, detect
from engine.provenance.mark.embedding import add_mark
from engine.provenance.mark.payload import Payload
from engine.provenance.mark.spectrum import GreyFilm
from engine.settings import BuildSettings, LiveSettings

RATE = 30
FIVE_S, EIGHT_S = range(20, 20 + 5 * RATE), range(7, 7 + 8 * RATE)
LENGTH = EIGHT_S.stop
SIZES = (Size(640, 360), Size(512, 512))
HD, MEDIUM, SMALL = Size(1280, 720), Size(640, 360), Size(480, 270)
PAYLOAD = Payload.of_version(app_version())

Pictures = Sequence[Pixels]
Handling = Callable[[Pixels, Pixels], Pixels]
"""From a marked picture of 16:9, and the same without the mark, to what is encoded."""


@dataclass(frozen=True, slots=True)
class Coding:
    """What a film is encoded with. kbits: per second."""

    size: Size
    kbits: int
    codec: str = "libx264"
    every: int = 1
    times: int = 1


@dataclass(frozen=True, slots=True)
class Case:
    """One way of handling a film. shown: its size before that. part: which frames remain."""

    name: str
    coding: Coding
    handling: Handling = lambda marked, _plain: marked
    part: range = FIVE_S
    shown: Size = MEDIUM


@dataclass(frozen=True, slots=True)
class Styled:
    """A styled clip without the mark."""

    name: str
    pictures: Pictures


def crop(share: float) -> Handling:
    """Cut a part out, off the centre."""

    def cut(marked: Pixels, _plain: Pixels) -> Pixels:
        height, width = (round(side * share) for side in marked.shape[:2])
        top, left = (marked.shape[0] - height) * 2 // 3, (marked.shape[1] - width) // 3
        return np.ascontiguousarray(marked[top : top + height, left : left + width])

    return cut


def tones(contrast: float, brightness: float) -> Handling:
    """Change the picture's contrast about the middle, and its brightness in shares of 255."""
    levels = (np.arange(256) - 127.5) * contrast + 127.5 + 255 * brightness
    table = np.clip(np.rint(levels), 0, 255).astype(np.uint8)

    def changed(marked: Pixels, _plain: Pixels) -> Pixels:
        result: Pixels = cv2.LUT(marked, table)
        return result

    return changed


def letterbox(marked: Pixels, _plain: Pixels) -> Pixels:
    """Black bars above and below, as in a picture of 4:3."""
    barred: Pixels = cv2.copyMakeBorder(marked, 60, 60, 0, 0, cv2.BORDER_CONSTANT)
    return barred


def pillarbox(marked: Pixels, _plain: Pixels) -> Pixels:
    """Black bars left and right, as in a wide picture."""
    barred: Pixels = cv2.copyMakeBorder(marked, 0, 0, 75, 75, cv2.BORDER_CONSTANT)
    return barred


def window_on_a_desktop(marked: Pixels, _plain: Pixels) -> Pixels:
    """A player's window at 80 % of its size, with a title bar, on a desktop of 1280x720."""
    desktop = np.full((720, 1280, 3), (52, 70, 96), np.uint8)
    desktop[:, :, 1] += np.linspace(0, 60, 1280).astype(np.uint8)
    desktop[46:74, 150:1174] = 230
    desktop[74:650, 150:1174] = cv2.resize(marked, (1024, 576), interpolation=cv2.INTER_AREA)
    return desktop


def picture_in_picture(marked: Pixels, plain: Pixels) -> Pixels:
    """At a quarter of the area, over another film: the unmarked one, mirrored and blurred."""
    whole: Pixels = cv2.GaussianBlur(np.ascontiguousarray(plain[:, ::-1]), (0, 0), 3)
    whole[340:700, 620:1260] = cv2.resize(marked, (640, 360), interpolation=cv2.INTER_AREA)
    return whole


def mirrored(marked: Pixels, _plain: Pixels) -> Pixels:
    """Left and right exchanged."""
    return np.ascontiguousarray(marked[:, ::-1])


CASES = (
    Case("H.264, 500 kbit/s, 1280x720", Coding(HD, 500), shown=HD),
    Case("H.264, 150 kbit/s, 640x360", Coding(MEDIUM, 150)),
    Case("VP8, 300 kbit/s, 640x360", Coding(MEDIUM, 300, "libvpx")),
    Case("VP9, 300 kbit/s, 640x360", Coding(MEDIUM, 300, "libvpx-vp9")),
    Case("15 frames/s", Coding(MEDIUM, 500, every=2)),
    Case("scaled to 0.5", Coding(Size(320, 180), 300)),
    Case("scaled to 0.75", Coding(Size(480, 270), 500)),
    Case("scaled to 1.5", Coding(Size(960, 540), 500)),
    Case("letterboxed to 4:3", Coding(Size(640, 480), 500), letterbox),
    Case("bars left and right", Coding(Size(790, 360), 500), pillarbox),
    Case("mirrored", Coding(MEDIUM, 500), mirrored),
    Case("cropped to 80 %", Coding(Size(512, 288), 500), crop(0.8)),
    Case("brightness +20 %", Coding(MEDIUM, 500), tones(1, 0.2)),
    Case("brightness -20 %", Coding(MEDIUM, 500), tones(1, -0.2)),
    Case("contrast +20 %", Coding(MEDIUM, 500), tones(1.2, 0)),
    Case("contrast -20 %", Coding(MEDIUM, 500), tones(0.8, 0)),
    Case("screen recording with a border", Coding(HD, 1000), window_on_a_desktop, shown=HD),
    Case("picture in picture, a quarter", Coding(HD, 1000), picture_in_picture, shown=HD),
    Case("cropped to 85 %, 480x270, H.264, 300 kbit/s", Coding(SMALL, 300), crop(0.85), EIGHT_S),
    Case("640x360, re-encoded at 500 kbit/s", Coding(MEDIUM, 500, times=2), part=EIGHT_S),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How often a case was found. lowest, median: of the scores; version: how often it was read."""

    case: str
    found: int
    version: int
    clips: int
    lowest: float
    median: float


def mark(
    folder: Annotated[Path, typer.Argument(help="A folder of webcam clips.")],
    clips: Annotated[int, typer.Option(help="How many styled clips; each look in turn.")] = 12,
    report: Annotated[Path | None, typer.Option(help="Write the figures to this file.")] = None,
    false_alarms: Annotated[
        bool, typer.Option("--false-alarms", help="Count them over 2,000 windows, which is slow.")
    ] = False,
) -> None:
    """Make the table of what the mark survives."""
    console = Console(width=110)
    scores: dict[str, list[tuple[float, bool]]] = {case.name: [] for case in CASES}
    cost = psnr_and_cost(HD)
    unmarked: list[GreyFilm] = []
    for styled in styled_clips(folder, clips):
        for case in CASES:
            result = handled(styled, case)
            scores[case.name].append(result)
            console.print(f"{styled.name}: {case.name}: {result[0]:.1f}", highlight=False)
        unmarked.append(grey(styled.pictures))
    outcomes = [outcome(name, found) for name, found in scores.items()]
    console.print(table(outcomes))
    figures: dict[str, object] = {
        "machine": asdict(this_machine()),
        "clips": clips,
        "psnr_db_and_cost_in_cv2_add_and_ms": cost,
        "cases": [asdict(each) for each in outcomes],
    }
    console.print(f"PSNR {cost[0]} dB; as long as {cost[1]} cv2.add, {cost[2]} ms", highlight=False)
    if false_alarms:
        figures["unmarked"] = wrong_windows([*unmarked, recorded(folder)])
        console.print(figures["unmarked"])
    if report is not None:
        report.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def styled_clips(folder: Path, count: int) -> Iterator[Styled]:
    """Clips styled one after the other, all looks in turn."""
    looks = [style.name for style in load_catalog().styles_of("built-in")]
    for number, look in enumerate(islice(cycle(looks), count)):
        size = SIZES[(number + number // len(looks)) % len(SIZES)]
        clip_set = ClipSet.of_folder(folder, size)
        path = clip_set.paths[number % len(clip_set.paths)]
        frames = list(clip_set.frames(path))
        there_and_back = islice(cycle([*frames, *frames[-2:0:-1]]), LENGTH)
        build = BuildSettings("built-in", size)
        translator = build_translator(build, LiveSettings(style=look))
        try:
            yield Styled(f"{look}, {path.stem}, {size}", list(restyled(translator, there_and_back)))
        finally:
            translator.close()


def restyled(stream: Translator, frames: Iterable[Pixels]) -> Iterator[Pixels]:
    """Every frame, styled as a stream."""
    for number, pixels in enumerate(frames):
        stream.submit(Frame(pixels, number, number / RATE))
        yield from (result.pixels for result in stream.take_finished(Wait.SUBMITTED))
    yield from (result.pixels for result in stream.take_finished(Wait.END))


def handled(styled: Styled, case: Case) -> tuple[float, bool]:
    """The detector's score for a clip that was marked and handled, and whether it told the
    version.
    """
    numbers = case.part[:: case.coding.every]
    frames = (
        case.handling(
            widescreen(add_mark(styled.pictures[number], number, PAYLOAD), case.shown),
            widescreen(styled.pictures[number], case.shown),
        )
        for number in numbers
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "film.mkv"
        encode(path, frames, case.coding)
        for again in range(1, case.coding.times):
            source, path = path, path.with_name(f"film{again}.mkv")
            encode(path, decoded(source), case.coding)
        windows = list(windows_of(path))
        best = max(
            (detect(window.film, windows=window.count) for window in windows),
            key=lambda found: found.score,
        )
    return best.score, best.payload == PAYLOAD


def widescreen(pixels: Pixels, size: Size) -> Pixels:
    """As the virtual camera shows it: cropped to 16:9, at this size."""
    height, width = pixels.shape[:2]
    rows = min(height, width * 9 // 16)
    top = (height - rows) // 2
    result: Pixels = cv2.resize(
        pixels[top : top + rows], (size.width, size.height), interpolation=cv2.INTER_AREA
    )
    return result


def encode(path: Path, frames: Iterable[Pixels], coding: Coding) -> None:
    """Encode as a video call does: no look ahead, a bitrate that is kept to."""
    rate = RATE // coding.every
    options = {"deadline": "realtime", "cpu-used": "8"}
    if coding.codec == "libx264":
        limit = f"{coding.kbits}k"
        options = {"preset": "veryfast", "tune": "zerolatency", "maxrate": limit, "bufsize": limit}
    with av.open(str(path), "w") as container:
        stream = cast("VideoStream", container.add_stream(coding.codec, rate=rate, options=options))
        stream.width, stream.height = coding.size.width, coding.size.height
        stream.pix_fmt, stream.bit_rate = "yuv420p", coding.kbits * 1000
        stream.thread_count = 1
        for pixels in frames:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, "rgb24")))
        container.mux(stream.encode(None))


def decoded(path: Path) -> Iterator[Pixels]:
    """The pictures of a film."""
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            yield np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)


def outcome(name: str, found: Sequence[tuple[float, bool]]) -> Outcome:
    """Sum up a case."""
    scores = [score for score, _ in found]
    return Outcome(
        name,
        sum(score >= ENOUGH for score in scores),
        sum(version for _, version in found),
        len(found),
        round(min(scores), 1),
        round(float(np.median(scores)), 1),
    )


def table(outcomes: Sequence[Outcome]) -> Table:
    """For people."""
    result = Table("handled", "found", "version read", "lowest score", "median score")
    for each in outcomes:
        shares = f"{each.found} of {each.clips}", f"{each.version} of {each.clips}"
        result.add_row(each.case, *shares, f"{each.lowest:g}", f"{each.median:g}")
    return result


def psnr_and_cost(size: Size, rounds: int = 60) -> tuple[float, float, float]:
    """PSNR of the mark on grey, dB; its cost by that of one cv2.add, and in milliseconds."""
    cv2.setNumThreads(1)
    plain = np.full((size.height, size.width, 3), 128, np.uint8)
    marked = add_mark(plain, 0, PAYLOAD)
    error = float(np.mean(np.square(marked.astype(np.float32) - plain)))
    marking, adding = [], []
    for number in range(rounds):
        begin = time.perf_counter()
        add_mark(plain, number, PAYLOAD)
        middle = time.perf_counter()
        cv2.add(plain, marked)
        marking.append(middle - begin)
        adding.append(time.perf_counter() - middle)
    cost = float(np.median(marking))
    return (
        round(10 * float(np.log10(255**2 / error)), 1),
        round(cost / float(np.median(adding)), 1),
        round(cost * 1000, 2),
    )


def recorded(folder: Path) -> GreyFilm:
    """All webcam clips as they are, one behind the other."""
    clip_set = ClipSet.of_folder(folder, MEDIUM)
    return grey([frame for path in clip_set.paths for frame in clip_set.frames(path)])


def grey(pictures: Pictures) -> GreyFilm:
    """A film as the detector takes it."""
    size = size_of(pictures[0])
    scale = 192 / np.sqrt(size.width * size.height)
    small = round(size.width * scale), round(size.height * scale)
    planes = [
        cv2.resize(cv2.cvtColor(each, cv2.COLOR_RGB2GRAY), small, interpolation=cv2.INTER_AREA)
        for each in pictures
    ]
    return GreyFilm(np.stack(planes).astype(np.float32), np.arange(len(planes)) / RATE)


def wrong_windows(films: Sequence[GreyFilm], at_least: int = 2000) -> dict[str, float]:
    """Look for the mark in overlapping windows of five seconds of films that have none."""
    length = 5 * RATE
    places = sum(max(len(film.pixels) - length + 1, 0) for film in films)
    step = max(places // at_least, 1)
    scores = [
        detect(GreyFilm(film.pixels[start : start + length], film.seconds[:length])).score
        for film in films
        for start in range(0, len(film.pixels) - length + 1, step)
    ]
    wrong = sum(score >= ENOUGH for score in scores)
    return {"windows": len(scores), "wrong": wrong, "highest_score": round(max(scores), 2)}


if __name__ == "__main__":
    typer.run(mark)
