"""Linux and macOS: a unix socket in the user's own folder, which can pass open files.

The peer must run as the same user: the folder is closed to others, and the kernel is asked for
the peer's user as well. Messages are a length of four bytes and the text. Verified on Linux; the
macOS branches are not yet run.
"""

from __future__ import annotations

import os
import socket
import struct
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from engine.virtual_camera.transport.base import MAX_MESSAGE, ChannelLostError

SOCKET_NAME = "camera.sock"

_LENGTH = struct.Struct("<I")
_MOST_HANDLES = 4
_BACKLOG = 16
_READ_BYTES = 65_536
_LINUX_CREDENTIALS = struct.Struct("=iII")
"""struct ucred: process, user, group."""
_MACOS_CREDENTIALS = struct.Struct("=II")
"""The beginning of struct xucred: version, user."""
_MACOS_LEVEL, _MACOS_PEERCRED, _MACOS_PEERPID = 0, 1, 2


class UnixChannel:
    """A connected socket. with_handles: whether open files are taken from the peer; the kernel
    throws them away otherwise.
    """

    def __init__(self, connection: socket.socket, *, with_handles: bool) -> None:
        connection.setblocking(False)
        self._socket, self._with_handles = connection, with_handles
        self.peer_process = _peer(connection)[0]
        self._unsent = b""
        self._arrived = bytearray()
        self._handles: deque[int] = deque()

    @property
    def waitable(self) -> socket.socket:
        return self._socket

    def send(self, message: bytes, handle: int | None = None) -> bool:
        handles = [] if handle is None else [handle]
        try:
            if self._unsent:
                self._unsent = self._unsent[self._socket.send(self._unsent) :]
            if self._unsent:
                return False
            data = _LENGTH.pack(len(message)) + message
            self._unsent = data[socket.send_fds(self._socket, [data], handles) :]
        except BlockingIOError:
            return False
        except OSError as error:
            raise ChannelLostError(str(error)) from error
        return True

    def receive(self, most: int) -> list[bytes]:
        messages = self._whole_messages(most)
        while len(messages) < most:
            try:
                data = self._read()
            except BlockingIOError:
                break
            except OSError as error:
                raise ChannelLostError(str(error)) from error
            if not data:
                if messages:
                    break  # the next call reports the end
                raise ChannelLostError("closed by the peer")
            self._arrived += data
            messages += self._whole_messages(most - len(messages))
        return messages

    def take_handle(self) -> int | None:
        return self._handles.popleft() if self._handles else None

    def close(self) -> None:
        while self._handles:
            os.close(self._handles.popleft())
        self._socket.close()

    def _read(self) -> bytes:
        if not self._with_handles:
            return self._socket.recv(_READ_BYTES)
        data, handles, _, _ = socket.recv_fds(self._socket, _READ_BYTES, _MOST_HANDLES)
        for handle in handles:
            os.set_inheritable(handle, False)
        self._handles.extend(handles)
        return data

    def _whole_messages(self, most: int) -> list[bytes]:
        messages: list[bytes] = []
        while len(messages) < most and len(self._arrived) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._arrived)
            if length > MAX_MESSAGE:
                raise ChannelLostError(f"a message of {length} bytes")
            end = _LENGTH.size + length
            if len(self._arrived) < end:
                break
            messages.append(bytes(self._arrived[_LENGTH.size : end]))
            del self._arrived[:end]
        return messages


class UnixListener:
    """A socket under a name in `folder`. The caller makes sure that there is only one."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError where the folder is gone or full."""
        self._folder = folder
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        with suppress(FileNotFoundError):
            (folder / SOCKET_NAME).unlink()
        with _short_name(folder) as name:
            self._socket.bind(name)
        self._inode = (folder / SOCKET_NAME).stat().st_ino
        self._socket.listen(_BACKLOG)
        self._socket.setblocking(False)

    @property
    def waitable(self) -> socket.socket:
        return self._socket

    def accept(self) -> UnixChannel | None:
        """The next connection of this user's; others are closed at once."""
        with suppress(OSError):  # nobody waits any more
            connection, _ = self._socket.accept()
            if _peer(connection)[1] == os.getuid():
                return UnixChannel(connection, with_handles=False)
            connection.close()
        return None

    def reachable(self) -> bool:
        try:
            return (self._folder / SOCKET_NAME).stat().st_ino == self._inode
        except OSError:
            return False

    def close(self) -> None:
        if self.reachable():
            with suppress(OSError):
                (self._folder / SOCKET_NAME).unlink()
        self._socket.close()


def connect_unix(folder: Path) -> UnixChannel | None:
    """A connection to the publisher; None where none listens, or where it is not this user's."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.setblocking(False)
    try:
        with _short_name(folder) as name:
            connection.connect(name)
        if _peer(connection)[1] == os.getuid():
            return UnixChannel(connection, with_handles=True)
    except OSError:
        pass  # no folder, no socket, nobody behind it, or nobody who accepts
    connection.close()
    return None


@contextmanager
def _short_name(folder: Path) -> Iterator[str]:
    """The socket's address; on Linux short, however long the folder's name is."""
    if sys.platform != "linux":
        yield str(folder / SOCKET_NAME)
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{handle}/{SOCKET_NAME}"
    finally:
        os.close(handle)


def _peer(connection: socket.socket) -> tuple[int | None, int]:
    """Process and user at the other end. Raises OSError."""
    if sys.platform == "darwin":
        process = connection.getsockopt(_MACOS_LEVEL, _MACOS_PEERPID)
        data = connection.getsockopt(_MACOS_LEVEL, _MACOS_PEERCRED, 128)
        return process, int(_MACOS_CREDENTIALS.unpack_from(data)[1])
    data = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _LINUX_CREDENTIALS.size)
    process, user, _ = _LINUX_CREDENTIALS.unpack(data)
    return int(process), int(user)
