"""What the doctor says of the engine for other computers."""

import pytest

from engine.doctor.serving import check_serving


def test_with_the_library_and_both_encoders_it_is_ready() -> None:
    check = check_serving()
    assert check.passed
    assert check.detail == "ready, with H.264, VP8: python main.py serve"


def test_an_encoder_that_is_missing_is_no_failure_of_the_camera(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("av.codecs_available", {"libvpx"})
    check = check_serving()
    assert check.passed is None
    assert check.detail == "PyAV lacks an encoder; it has: VP8"
