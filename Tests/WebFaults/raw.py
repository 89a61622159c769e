"""HTTP by hand, for requests that no library would send."""

import http.client
import socket
import time
from dataclasses import dataclass

from server import Server

# Stands in requests for the header that gives the secret of a server without users, and is as long as what is sent
# in its place, so that lengths may be counted before the secret is known.
LOCALLY = "Authorization: Bearer " + "@" * 60


@dataclass
class RawAnswer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_problem(self) -> bool:
        return self.headers.get("content-type", "").startswith("application/problem+json")


class _Received:
    """What a connection brings, read by one answer after the other without losing what lies between."""

    def __init__(self, connection: socket.socket):
        self._file = connection.makefile("rb")
        self._file_close, self._file.close = self._file.close, lambda: None

    def makefile(self, *_):
        return self._file

    def close(self) -> None:
        self._file_close()


class Wire:
    """A connection on which any bytes can be sent."""

    def __init__(
        self, server: Server, timeout: float = 20, receive_buffer: int | None = None, port: int | None = None
    ):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(timeout)
        self.socket.connect(("127.0.0.1", port or server.port))
        self._credential = sent_for(server.secret)
        self._received = _Received(self.socket)

    def send(self, data: bytes | str) -> bool:
        """False when the server takes no more of it: it has closed the connection, or reads no further."""
        data = data.encode() if isinstance(data, str) else data
        try:
            self.socket.sendall(data.replace(LOCALLY.encode(), self._credential))
            return True
        except (BrokenPipeError, ConnectionResetError, TimeoutError):
            return False

    def answer(self, method: str = "GET") -> RawAnswer | None:
        """The next answer; None where the connection is closed without one."""
        response = http.client.HTTPResponse(self._received, method=method)
        try:
            response.begin()
            body = response.read()
        except (http.client.BadStatusLine, ConnectionResetError, http.client.IncompleteRead):
            return None
        finally:
            response.close()
        return RawAnswer(response.status, {name.lower(): value for name, value in response.getheaders()}, body)

    def line(self) -> bytes:
        """The next line, of an answer before the answer."""
        return self._received.makefile().readline()

    def is_closed_within(self, seconds: float) -> bool:
        """Whether the server closes the connection; what it still says is read."""
        end = time.monotonic() + seconds
        try:
            while (left := end - time.monotonic()) > 0:
                self.socket.settimeout(left)
                if not self.socket.recv(65_536):
                    return True
        except TimeoutError:
            return False
        except ConnectionResetError:
            return True
        return False

    def close(self) -> None:
        self._received.close()
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def sent_for(secret: str | None) -> bytes:
    """What is sent in the place of `LOCALLY`: a header that says nothing where the server has no secret."""
    name, value = ("Authorization", f"Bearer {secret}") if secret else ("X-Filling", "-")
    return f"{name}:{value.rjust(len(LOCALLY) - len(name) - 1)}".encode()


def credential(headers: tuple[str, ...]) -> list[str]:
    """The secret, unless the request says by itself who it is."""
    return [] if any(line.lower().startswith(("authorization", "cookie")) for line in headers) else [LOCALLY]


def exchange(server: Server, data: bytes | str, method: str = "GET", timeout: float = 20) -> RawAnswer | None:
    """What the server answers to these bytes."""
    with Wire(server, timeout) as wire:
        wire.send(data)
        return wire.answer(method)


def post(path: str, *headers: str, body: bytes = b"", length: int | str | None = None) -> bytes:
    """A request as our own script sends it, with a length that need not be true; "" leaves it out."""
    lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: application/json", *credential(headers), *headers]
    if length != "":
        lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def get(path: str, *headers: str) -> bytes:
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *credential(headers), *headers]).encode() + b"\r\n\r\n"
