"""The styles of an engine elsewhere; what it sends is a stranger's."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from engine.errors import ElsewhereError
from engine.remote import catalogue, pinned_http
from engine.remote.catalogue import fetch, kept
from engine.remote.pinned_http import Door
from tests.engine.remote.conftest import paired
from tests.engine.remote.server import Conduct, Server


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(catalogue, "cache_dir", lambda: tmp_path / "cache")
    return tmp_path / "cache"


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (32, 32), "red").save(file, "WEBP")
    return file.getvalue()


def offered(**words: Any) -> dict[str, Any]:
    return {"name": "ink", "title": "Ink", "faces": False, "picture": "/styles/ink"} | words


def test_names_pictures_and_order_are_the_engines_and_are_kept(
    door: Door, conduct: Conduct, server: Server
) -> None:
    conduct.styles = [offered(name="glow", title="Glow", faces=True), offered()]
    conduct.picture = picture()
    catalog = fetch(door)
    assert [style.name for style in catalog.styles_of("built-in")] == ["glow", "ink"]
    glow, ink = catalog.styles
    assert (glow.title, glow.faces) == ("Glow", True)
    assert ink.thumbnail is not None
    assert ink.thumbnail.read_bytes() == conduct.picture
    assert kept(server.address) == catalog


def test_list_and_pictures_come_over_one_connection(
    secure_server: Server, conduct: Conduct, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = paired(secure_server.address)
    conduct.styles = [offered(name=f"s{number}") for number in range(20)]
    conduct.picture = picture()
    connect, made = pinned_http._Connection.connect, []

    def counted(connection: pinned_http._Connection) -> None:
        made.append(connection)
        connect(connection)

    monkeypatch.setattr(pinned_http._Connection, "connect", counted)
    assert all(style.thumbnail is not None for style in fetch(door).styles)
    assert len(made) == 1


def test_what_is_known_here_of_a_style_goes_with_it(door: Door, conduct: Conduct) -> None:
    conduct.styles = [offered(name="anime", title="Anime")]
    (style,) = fetch(door).styles
    assert style.description
    assert not style.components


@pytest.mark.parametrize("words", [b"<svg onload='x'/>", bytes(2 << 20)])
def test_a_picture_that_is_none_or_too_large_is_left_out(
    door: Door, conduct: Conduct, words: bytes
) -> None:
    conduct.styles = [offered(name="glow", title="Glow")]
    conduct.picture = words
    assert fetch(door).styles[0].thumbnail is None


@pytest.mark.parametrize(
    "styles",
    [
        [],
        [offered(name="../../etc")],
        [offered(title="two\nlines")],
        [offered(name=5)],
        [{"title": "no name"}],
        [offered(name=f"s{number}") for number in range(300)],
    ],
)
def test_a_list_that_is_none_is_refused(
    door: Door, conduct: Conduct, cache: Path, styles: list[dict[str, Any]]
) -> None:
    conduct.styles = styles
    with pytest.raises(ElsewhereError, match="not an engine"):
        fetch(door)
    assert not cache.exists()


def test_no_other_address_is_asked_for_a_picture(door: Door, conduct: Conduct) -> None:
    conduct.styles = [offered(name="glow", title="Glow", picture="https://elsewhere/x.png")]
    assert fetch(door).styles[0].thumbnail is None


def test_an_engine_that_was_never_asked_has_nothing_kept() -> None:
    assert kept("https://studio:8733") is None
    assert kept("no address\0") is None
