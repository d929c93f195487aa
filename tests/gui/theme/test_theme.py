from dataclasses import asdict

import pytest

from gui.theme.style_sheet import SHEET
from gui.theme.theme import DARK, LIGHT, ColorRoles, contrast

BOTH = pytest.mark.parametrize("roles", [DARK, LIGHT], ids=["dark", "light"])


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1


@BOTH
@pytest.mark.parametrize("ground", ["surface", "raised", "sunken"])
@pytest.mark.parametrize("text", ["text", "quiet", "accent"])
def test_text_can_be_read_on_every_ground(roles: ColorRoles, ground: str, text: str) -> None:
    colours = asdict(roles)
    assert contrast(colours[text], colours[ground]) >= 4.5


@BOTH
@pytest.mark.parametrize("name", ["accent", "live", "warning"])
def test_text_can_be_read_on_filled_buttons(roles: ColorRoles, name: str) -> None:
    colours = asdict(roles)
    assert contrast(colours[f"on_{name}"], colours[name]) >= 4.5


@BOTH
@pytest.mark.parametrize("ground", ["surface", "raised"])
@pytest.mark.parametrize("control", ["outline", "accent", "live", "capture", "engine", "publish"])
def test_controls_stand_out_from_every_ground(roles: ColorRoles, ground: str, control: str) -> None:
    colours = asdict(roles)
    assert contrast(colours[control], colours[ground]) >= 3


def test_the_style_sheet_names_only_colours_that_there_are() -> None:
    words = SHEET.replace(";", " ").replace(")", " ").replace("-@", " @").split()
    named = {word[1:].removesuffix(".svg") for word in words if word.startswith("@")}
    assert named - {"scheme"} <= set(ColorRoles.__slots__)
