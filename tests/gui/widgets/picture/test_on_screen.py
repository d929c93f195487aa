"""The card's way against the processor's, on a real screen with an imitated card."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.soak.surroundings import screen

pytestmark = pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs Xvfb")


def seen(
    folder: Path, name: str, *arguments: str, **variables: str
) -> tuple[NDArray[np.int16], str]:
    """What is on the screen, and what has drawn it."""
    picture = folder / f"{name}.png"
    with screen() as display:
        told = subprocess.run(
            [sys.executable, "-m", "tests.gui.widgets.picture.on_screen", str(picture), *arguments],
            env={**os.environ, **display, **variables, "XDG_CACHE_HOME": str(folder)},
            check=True,
            capture_output=True,
            text=True,
            timeout=100,
        )
    return np.asarray(cv2.imread(str(picture)), np.int16), told.stdout


@pytest.fixture(scope="module")
def by_processor(tmp_path_factory: pytest.TempPathFactory) -> NDArray[np.int16]:
    folder = tmp_path_factory.mktemp("processor")
    pixels, by = seen(folder, "processor", LIVE2DIFF_PREVIEW="software")
    assert by == "processor"
    assert pixels.std() > 30
    return pixels


def test_a_card_shows_what_the_processor_shows(
    by_processor: NDArray[np.int16], tmp_path: Path
) -> None:
    by_card, by = seen(tmp_path, "card", LIVE2DIFF_PREVIEW="gpu")
    if by != "card":
        pytest.skip("there is no OpenGL here, not even an imitation")
    assert np.abs(by_card - by_processor).max() <= 3
    assert not list(tmp_path.rglob("graphics_card.txt"))


def test_an_imitated_card_is_not_used(by_processor: NDArray[np.int16], tmp_path: Path) -> None:
    pixels, by = seen(tmp_path, "imitation", LIVE2DIFF_PREVIEW="")
    assert by == "processor"
    assert np.array_equal(pixels, by_processor)


def test_a_card_that_fails_in_the_window_leaves_a_whole_window(
    by_processor: NDArray[np.int16], tmp_path: Path
) -> None:
    pixels, by = seen(tmp_path, "fails", "--fails", QT_XCB_GL_INTEGRATION="none")
    assert by == "processor"
    assert np.array_equal(pixels, by_processor)
