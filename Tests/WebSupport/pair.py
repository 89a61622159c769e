"""A PostgreSQL server and its synchronous standby, on this machine, to be promoted by the test."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
import uuid
from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import quote

BINARIES = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
AS_SERVER = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []


class Failed(Exception):
    """One of PostgreSQL's programs didn't do it."""


class Node:
    """One server, reached by a socket in its folder. It isn't asked to survive a crash of the machine."""

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir(parents=True)
        if AS_SERVER:
            shutil.chown(folder, "postgres")
        self.data = folder / "data"

    def call(self, program, *words):
        done = subprocess.run(
            [*AS_SERVER, BINARIES / program, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True,
            cwd=self.folder, check=False)
        if done.returncode != 0:
            raise Failed(f"{program}: {done.stderr}")

    def make(self, *options):
        """An empty server's files."""
        self.call(
            "initdb", "-D", self.data, "-U", "switchlist", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8",
            "--no-sync", *options)

    def start(self, *settings):
        options = " ".join(f"-c {setting}" for setting in (
            "listen_addresses=", "fsync=off", "max_connections=100", "wal_sender_timeout=3s", *settings))
        # One that was killed holds its memory until the last of its processes is gone.
        for attempt in range(100):
            try:
                self.call("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "-s", "start", "-o",
                          f"-k {self.folder} {options}")
                return
            except Failed:
                if attempt == 99:
                    raise
                time.sleep(0.1)

    @property
    def host(self) -> str:
        return quote(str(self.folder), safe="")

    @property
    def address(self) -> str:
        return f"postgres://switchlist@{self.host}/postgres"

    def sql(self, statement) -> str:
        return subprocess.run(
            ["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", self.address, "-c", statement],
            check=True, capture_output=True, text=True).stdout.strip()

    @contextlib.contextmanager
    def held(self, statements):
        """A connection that has run these and is idle from then on, until the end of the context."""
        holder = subprocess.Popen(
            ["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", self.address], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True)
        try:
            holder.stdin.write(f"{statements};\n\\echo done\n")
            holder.stdin.flush()
            for line in holder.stdout:
                if line == "done\n":
                    break
            else:
                raise AssertionError(f"{statements}: failed")
            yield
        finally:
            holder.kill()
            holder.communicate()

    def empty(self):
        """Ends the program's connections, and removes all that it has made."""
        self.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'switchlist'")
        self.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")

    def sessions(self, condition="true", name="switchlist") -> int:
        """How many of the program's connections are so."""
        return int(self.sql(
            f"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{name}' AND ({condition})"))

    def is_left_alone(self, since: datetime) -> bool:
        """Whether the program's connections that were there at a moment begin nothing any more. What was sent before
        may still end."""
        time.sleep(1)
        now = datetime.now(timezone.utc)
        time.sleep(2)
        return self.sessions(f"backend_start < '{since}' AND query_start > '{now}'") == 0

    @property
    def process(self) -> int:
        return int((self.data / "postmaster.pid").read_text().splitlines()[0])

    def signal(self, number, title=None):
        """To the server and all of its processes, or to those with such a title, such as `walreceiver`."""
        children = subprocess.run(
            ["pgrep", "-P", str(self.process), *(["-f", title] if title else [])], capture_output=True, text=True,
            check=False).stdout.split()
        if not title:
            os.kill(self.process, number)
        for child in children:
            try:
                os.kill(int(child), number)
            except ProcessLookupError:
                pass

    @contextlib.contextmanager
    def stopped(self):
        """All of its processes stand still, and go on at the end of the context."""
        self.signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.signal(signal.SIGCONT)

    def promote(self):
        self.call("pg_ctl", "-D", self.data, "-w", "-s", "promote")

    def stop(self):
        if (self.data / "postmaster.pid").exists():
            try:
                self.signal(signal.SIGKILL)
            except ProcessLookupError:
                pass


class Pair:
    """A primary whose commits wait for its standby, or, where it isn't synchronous, don't. As a context they are
    removed at its end."""

    def __init__(self, is_synchronous=True):
        # A socket's path may have 107 bytes.
        self.folder = Path(f"/tmp/switchlist-pair.{uuid.uuid4().hex[:8]}")
        self.primary, self.standby = Node(self.folder / "a"), Node(self.folder / "b")
        self.settings = f"synchronous_standby_names={'standby' if is_synchronous else ''}"
        self.primary.make()
        self.start_primary()
        self.standby.call(
            "pg_basebackup", "-D", self.standby.data, "-R", "-c", "fast", "--no-sync", "-d",
            f"host={self.primary.folder} user=switchlist application_name=standby")
        self.start_standby()

    def start_primary(self):
        self.primary.start(self.settings)

    def start_standby(self):
        self.standby.start("synchronous_standby_names=")

    @property
    def address(self) -> str:
        return f"postgres://switchlist@{self.primary.host},{self.standby.host}/postgres"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for node in (self.primary, self.standby):
            node.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
