"""From file to file: each picture at its own time, all the sound, flash and beep together."""

from pathlib import Path

import pytest

from tests.engine.video.film.made import film, measure, restyled, steady

CONTAINERS = pytest.mark.parametrize("suffix", [".mp4", ".mov", ".mkv"])
VARIABLE = steady(3) + [3 + number / 10 for number in range(30)]
GAP = steady(2) + steady(2, begin=4)
SCREEN = steady(2) + [2 + number / 2 for number in range(16)]


@CONTAINERS
@pytest.mark.parametrize("moments", [VARIABLE, GAP, SCREEN], ids=["variable", "gap", "screen"])
def test_every_picture_keeps_its_time_and_the_sound_its_length(
    tmp_path: Path, suffix: str, moments: list[float]
) -> None:
    clip = film(tmp_path / "in.mkv", moments, sound=(0.0, 10.0))
    restyled(clip, tmp_path / f"out{suffix}")
    before, after = measure(clip), measure(tmp_path / f"out{suffix}")
    assert len(after.pictures) == len(moments)
    assert after.pictures == pytest.approx(before.pictures, abs=0.03)
    assert after.ends[1] == pytest.approx(10.0, abs=0.1)
    assert len(after.beeps) == 10
    assert after.worst() < 0.02


@CONTAINERS
def test_the_last_picture_of_a_steady_film_is_not_lost(tmp_path: Path, suffix: str) -> None:
    clip = film(tmp_path / "in.mp4", steady(3), sound=(0.0, 3.0))
    restyled(clip, tmp_path / f"out{suffix}")
    after = measure(tmp_path / f"out{suffix}")
    assert len(after.pictures) == 90
    assert after.ends[0] == pytest.approx(3.0, abs=0.01)
    assert after.worst() < 0.02


@pytest.mark.parametrize(
    ("name", "sound", "codec", "video_codec"),
    [
        ("in.avi", (0.0, 3.0), "mp3", "mpeg4"),
        ("in.ts", (0.0, 3.0), "aac", "libx264"),
        ("in.flv", (0.0, 3.0), "aac", "libx264"),
        ("in.mpg", (0.0, 3.0), "mp2", "mpeg2video"),
        ("in.webm", (0.0, 3.0), "libopus", "libvpx"),
        ("in.mov", (0.0, 3.0), "pcm_s16le", "libx264"),
        ("late_sound.mp4", (1.0, 3.0), "aac", "libx264"),
        ("late_sound.ts", (1.0, 3.0), "aac", "libx264"),
    ],
)
@CONTAINERS
def test_flash_and_beep_stay_together_from_any_container_to_any_other(
    tmp_path: Path, suffix: str, name: str, sound: tuple[float, float], codec: str, video_codec: str
) -> None:
    clip = film(tmp_path / name, steady(3), sound=sound, codec=codec, video_codec=video_codec)
    sink = restyled(clip, tmp_path / f"out{suffix}")
    before, after = measure(clip), measure(tmp_path / f"out{suffix}")
    assert len(after.pictures) == 90
    assert len(after.beeps) == round(sound[1] - sound[0])
    for beep in after.beeps:  # the first flash has no beep where the sound is late
        nearest = min(abs(flash - beep) for flash in after.flashes)
        assert nearest < max(0.02, before.worst() + 0.005 if sound[0] == 0 else 0.02)
    assert not sink.remarks


def test_pictures_that_begin_after_the_sound_stay_with_it(tmp_path: Path) -> None:
    clip = film(tmp_path / "in.mkv", steady(2, begin=1.5), sound=(0.0, 4.0))
    restyled(clip, tmp_path / "out.mp4")
    after = measure(tmp_path / "out.mp4")
    assert after.pictures[0] == pytest.approx(1.5, abs=0.03)
    assert len(after.beeps) == 4
    assert after.worst() < 0.02


def test_a_film_that_is_ended_early_has_no_more_sound_than_pictures(tmp_path: Path) -> None:
    clip = film(tmp_path / "in.mp4", steady(4), sound=(0.0, 4.0))
    restyled(clip, tmp_path / "out.mp4", limit=45)
    assert measure(tmp_path / "out.mp4").ends == pytest.approx((1.5, 1.5), abs=0.05)


def test_joined_recordings_go_on_where_the_clock_jumps_back(tmp_path: Path) -> None:
    part = film(tmp_path / "part.ts", steady(4), sound=(0.0, 4.0)).read_bytes()
    (tmp_path / "in.ts").write_bytes(part + part)
    restyled(tmp_path / "in.ts", tmp_path / "out.mp4")
    after = measure(tmp_path / "out.mp4")
    assert len(after.pictures) == 240
    assert after.ends == pytest.approx((8.0, 8.0), abs=0.2)
    assert len(after.beeps) == 8
    assert after.worst() < 0.02


def test_a_recording_that_begins_in_the_middle_keeps_its_sound_in_time(tmp_path: Path) -> None:
    whole = film(tmp_path / "whole.ts", steady(20), sound=(0.0, 20.0)).read_bytes()
    packets = len(whole) // 188
    (tmp_path / "in.ts").write_bytes(whole[188 * (packets // 9) :])
    restyled(tmp_path / "in.ts", tmp_path / "out.mkv")
    after = measure(tmp_path / "out.mkv")
    assert len(after.flashes) > 5
    assert after.worst() < 0.02


@pytest.mark.parametrize("rate", [192_000, 37_800, 5512])
def test_sound_at_any_rate_is_resampled(tmp_path: Path, rate: int) -> None:
    clip = film(tmp_path / "in.mkv", steady(2), sound=(0.0, 2.0), codec="pcm_s24le", rate=rate)
    sink = restyled(clip, tmp_path / "out.mp4")
    after = measure(tmp_path / "out.mp4")
    assert len(after.beeps) == 2
    assert after.worst() < 0.02
    assert not sink.remarks


def test_sound_that_nobody_can_read_leaves_a_silent_film_and_is_said(tmp_path: Path) -> None:
    clip = film(tmp_path / "in.mp4", steady(2), sound=(0.0, 2.0))
    raw = bytearray(clip.read_bytes())
    at = raw.find(b"mp4a")
    raw[at : at + 4] = b"apac"
    at = raw.find(b"esds", at)
    raw[at : at + 4] = b"dapa"
    clip.write_bytes(raw)
    sink = restyled(clip, tmp_path / "out.mp4")
    assert len(measure(tmp_path / "out.mp4").pictures) == 60
    assert [str(remark) for remark in sink.remarks] == [
        "The sound of in.mp4 is of a kind that cannot be read; the new film is silent. "
        "To keep it, turn it into AAC with another program first."
    ]


def test_damage_in_the_sound_silences_no_more_than_itself(tmp_path: Path) -> None:
    clip = film(tmp_path / "in.ts", steady(6), sound=(0.0, 6.0), codec="mp2")
    broken = bytearray(clip.read_bytes())
    for at in range(len(broken) // 3, len(broken) // 3 + 188 * 6, 7):
        broken[at] ^= 0x5A
    clip.write_bytes(broken)
    restyled(clip, tmp_path / "out.mp4")
    after = measure(tmp_path / "out.mp4")
    assert len(after.beeps) >= 4
    assert after.ends[1] == pytest.approx(6.0, abs=0.2)


@pytest.mark.parametrize("seconds", [1 / 3600, 1 / 40, 1 / 3])
def test_a_film_of_any_slowness_is_a_film(tmp_path: Path, seconds: float) -> None:
    interval = 1 / seconds
    clip = film(tmp_path / "in.mkv", [0.0, interval, 2 * interval])
    restyled(clip, tmp_path / "out.mp4")
    after = measure(tmp_path / "out.mp4")
    assert after.pictures == pytest.approx([0.0, interval, 2 * interval], abs=0.03)
