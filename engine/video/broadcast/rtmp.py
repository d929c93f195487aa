"""RTMP: H.264 and AAC in FLV. There is always sound, if only silence, without which some services
accept nothing.
"""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from engine.frames import Pixels, Size
from engine.video.broadcast.target import SOUND_RATE, BroadcastTarget, Samples, lost

ANSWERS_WITHIN_S = 10.0
_CLOCK = 1000
_SOUND_BLOCK = 1024
"""Samples that AAC takes at a time."""
_KEY_FRAME_EVERY_S = 2
_BT709, _LIMITED_RANGE = 1, 1
_BITS_PER_PIXEL = 0.08
"""Of one frame: 2.2 Mbit/s for 1280x720 at 30 frames/s."""


class RtmpConnection:
    """FFmpeg's own RTMP, through PyAV."""

    def __init__(self, target: BroadcastTarget) -> None:
        self._target = target
        self._container: OutputContainer | None = None
        self._video: VideoStream | None = None
        self._sound: AudioStream | None = None
        self._last = -1
        self._samples = 0
        self._waiting = np.zeros(0, np.float32)

    def open(self, size: Size, fps: float) -> None:
        target = self._target
        url = f"{target.address.rstrip('/')}/{target.key}" if target.key else target.address
        options = {
            "rw_timeout": str(round(ANSWERS_WITHIN_S * 1e6)),
            "flvflags": "no_duration_filesize",
        }
        try:
            self._container = av.open(
                url, "w", format="flv", container_options=options, timeout=ANSWERS_WITHIN_S
            )
            self._video = self._add_video(self._container, size, fps)
            self._sound = self._container.add_stream("aac", rate=SOUND_RATE)
            self._sound.codec_context.layout = "stereo"
            self._container.start_encoding()
        except (av.FFmpegError, OSError) as error:
            self.close()
            raise lost(error.strerror or type(error).__name__) from None  # its text has the key
        self._last, self._samples = -1, 0
        self._waiting = np.zeros(0, np.float32)

    def send(self, pixels: Pixels, seconds: float) -> None:
        assert self._container is not None
        assert self._video is not None
        pts = max(round(seconds * _CLOCK), self._last + 1)
        self._last = pts
        rgb = VideoFrame.from_ndarray(np.ascontiguousarray(pixels), "rgb24")
        frame = rgb.reformat(format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG")
        frame.pts, frame.time_base = pts, Fraction(1, _CLOCK)
        try:
            self._container.mux(self._video.encode(frame))
        except (av.FFmpegError, OSError) as error:
            raise lost(error.strerror or type(error).__name__) from None

    def send_sound(self, samples: Samples) -> None:
        assert self._container is not None
        assert self._sound is not None
        self._waiting = np.concatenate([self._waiting, samples])
        try:
            while len(self._waiting) >= _SOUND_BLOCK:
                block, self._waiting = np.split(self._waiting, [_SOUND_BLOCK])
                self._container.mux(self._sound.encode(self._stereo(block)))
        except (av.FFmpegError, OSError) as error:
            raise lost(error.strerror or type(error).__name__) from None

    def close(self) -> None:
        container, self._container = self._container, None
        if container is not None:
            try:
                container.close()
            except (av.FFmpegError, OSError):
                return  # it is gone already

    def _add_video(self, container: OutputContainer, size: Size, fps: float) -> VideoStream:
        rate = Fraction(fps).limit_denominator(1001)
        bits = round(size.width * size.height * fps * _BITS_PER_PIXEL)
        options = {
            "preset": "superfast", "tune": "zerolatency", "maxrate": str(bits),
            "bufsize": str(bits), "g": str(round(_KEY_FRAME_EVERY_S * fps)), "profile": "main",
        }  # fmt: skip
        video = container.add_stream("libx264", rate=rate, options=options)
        video.width, video.height, video.pix_fmt = size.width, size.height, "yuv420p"
        video.bit_rate, video.thread_count = bits, 1
        context = video.codec_context
        context.time_base, context.framerate = Fraction(1, _CLOCK), rate
        context.color_range = _LIMITED_RANGE
        context.colorspace = context.color_primaries = context.color_trc = _BT709
        return video

    def _stereo(self, samples: Samples) -> AudioFrame:
        both = np.stack([samples, samples]).clip(-1, 1)
        block = AudioFrame.from_ndarray(both, format="fltp", layout="stereo")
        block.sample_rate, block.pts = SOUND_RATE, self._samples
        block.time_base = Fraction(1, SOUND_RATE)
        self._samples += len(samples)
        return block
