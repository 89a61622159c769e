"""The real program while it serves: started, asked, measured, stopped and killed."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import threading
from pathlib import Path

# In the background these may be ignored, and what is ignored is inherited; a server has to hear them.
STOPPING = (signal.SIGINT, signal.SIGTERM)


def free_port() -> int:
    """A port of loopback that nothing listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


class Server:
    """A program that serves on a port of loopback until it is stopped, and says where on standard error.

    As a context it is stopped at the end, and the test fails if that takes longer than it may.
    """

    def __init__(self, command, environment=None, folder=None, preexec=None, patience=60):
        self.lines: list[str] = []
        self._address: str | None = None
        # What a server without users asks of everybody; it is in the address that it prints.
        self.secret: str | None = None
        self._said = threading.Event()

        def prepare():
            for stopping in STOPPING:
                signal.signal(stopping, signal.SIG_DFL)
            if preexec:
                preexec()

        self.process = subprocess.Popen(
            [str(word) for word in command], env=environment, cwd=folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=prepare)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        if not self._said.wait(patience) or self._address is None:
            self.kill()
            raise AssertionError(f"it doesn't serve\n{self.log}")

    def _read(self):
        for line in self.process.stderr:
            text = line.decode("utf-8", "replace").rstrip("\n")
            self.lines.append(text)
            found = re.search(r"https?://[^ ]+:\d+/", text)
            if found and self._address is None and re.search("serving on|正在", text):
                self._address = found[0]
                secret = re.search(r"/local/([A-Za-z0-9_-]+)", text)
                self.secret = secret and secret[1]
                self._said.set()
        self._said.set()

    @property
    def log(self) -> str:
        return "\n".join(self.lines)

    @property
    def entries(self) -> list[dict]:
        """What it logged, line by line."""
        return [json.loads(line) for line in list(self.lines) if line.startswith("{")]

    @property
    def address(self) -> str:
        """Without the slash at its end."""
        return self._address.rstrip("/")

    @property
    def port(self) -> int:
        return int(self.address.rsplit(":", 1)[1])

    @property
    def credential(self) -> dict[str, str]:
        """The headers that say who asks where nobody signs in."""
        return {"Authorization": f"Bearer {self.secret}"} if self.secret else {}

    @property
    def peak_mebibytes(self) -> float:
        """The most memory that it has had so far."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024

    @property
    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def signal(self, what=signal.SIGTERM) -> None:
        self.process.send_signal(what)

    def wait(self, seconds: float = 15) -> int:
        """The exit status."""
        try:
            status = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"still serving {seconds} s after it was told to stop\n{self.log}") from None
        self._reader.join(10)
        return status

    def stop(self) -> None:
        """Tells it to stop, and sees that it does."""
        if not self.has_ended:
            self.signal()
        status = self.wait()
        assert status == 0, f"exit status {status}\n{self.log}"

    def kill(self) -> None:
        """As when the power fails, but for what the operating system has already."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()
        self._reader.join(10)

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is None:
            self.stop()
        else:
            self.kill()


def raise_open_files(wanted: int) -> int:
    """Lets this process and those it starts open so many files, or as many as it may; how many that is."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < wanted and os.geteuid() == 0:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, wanted))
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]
