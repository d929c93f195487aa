"""A real browser without a window, driven by its own devtools protocol."""

from __future__ import annotations

import asyncio
import base64
import os
import shutil
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
WITHIN_S = 60.0


class Page:
    """One page: what is on it, and real clicks."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket, self._last = socket, 0
        self.errors: list[str] = []

    async def call(self, method: str, **words: object) -> Any:
        """Call a method of the protocol; what the page complains about meanwhile is noted."""
        self._last += 1
        await self._socket.send_json({"id": self._last, "method": method, "params": words})
        while True:
            message = await self._socket.receive_json(timeout=WITHIN_S)
            if message.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded"):
                self.errors.append(str(message["params"]))
            if message.get("id") == self._last:
                assert "error" not in message, message
                return message["result"]

    async def open(self, url: str) -> None:
        await self.call("Page.navigate", url=url)

    async def value(self, expression: str) -> Any:
        """What a piece of JavaScript gives."""
        answer = await self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return answer["result"].get("value")

    async def wait_for(self, expression: str) -> None:
        """Wait until a piece of JavaScript gives something true."""
        until = asyncio.get_running_loop().time() + WITHIN_S
        while not await self.value(f"Boolean({expression})"):
            if asyncio.get_running_loop().time() > until:
                text = await self.value("document.body.innerText")
                pytest.fail(f"never: {expression}\n{text}\n{self.errors}")
            await asyncio.sleep(0.05)

    async def click(self, selector: str) -> None:
        """Press the mouse in the middle of an element, as a finger would."""
        box = await self.value(
            f"(() => {{ const e = document.querySelector({selector!r});"
            "e.scrollIntoView({block: 'center'}); const b = e.getBoundingClientRect();"
            "return [b.x + b.width / 2, b.y + b.height / 2]; })()"
        )
        await self._press(*box)

    async def drag_to(self, selector: str, share: float) -> None:
        """Press on a slider at a share of its width."""
        x, y = await self.value(
            f"(() => {{ const e = document.querySelector({selector!r});"
            "e.scrollIntoView({block: 'center'}); const b = e.getBoundingClientRect();"
            f"return [b.x + b.width * {share}, b.y + b.height / 2]; }})()"
        )
        await self._press(x, y)

    async def type(self, selector: str, text: str) -> None:
        await self.click(selector)
        await self.call("Input.insertText", text=text)

    async def picture(self, path: Path) -> None:
        """Keep a picture of the page, for people to look at."""
        answer = await self.call("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(answer["data"]))

    async def _press(self, x: float, y: float) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            await self.call(
                "Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1
            )


@asynccontextmanager
async def browser(folder: Path, language: str = "en", *options: str) -> AsyncIterator[Page]:
    """A page as wide as a phone; skips where there is no Chromium."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("there is no Chromium here")
    command = [
        program,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--remote-debugging-port=0",
        f"--user-data-dir={folder}",
        f"--lang={language}",
        f"--accept-lang={language}",
        "--window-size=390,844",
        *options,
        "about:blank",
    ]
    environment = os.environ | {"LANGUAGE": language}
    process = subprocess.Popen(
        command, env=environment, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        port = await _port(folder / "DevToolsActivePort")
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json") as answer:
                targets = await answer.json()
            url = next(t["webSocketDebuggerUrl"] for t in targets if t["type"] == "page")
            async with session.ws_connect(url, max_msg_size=1 << 26) as socket:
                page = Page(socket)
                for domain in ("Page", "Runtime", "Log"):
                    await page.call(f"{domain}.enable")
                yield page
    finally:
        os.killpg(process.pid, signal.SIGTERM)  # Debian's starts the browser by a script
        process.wait(WITHIN_S)


async def _port(path: Path) -> int:
    until = asyncio.get_running_loop().time() + WITHIN_S
    while True:
        if path.exists() and (text := path.read_text(encoding="utf-8")).count("\n"):
            return int(text.splitlines()[0])
        assert asyncio.get_running_loop().time() < until, "the browser has not started"
        await asyncio.sleep(0.05)
