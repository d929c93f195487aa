from __future__ import annotations

import contextlib
import time

import numpy as np

from engine.microphone.sound_pipe import RATE, HeardSound, SoundWriter

BLOCK = 960


def speak_and_hear(sound: HeardSound, seconds: float, *, speak: bool = True) -> tuple[float, float]:
    """Speak a click into the pipe at half of the time, and read on; when the click was spoken, and
    when it was heard, 0 for never.
    """
    writer = SoundWriter(sound.writing_end())
    spoken = heard = 0.0
    last = began = time.monotonic()
    while (now := last + BLOCK / RATE) < began + seconds:
        time.sleep(max(0.0, now - time.monotonic()))
        samples = np.zeros(BLOCK, np.float32)
        if not spoken and now > began + seconds / 2:
            samples[0], spoken = 0.9, now - (BLOCK - 1) / RATE
        if speak:
            writer.send(samples, now)
        loud = np.flatnonzero(np.abs(sound.read(BLOCK, now)) > 0.3)
        if len(loud) and not heard:
            heard = now - (BLOCK - 1 - int(loud[0])) / RATE
        last = now
    return spoken, heard


def test_sound_is_heard_as_late_as_asked() -> None:
    with contextlib.closing(HeardSound()) as sound:
        sound.open()
        sound.follow(0.2, on=True)
        spoken, heard = speak_and_hear(sound, 2.0)
        assert abs(heard - spoken - 0.2) < 0.02


def test_while_it_is_off_there_is_silence() -> None:
    with contextlib.closing(HeardSound()) as sound:
        sound.open()
        sound.follow(0.1, on=False)
        assert speak_and_hear(sound, 1.0)[1] == 0.0


def test_switching_it_off_leaves_nothing_of_what_was_said() -> None:
    with contextlib.closing(HeardSound()) as sound:
        sound.open()
        sound.follow(0.8, on=True)
        assert speak_and_hear(sound, 1.0)[1] == 0.0  # it is still on its way
        sound.follow(0.8, on=False)
        sound.follow(0.8, on=True)
        assert speak_and_hear(sound, 1.0, speak=False)[1] == 0.0


def test_a_writer_waits_for_nobody_and_old_sound_is_left_out() -> None:
    sound = HeardSound()
    sound.follow(0.1, on=True)
    writer = SoundWriter(sound.writing_end())
    long_ago = time.monotonic() - 10
    writer.send(np.ones(20 * RATE, np.float32), long_ago)
    sound.open()
    assert speak_and_hear(sound, 0.5, speak=False)[1] == 0.0
    sound.close()
