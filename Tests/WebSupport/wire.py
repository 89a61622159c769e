"""A way between a program and a PostgreSQL server that falls silent, breaks, or lets nobody in.

It reads the protocol's messages as far as their frames, so that it can break around a COMMIT. Nothing is encrypted.
"""

import contextlib
import enum
import socket
import struct
import threading
from pathlib import Path

# What a client may ask before its first message, instead of a version: encryption, which isn't to be had here.
ENCRYPTION = (80877103, 80877104)


class Moment(enum.Enum):
    """When a connection is cut."""

    BEFORE = "before COMMIT is passed on"
    DURING = "after the server has answered COMMIT, which isn't passed on"
    AFTER = "after the answer to COMMIT was passed on"


class Cut:
    """Connections to be cut, each at its next COMMIT of a transaction that may write."""

    def __init__(self, moment: Moment, count: int, refuses: bool):
        self.moment, self.left, self.refuses = moment, count, refuses
        self.done = threading.Event()


class Link:
    """One connection of a client, with the server's."""

    def __init__(self, client: socket.socket, server: socket.socket):
        self.client, self.server = client, server
        self.may_write = False
        # Set while the answer to a COMMIT is awaited around which it is cut.
        self.awaiting: Cut | None = None

    def close(self):
        for end in (self.client, self.server):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


class Wire:
    """Listens on a port of loopback, until the end of the context, for a server with a socket in a folder."""

    def __init__(self, folder: Path):
        self._target = str(folder / ".s.PGSQL.5432")
        self._changed = threading.Condition()
        self._is_held = False
        self._hold: threading.Event | None = None
        self._cut: Cut | None = None
        self._links: set[Link] = set()
        self._listener: socket.socket | None = None
        # How many connections there have been, and how many messages are held.
        self.count, self.held = 0, 0
        self.port = 0
        self.admit()

    @property
    def address(self) -> str:
        return f"postgres://switchlist@127.0.0.1:{self.port}/postgres"

    # What it does.

    def hold(self):
        """Falls silent in both directions. Connections stay open, and new ones get no answer."""
        self._set_held(True)

    def hold_at_commit(self) -> threading.Event:
        """The same, when a transaction that may write is to be committed. Returns what is set then."""
        with self._changed:
            self._hold = threading.Event()
            return self._hold

    def release(self):
        """Passes on what was held, and goes on."""
        self._set_held(False)

    def _set_held(self, is_held: bool):
        with self._changed:
            self._is_held = is_held
            self._changed.notify_all()

    def refuse(self):
        """Refuses new connections."""
        listener, self._listener = self._listener, None
        if listener:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()

    def admit(self):
        """Accepts connections again, on the same port."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, args=(self._listener,), daemon=True).start()

    def cut(self, moment: Moment, count: int = 1, refuses: bool = False) -> Cut:
        """Cuts the connections of the next transactions that may write, each at its COMMIT.

        - refuses: refuses new connections from the last one on.
        """
        with self._changed:
            self._cut = Cut(moment, count, refuses)
            return self._cut

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.refuse()
        self.release()
        with self._changed:
            links = list(self._links)
        for link in links:
            link.close()

    # How it does that.

    def _listen(self, listener: socket.socket):
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket):
        server = socket.socket(socket.AF_UNIX)
        link = Link(client, server)
        with self._changed:
            self._links.add(link)
            self.count += 1
        answers = threading.Thread(target=self._pass_on, args=(self._answers, link), daemon=True)
        try:
            server.connect(self._target)
            answers.start()
            self._pass_on(self._requests, link)
        except OSError:
            link.close()
        finally:
            with self._changed:
                self._links.discard(link)

    def _pass_on(self, messages, link: Link):
        try:
            messages(link)
        except (OSError, EOFError, ValueError):
            pass
        finally:
            link.close()

    def _wait_while_held(self):
        with self._changed:
            self.held += 1
            self._changed.wait_for(lambda: not self._is_held)
            self.held -= 1

    def _requests(self, link: Link):
        """From the client to the server. Its first message has no kind; the ones that follow have."""
        stream = link.client.makefile("rb")
        while True:
            message = framed(b"", stream)
            if len(message) != 8 or struct.unpack("!I", message[4:])[0] not in ENCRYPTION:
                break
            self._wait_while_held()
            link.client.sendall(b"N")
        self._wait_while_held()
        link.server.sendall(message)
        while True:
            message = framed(exactly(stream, 1), stream)
            statement = message[5:-1].decode() if message[:1] == b"Q" else ""
            if statement.startswith("BEGIN"):
                link.may_write = "READ WRITE" in statement
            is_commit = statement == "COMMIT" and link.may_write
            if is_commit:
                self._hold_if_due()
            self._wait_while_held()
            if is_commit and (cut := self._due()):
                if cut.moment is Moment.BEFORE:
                    self._carry_out(cut, link)
                    return
                link.awaiting = cut
            link.server.sendall(message)

    def _answers(self, link: Link):
        """From the server to the client."""
        stream = link.server.makefile("rb")
        while True:
            message = framed(exactly(stream, 1), stream)
            self._wait_while_held()
            cut, is_last = link.awaiting, message[:1] == b"Z"
            if cut is None or cut.moment is Moment.AFTER:
                link.client.sendall(message)
            if cut and is_last:
                self._carry_out(cut, link)
                return

    def _hold_if_due(self):
        with self._changed:
            if self._hold:
                self._is_held = True
                self._hold.set()
                self._hold = None

    def _due(self) -> Cut | None:
        with self._changed:
            cut = self._cut
            if cut is None:
                return None
            cut.left -= 1
            if cut.left == 0:
                self._cut = None
                if cut.refuses:
                    self.refuse()
            return cut

    def _carry_out(self, cut: Cut, link: Link):
        link.close()
        if cut.left == 0:
            cut.done.set()


def framed(kind: bytes, stream) -> bytes:
    """A message, whose length counts itself."""
    length = exactly(stream, 4)
    return kind + length + exactly(stream, struct.unpack("!I", length)[0] - 4)


def exactly(stream, count: int) -> bytes:
    data = stream.read(count)
    if len(data) != count:
        raise EOFError
    return data
