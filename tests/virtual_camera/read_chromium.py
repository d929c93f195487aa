"""Reads "Live2Diff Camera" in headless Chromium until asked to stop; stdin lines are answered.

The page counts and judges the frames itself, on a small canvas, and posts its figures here a
few times a second.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

PAGE = Path(__file__).with_name("page.html")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--no-zygote",
    "--in-process-gpu", "--disable-extensions", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--mute-audio",
    "--autoplay-policy=no-user-gesture-required", "--use-fake-ui-for-media-stream",
    "--remote-debugging-port=0", "--disable-features=AudioServiceOutOfProcess",
]  # fmt: skip


class Desk(BaseHTTPRequestHandler):
    """Hands the page out and takes its figures."""

    figures: ClassVar[dict[str, object]] = {"frames": 0}

    @classmethod
    def note(cls, text: str) -> None:
        """Take the page's figures; the first frame is stamped with this side's clock."""
        first_at = cls.figures.get("first_at")
        cls.figures = json.loads(text)
        if cls.figures["frames"]:
            age = float(str(cls.figures["since_first"]))
            cls.figures["first_at"] = first_at or time.monotonic() - age

    def do_GET(self) -> None:
        found = self.path.split("?")[0] == "/"
        body = PAGE.read_bytes() if found else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/log":
            sys.stderr.write(f"{time.monotonic():.1f} {text}\n")
        else:
            Desk.note(text)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing of every request."""


def main() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium") or "chromium"
    address = f"http://127.0.0.1:{server.server_port}/?{'&'.join(sys.argv[1:])}"
    with tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as profile:
        # Whoever started this ends the browser as well: the program is a script that starts others.
        more = os.environ.get("CHROMIUM_FLAGS", "").split()
        command = [program, *FLAGS, *more, f"--user-data-dir={profile}", address]
        subprocess.Popen(command, stdout=sys.stderr, stderr=sys.stderr)
        _answer()


def _answer() -> None:
    for line in sys.stdin:
        sys.stdout.write(json.dumps(Desk.figures) + "\n")
        sys.stdout.flush()
        if line.strip() == "stop":
            return


if __name__ == "__main__":
    main()
