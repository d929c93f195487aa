"""A stand-in for the hub and for civitai on loopback, which misbehaves on request."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

COMMIT = "0123456789abcdef0123456789abcdef01234567"


class Hub:
    """Serves files by path. moods: how the next GETs of a path go wrong, one after the other."""

    def __init__(self, address: str) -> None:
        self.url = address
        self.files: dict[str, bytes] = {}
        self.moods: dict[str, deque[Callable[[Handler, bytes], None]]] = defaultdict(deque)
        self.requests: list[tuple[str, str, str]] = []
        self.headers: list[dict[str, str]] = []

    def put(self, repo: str, path: str, content: bytes) -> str:
        """Publish a file; gives its SHA-256."""
        self.files[f"{repo}/{path}"] = content
        return hashlib.sha256(content).hexdigest()

    def ranges(self) -> list[str]:
        """The ranges that the GETs so far asked for; "" for the whole."""
        return [asked for method, _, asked in self.requests if method == "GET"]


class Handler(BaseHTTPRequestHandler):
    """Answers as the hub does: `/OWNER/NAME/resolve/REVISION/PATH`."""

    hub: Hub

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def do_HEAD(self) -> None:
        self.hub.headers.append(dict(self.headers))
        name = self._name()
        content = self.hub.files.get(name)
        if content is None:
            return self.refuse(404, {"X-Error-Code": "EntryNotFound"})
        self.send_response(200)
        self.send_header("X-Repo-Commit", COMMIT)
        self.send_header("ETag", f'"{hashlib.sha256(content).hexdigest()}"')
        self.send_header("Content-Length", str(len(content)))
        return self.end_headers()

    def do_GET(self) -> None:
        self.hub.requests.append(("GET", self.path, self.headers.get("Range", "")))
        self.hub.headers.append(dict(self.headers))
        if self.path.startswith("/api/v1/"):
            return self.send_whole(self.hub.files[self.path])
        name = self._name()
        if self.hub.moods[name]:
            return self.hub.moods[name].popleft()(self, self.hub.files[name])
        return self.send_whole(self.hub.files[name])

    def send_whole(self, content: bytes, *, promised: int | None = None) -> None:
        """The content from the asked-for byte on; promised lies about the length."""
        start = int(self.headers.get("Range", "bytes=0-")[6:-1])
        if start >= len(content) > 0 and start:
            return self.refuse(416)
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.send_header("Content-Length", str(promised or len(content) - start))
        self.end_headers()
        self.wfile.write(content[start:])
        return None

    def refuse(self, status: int, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for key, value in (headers or {}).items():
            self.send_header(key, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _name(self) -> str:
        owner, name, _, _revision, *path = self.path.lstrip("/").split("?")[0].split("/")
        return "/".join([owner, name, *path])


def cut_after(count: int) -> Callable[[Handler, bytes], None]:
    """Send that many bytes of what is left, then hang up."""

    def mood(handler: Handler, content: bytes) -> None:
        start = int(handler.headers.get("Range", "bytes=0-")[6:-1])
        handler.send_whole(content[: start + count], promised=len(content) - start)
        handler.close_connection = True

    return mood


def wrong_bytes(handler: Handler, content: bytes) -> None:
    """The right length, the wrong content."""
    handler.send_whole(bytes(len(content)))


def too_long(handler: Handler, content: bytes) -> None:
    """More than was announced."""
    handler.send_whole(content * 2)


def ignores_ranges(handler: Handler, content: bytes) -> None:
    """Always the whole file, as simple hosts do."""
    del handler.headers["Range"]
    handler.send_whole(content)


def refusal(status: int, **headers: str) -> Callable[[Handler, bytes], None]:
    """An answer without a file."""
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    return lambda handler, _: handler.refuse(status, named)


def redirect(address: str) -> Callable[[Handler, bytes], None]:
    """The file is elsewhere, as hosts say that keep files on servers of their own."""
    return refusal(302, Location=address)


def login_page(handler: Handler, _: bytes) -> None:
    """A page where a file should be."""
    page = b"<html>please log in</html>"
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html; charset=utf-8")
    handler.send_header("Content-Length", str(len(page)))
    handler.end_headers()
    handler.wfile.write(page)


def civitai_answer(hub: Hub, version: int, digest: str) -> None:
    """Publish a version's description, as civitai's interface gives it."""
    row = {"name": "x.safetensors", "type": "Model", "hashes": {"SHA256": digest.upper()}}
    row["downloadUrl"] = "https://elsewhere.invalid/file"
    hub.files[f"/api/v1/model-versions/{version}"] = json.dumps({"files": [row]}).encode()


@contextmanager
def running_hub() -> Iterator[Hub]:
    """A hub on a free port of loopback, gone at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("BoundHandler", (Handler,), {}))
    server.daemon_threads = True
    hub = Hub(f"http://127.0.0.1:{server.server_port}")
    server.RequestHandlerClass.hub = hub  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
