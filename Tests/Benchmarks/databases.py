"""Stores on PostgreSQL servers of the benchmark's own, and what the program asks of them, from the servers' logs."""

import contextlib
import dataclasses
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator

from programs import Failed, Programs

# Last, for there is another module "web".
sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "WebSupport"))

from pair import BINARIES, Node

# All that differs from the server's own defaults; both sides of every comparison use the same server.
SETTINGS = ["fsync=on", "synchronous_commit=on", "shared_buffers=512MB", "max_wal_size=4GB", "max_connections=120"]
# In an order in which every row refers to one that is there.
TABLES = ["meta", "shop", "definition", "account_switch", "binding", "run", "item", "event"]


class Servers:
    """A primary, with a standby on the same disk that its commits wait for where one is wanted."""

    def __init__(self, has_standby: bool):
        self.folder = pathlib.Path(f"/tmp/switchlist-bench.{uuid.uuid4().hex[:8]}")
        self.primary, self.standby = Node(self.folder / "a"), Node(self.folder / "b")
        try:
            self._start(has_standby)
        except BaseException:
            self.close()
            raise

    def _start(self, has_standby: bool) -> None:
        self.primary.call(
            "initdb", "-D", self.primary.data, "-U", "switchlist", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        self.primary.start(*SETTINGS, f"synchronous_standby_names={'standby' if has_standby else ''}")
        if has_standby:
            self.standby.call(
                "pg_basebackup", "-D", self.standby.data, "-R", "-c", "fast", "-d",
                f"host={self.primary.folder} user=switchlist application_name=standby")
            self.standby.start(*SETTINGS, "synchronous_standby_names=")

    def address(self, database: str) -> str:
        return f"postgres://switchlist@{self.primary.host}/{database}"

    def sql(self, database: str, *statements: str) -> str:
        words = [word for statement in statements for word in ("-c", statement)]
        done = subprocess.run(
            [BINARIES / "psql", "-qXAt", "-v", "ON_ERROR_STOP=1", self.address(database), *words],
            capture_output=True, text=True)
        if done.returncode:
            raise Failed(done.stderr)
        return done.stdout.strip()

    def make(self, database: str, programs: Programs, store: pathlib.Path) -> None:
        """A database with the rows of a store in SQLite."""
        self.sql("postgres", f"CREATE DATABASE {database}")
        programs.tell(programs.switchlist, "store", "migrate", "--store", self.address(database))
        with contextlib.closing(sqlite3.connect(store)) as source:
            for table in TABLES:
                self._copy(source, database, table)
        # So that the server neither does this while something is measured nor plans without knowing the tables. The
        # others stay as new tables are: one that was found empty would be read whole, however full it is by then.
        self.sql(database, f"VACUUM (ANALYZE, FREEZE) {', '.join(TABLES)}", "CHECKPOINT")

    def _copy(self, source: sqlite3.Connection, database: str, table: str) -> None:
        columns = [row[1] for row in source.execute(f"PRAGMA table_info({table})")]
        rows = source.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1, 2")
        # Nobody else writes, and the rows that others refer to are there: no need to look each of them up.
        statements = [
            "SET session_replication_role = replica", f"TRUNCATE {table} CASCADE",
            f"COPY {table} ({', '.join(columns)}) FROM STDIN"]
        words = [word for statement in statements for word in ("-c", statement)]
        loading = subprocess.Popen(
            [BINARIES / "psql", "-qX", "-v", "ON_ERROR_STOP=1", self.address(database), *words],
            stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        with contextlib.suppress(BrokenPipeError):
            for row in rows:
                loading.stdin.write("\t".join(map(copied, row)) + "\n")
        _, errors = loading.communicate()
        if loading.returncode:
            raise Failed(f"{table}: {errors}")

    @contextlib.contextmanager
    def listening(self, database: str) -> Iterator["Log"]:
        """Logs what new connections to the database ask."""
        self.sql("postgres", f"ALTER DATABASE {database} SET log_statement = 'all'")
        yield Log(self.primary.folder / "log")
        self.sql("postgres", f"ALTER DATABASE {database} RESET log_statement")

    def close(self) -> None:
        for node in (self.standby, self.primary):
            node.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def copied(value: int | str | bytes | None) -> str:
    """A value as COPY reads it."""
    match value:
        case None: return r"\N"
        case bytes(): return r"\\x" + value.hex()
        case int(): return str(value)
    return value.replace("\\", r"\\").replace("\t", r"\t").replace("\n", r"\n").replace("\r", r"\r")


@dataclasses.dataclass
class Statement:
    connection: str
    sql: str
    # By number, from 1; None: NULL.
    values: dict[int, str | None]

    def filled(self, put) -> str:
        """The statement with each parameter replaced by what `put` makes of its number and value."""
        return re.sub(r"\$(\d+)", lambda found: put(int(found[1]), self.values[int(found[1])]), self.sql)

    @property
    def query(self) -> str:
        """What it reads, also where it reads by a cursor."""
        text = self.filled(lambda _, value: literal(value))
        return re.sub(r"^DECLARE \w+ [\w ]*?CURSOR FOR\s+", "", text)


def literal(value: str | None) -> str:
    return "NULL" if value is None else "'" + value.replace("'", "''") + "'"


class Log:
    """A server's log from now on."""

    ENTRY = re.compile(
        r"^\d{4}-\d\d-\d\d [\d:.]+ \w+ \[(\d+)\] (?:LOG:  (?:statement|execute [^:]*)|(DETAIL)): +", re.MULTILINE)

    def __init__(self, file: pathlib.Path):
        self._file, self._start = file, file.stat().st_size

    def read(self) -> list[Statement]:
        """What was asked since the last time, in order."""
        with self._file.open("rb") as file:
            file.seek(self._start)
            text = file.read().decode()
        self._start += len(text.encode())
        statements: list[Statement] = []
        entries = list(self.ENTRY.finditer(text))
        for entry, following in zip(entries, [*entries[1:], None]):
            body = text[entry.end():following.start() if following else len(text)].replace("\n\t", "\n").strip()
            if entry[2]:
                statements[-1].values = self._values(body)
            else:
                statements.append(Statement(entry[1], body, {}))
        return statements

    @staticmethod
    def _values(text: str) -> dict[int, str | None]:
        found = re.findall(r"\$(\d+) = (NULL|'((?:[^']|'')*)')", text)
        return {
            int(number): None if whole == "NULL" else value.replace("''", "'") for number, whole, value in found}
