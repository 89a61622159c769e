"""A PostgreSQL server with PgBouncer before it."""

import shutil
import socket
import subprocess
import uuid
from pathlib import Path

from notes import wait_until
from pair import AS_SERVER
from program import REPOSITORY

SERVER = REPOSITORY / "Tests" / "PostgreSQL" / "server"
SETTINGS = """\
[databases]
* = host={folder}
[pgbouncer]
unix_socket_dir = {folder}
listen_port = 6432
auth_type = trust
auth_file = {folder}/users
pool_mode = {mode}
"""


class Pooler:
    """Both are reached by sockets in its folder."""

    def __init__(self, mode: str):
        # A socket's path may have 107 bytes.
        self.folder = Path(f"/tmp/switchlist-pooler.{uuid.uuid4().hex[:8]}")
        started = subprocess.run([SERVER, "start", self.folder], stdout=subprocess.PIPE, text=True, check=True)
        # The server's own address, past the pooler.
        self.direct = started.stdout.strip()
        self.address = self.direct.replace("/postgres", ":6432/postgres")
        (self.folder / "users").write_text('"switchlist" ""\n', encoding="utf-8")
        settings = self.folder / "pgbouncer.ini"
        settings.write_text(SETTINGS.format(folder=self.folder, mode=mode), encoding="utf-8")
        for file in (self.folder / "users", settings):
            if AS_SERVER:
                shutil.chown(file, "postgres")
        self.process = subprocess.Popen(
            [*AS_SERVER, "pgbouncer", "-q", settings], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(self._listens, 60, "PgBouncer")

    def _listens(self) -> bool:
        with socket.socket(socket.AF_UNIX) as asking:
            return asking.connect_ex(str(self.folder / ".s.PGSQL.6432")) == 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        subprocess.run([SERVER, "stop", self.folder], check=True)
