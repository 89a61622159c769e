"""A network that can be cut. What a browser emulates lets a request through now and then, most of all for a page that
has just been opened and its worker; so whatever a page asks goes through a SOCKS relay, and where there is no network
the relay closes what is open and accepts nothing."""

import asyncio
import contextlib
import threading

IPV4, NAME = 1, 3
ACCEPTED, UNREACHABLE = 0, 3


class Network:
    """Of one browser context."""

    _loop = asyncio.new_event_loop()

    def __init__(self):
        if not self._loop.is_running():
            threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._is_cut = False
        self._open: set[asyncio.StreamWriter] = set()
        self._server = self._run(asyncio.start_server(self._relay, "127.0.0.1", 0))

    @property
    def proxy(self) -> dict[str, str]:
        """Loopback, too, is asked through it."""
        port = self._server.sockets[0].getsockname()[1]
        return {"server": f"socks5://127.0.0.1:{port}", "bypass": "<-loopback>"}

    def cut(self) -> None:
        """Returns once nothing can get through any more."""
        self._run(self._set(True))

    def restore(self) -> None:
        self._run(self._set(False))

    def close(self) -> None:
        self._run(self._end())

    def _run(self, work):
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    async def _end(self) -> None:
        self._server.close()
        await self._set(True)

    async def _set(self, is_cut: bool) -> None:
        self._is_cut = is_cut
        while is_cut and self._open:
            self._open.pop().transport.abort()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """RFC 1928, without authentication, for CONNECT."""
        self._open.add(writer)
        other = None
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            _, methods = await reader.readexactly(2)
            await reader.readexactly(methods)
            writer.write(bytes([5, 0]))
            _, _, _, kind = await reader.readexactly(4)
            if kind == IPV4:
                host = ".".join(map(str, await reader.readexactly(4)))
            else:
                assert kind == NAME, "no other kind of address is asked for on loopback"
                host = (await reader.readexactly((await reader.readexactly(1))[0])).decode("ascii")
            port = int.from_bytes(await reader.readexactly(2), "big")
            if not self._is_cut:
                other_reader, other = await asyncio.open_connection(host, port)
            if self._is_cut or other is None:
                writer.write(bytes([5, UNREACHABLE, 0, IPV4, 0, 0, 0, 0, 0, 0]))
            else:
                self._open.add(other)
                writer.write(bytes([5, ACCEPTED, 0, IPV4, 0, 0, 0, 0, 0, 0]))
                await asyncio.gather(self._copy(reader, other), self._copy(other_reader, writer))
        for end in filter(None, [writer, other]):
            self._open.discard(end)
            end.close()

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while read := await reader.read(65536):
                writer.write(read)
                await writer.drain()
            if writer.can_write_eof():
                writer.write_eof()
