"""Videos that ask for too much, or for what there is no decoder for, are refused in a sentence."""

import resource
from pathlib import Path

import av
import pytest

from engine.errors import SourceError
from engine.video.film import picture_filter, probe
from engine.video.sources.file import FileSource
from tests.engine.video.clips import greys, write_clip


def large_clip(path: Path, side: int) -> Path:
    """One black frame; a few hundred kilobytes in whatever size."""
    with av.open(path, "w") as container:
        video = container.add_stream("libx264", rate=5, options={"preset": "ultrafast"})
        video.width, video.height, video.pix_fmt = side, side, "yuv420p"
        frame = av.VideoFrame(side, side, "yuv420p")
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        container.mux(video.encode(frame))
        container.mux(video.encode(None))
    return path


def test_pictures_that_are_too_large_are_refused_before_one_is_decoded(tmp_path: Path) -> None:
    path = large_clip(tmp_path / "large.mp4", 8256)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(SourceError, match="pictures of 8256x8256 are too large") as caught:
        FileSource(path).open()
    assert caught.value.remedy.startswith("Scale it down to 8192x8192")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_frames_that_are_larger_than_the_file_says_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probe, "DECODER_LIMITS", {"max_pixels": "1000"})
    with pytest.raises(SourceError, match="cannot be played"):
        FileSource(write_clip(tmp_path / "clip.mp4", greys(3))).open()


def test_a_video_without_a_decoder_is_refused(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "clip.avi", greys(3))
    path.write_bytes(path.read_bytes().replace(b"H264", b"\xffZZ\x01"))
    with pytest.raises(SourceError, match="not a video"):
        FileSource(path).open()


def test_a_frame_that_cannot_be_converted_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    convert, calls = picture_filter.to_rgb, iter(range(100))

    def fails_once(frame: av.VideoFrame) -> object:
        if next(calls) == 1:
            raise OSError(95, "Operation not supported")
        return convert(frame)

    monkeypatch.setattr(picture_filter, "to_rgb", fails_once)
    source = FileSource(write_clip(tmp_path / "clip.mp4", greys(5)))
    source.open()
    assert len(list(iter(source.read, None))) == 4
    source.close()
