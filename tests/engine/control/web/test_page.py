"""The page for phones, in a real browser, by real clicks."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from engine.control.commands import PANIC, Action, Adjust, ChooseStyle, Do, GoToCue
from engine.control.status import CueStatus, Named, Problem
from engine.events import SessionState, Stats
from tests.engine.control.hosts import Serving
from tests.engine.control.web.browser import Page, browser

pytestmark = pytest.mark.timeout(600)  # a browser is slow to start where much else is going on

STYLES = (Named("anime", "Anime"), Named("ink", "Ink & <b>wash</b>"), Named("oil", "Oil"))
PRESSED = "document.querySelector('#styles [aria-pressed=true]')?.textContent"


@pytest.fixture
def live(web: Serving) -> Serving:
    """As while the stream runs."""
    board = web.host.board
    board.show_status(
        replace(
            board.status,
            session=SessionState.LIVE,
            on_air="styled",
            styles=STYLES,
            presets=("Evening",),
            cues=CueStatus(("Welcome", "Song"), 1),
        )
    )
    board.show_figures(Stats(71, 84, 8, 55, 8, 30, 18, 0, 400))
    return web


def visit(folder: Path, work: Callable[[Page], Awaitable[None]], language: str = "en") -> None:
    async def main() -> None:
        async with browser(folder, language) as page:
            await work(page)

    asyncio.run(main())


async def paired(page: Page, web: Serving) -> None:
    await page.open(f"{web.url}/#pair={web.access.pairing.begin()}")
    await page.wait_for("document.querySelectorAll('#styles button').length")


async def obeyed(web: Serving, wanted: object) -> None:
    """Wait for a command, or for any of a kind."""
    for _ in range(1200):
        if any(wanted in (command, type(command)) for command in web.host.obeyed):
            return
        await asyncio.sleep(0.05)
    pytest.fail(f"never obeyed: {wanted}; but {web.host.obeyed}")


def test_a_phone_pairs_by_the_code_of_the_picture_and_controls_everything(
    live: Serving, tmp_path: Path
) -> None:
    async def work(page: Page) -> None:
        await paired(page, live)
        assert await page.value("location.hash") == ""
        assert await page.value(PRESSED) == "Anime"
        await page.wait_for("document.getElementById('figures').textContent.includes('71 ms')")
        await page.click("#styles button:nth-child(2)")
        await obeyed(live, ChooseStyle("ink"))
        await page.wait_for(f"{PRESSED} === 'Ink & <b>wash</b>'")
        await page.drag_to("#slider-strength", 0.5)
        await obeyed(live, Adjust)
        await page.click("#cues button:nth-child(2)")
        await obeyed(live, GoToCue(2))
        await page.click("#live")
        await obeyed(live, Do(Action.STOP))
        await page.click("#panic")
        await obeyed(live, PANIC)
        await page.wait_for("document.getElementById('panic').textContent === 'Release'")
        await page.click("#panic")
        await obeyed(live, Do(Action.RELEASE))
        assert page.errors == []

    visit(tmp_path, work)
    moved = [c.strength for c in live.host.obeyed if isinstance(c, Adjust)]
    assert moved[-1] == pytest.approx(0.6, abs=0.05)
    assert [device.name for device in live.access.tokens.devices] == ["Linux, Chrome"]


def test_the_phone_stays_paired_and_follows_the_window_until_it_is_removed(
    live: Serving, tmp_path: Path
) -> None:
    async def work(page: Page) -> None:
        await paired(page, live)
        await page.open(live.url)
        await page.wait_for("document.querySelectorAll('#styles button').length")
        status = live.host.board.status
        problem = Problem("The camera is gone.", "Plug it in.")
        live.host.board.show_status(replace(status, problem=problem))
        await page.wait_for("document.getElementById('message').textContent.includes('Plug')")
        live.host.board.show_status(status)
        await page.wait_for("document.getElementById('message').hidden")
        (device,) = live.access.tokens.devices
        live.access.tokens.remove(device.id)
        live.host.board.show_status(replace(status, panic=True))
        await page.wait_for("!document.getElementById('pairing').hidden")
        assert await page.value("localStorage.length") == 0

    visit(tmp_path, work)


def test_a_code_can_be_typed_and_a_wrong_one_is_said(live: Serving, tmp_path: Path) -> None:
    async def work(page: Page) -> None:
        await page.open(live.url)
        await page.wait_for("!document.getElementById('pairing').hidden")
        await page.type("#code", "2222-2222")
        await page.click("#pair-form button")
        await page.wait_for("document.getElementById('message').textContent.includes('not valid')")
        await page.value("document.getElementById('code').value = ''")
        await page.type("#code", live.access.pairing.begin().lower())
        await page.click("#pair-form button")
        await page.wait_for("document.querySelectorAll('#styles button').length")

    visit(tmp_path, work)


def test_where_sockets_are_not_allowed_the_page_asks_again_and_again(
    live: Serving, tmp_path: Path
) -> None:
    async def work(page: Page) -> None:
        forbid = (
            "window.WebSocket = class { static OPEN = 1; readyState = 0;"
            "constructor() { setTimeout(() => this.onclose({}), 9) } };"
        )
        await page.call("Page.addScriptToEvaluateOnNewDocument", source=forbid)
        await paired(page, live)
        await page.click("#panic")
        await obeyed(live, PANIC)
        await page.wait_for("document.getElementById('panic').textContent === 'Release'")

    visit(tmp_path, work)


@pytest.mark.parametrize(
    ("language", "panic"), [("en", "Panic"), ("de-DE", "Panik"), ("zh-CN", "紧急遮挡")]
)
def test_the_page_speaks_the_languages_of_the_program_and_fits_a_phone(
    live: Serving, tmp_path: Path, language: str, panic: str
) -> None:
    async def work(page: Page) -> None:
        await paired(page, live)
        assert await page.value("document.getElementById('panic').textContent") == panic
        wide = "[...document.querySelectorAll('button')].filter(b => b.scrollWidth > b.clientWidth)"
        assert await page.value(f"{wide}.map(b => b.textContent)") == []
        assert await page.value("document.documentElement.scrollWidth <= innerWidth")
        await page.picture(tmp_path / f"remote-{language}.png")

    visit(tmp_path, work, language)
