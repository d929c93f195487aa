"""The model and the styles of an engine on another computer, as a catalogue like the one here.

It is kept in the cache, so that the window can show the styles before it has connected.
"""

from __future__ import annotations

import hashlib
import http.client
import logging
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from engine.errors import EngineError
from engine.files.atomic import write_bytes
from engine.files.json_data import DataError, from_data, parse_json, to_json
from engine.files.names import shown
from engine.frames import Size
from engine.imaging import read_picture
from engine.model_store.catalog import Catalog, ModelEntry, load_catalog
from engine.model_store.components import LONGEST_TITLE, check_name, check_title
from engine.model_store.styles import StyleEntry
from engine.paths import RESOURCES, cache_dir
from engine.remote import sentences
from engine.remote.address import EngineAddress, parse_address
from engine.remote.pinned_http import Answer, Door, TooLargeError, Visit, refusal

MOST_STYLES = 256
STYLES_FILE = "styles.json"

_PICTURE_PATH = re.compile(r"/styles/[A-Za-z0-9._/%-]{1,200}")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OfferedStyle:
    """A style as the engine tells of it. picture: the path to ask for, None where it has none."""

    name: str
    title: str
    faces: bool = False
    picture: str | None = None

    def __post_init__(self) -> None:
        check_name(self.name)
        check_title(self.title)


@dataclass(frozen=True, slots=True)
class Offer:
    """What an engine has on offer."""

    model: str
    styles: tuple[OfferedStyle, ...]

    def __post_init__(self) -> None:
        check_name(self.model)


def fetch(door: Door) -> Catalog:
    """Ask the engine for its styles and their pictures, and keep them. Raises EngineError."""
    folder = _folder(door.address)
    with Visit(door) as visit:
        offer = _offer(door, visit.ask("GET", "/styles"))
        try:
            for style in offer.styles:
                _keep_picture(visit, style, folder)
            write_bytes(folder / STYLES_FILE, to_json(offer).encode())
        except OSError as error:
            logger.warning("the styles of another computer are not kept: %s", error.strerror)
    return _catalog(offer, folder)


def kept(engine: str) -> Catalog | None:
    """The catalogue of the engine at an address, as it was last; None where it is not known."""
    try:
        folder = _folder(parse_address(engine))
        text = (folder / STYLES_FILE).read_text(encoding="utf-8")
        return _catalog(parse_json(text, Offer, STYLES_FILE), folder)
    except (OSError, ValueError, EngineError):
        return None


def _offer(door: Door, answer: Answer) -> Offer:
    """Read the list of styles. Raises EngineError."""
    if answer.status != http.client.OK:
        raise refusal(door, answer)
    try:
        offer = from_data(answer.data, Offer)
    except (DataError, EngineError) as error:
        logger.info("the list of styles cannot be read: %s", error)
        raise sentences.not_an_engine(door.address) from error
    if not 0 < len(offer.styles) <= MOST_STYLES:
        raise sentences.not_an_engine(door.address)
    return offer


def _keep_picture(visit: Visit, style: OfferedStyle, folder: Path) -> None:
    """A style without a picture is as good; one that is too large or cannot be read is left out."""
    path = _picture(folder, style.name)
    if style.picture is None or not _PICTURE_PATH.fullmatch(style.picture):
        return
    try:
        answer = visit.ask("GET", quote(style.picture))
    except TooLargeError:
        return
    if answer.status != http.client.OK:
        return
    write_bytes(path, answer.body)
    try:
        read_picture(path)
    except EngineError as error:
        logger.info("a style's picture cannot be read: %s", error)
        with suppress(OSError):
            path.unlink()


def _catalog(offer: Offer, folder: Path) -> Catalog:
    """What is known here of a model or style of the same name goes with it."""
    here = load_catalog()
    known = next((model for model in here.models if model.name == offer.model), None)
    model = replace(known or _unknown_model(offer.model), components=(), folder=RESOURCES)
    styles = tuple(_style(style, offer.model, here, folder) for style in offer.styles)
    return Catalog((replace(model, retired={}),), styles)


def _style(style: OfferedStyle, model: str, here: Catalog, folder: Path) -> StyleEntry:
    same = (one for one in here.styles if (one.model, one.name) == (model, style.name))
    known = next(same, StyleEntry(style.name, style.title, model))
    picture = _picture(folder, style.name)
    return replace(
        known,
        title=known.title if not known.users_own else style.title,
        faces=style.faces,
        thumbnail=picture if picture.is_file() else known.thumbnail,
        components=(),
        loras=(),
        embeddings=(),
        checkpoint="",
        users_own=False,
    )


def _unknown_model(name: str) -> ModelEntry:
    return ModelEntry(
        name=name,
        title=shown(name, LONGEST_TITLE),
        description="",
        takes_prompt=False,
        prediction_type="sample",
        default_size=Size(512, 512),
        default_steps=1,
        default_strength=1.0,
    )


def _folder(address: EngineAddress) -> Path:
    digest = hashlib.sha256(str(address).encode()).hexdigest()[:16]
    return cache_dir() / "engines" / digest


def _picture(folder: Path, style: str) -> Path:
    return folder / f"{style}.picture"
