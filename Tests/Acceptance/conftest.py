"""What the tests of the real program start from; how it is run is in program.py."""

import os
import signal
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "WebSupport"))

from program import REPOSITORY, SHIPPED, Program, build_trial

# Whoever starts the tests in the background may ignore these, and what is ignored is inherited.
for ignored in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
    if signal.getsignal(ignored) == signal.SIG_IGN:
        signal.signal(ignored, signal.default_int_handler if ignored == signal.SIGINT else signal.SIG_DFL)

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.fixture
def snapshot():
    """Compares a text with a file under snapshots/; SWITCHLIST_RECORD=1 writes the file anew."""

    def compare(name: str, text: str) -> None:
        path = SNAPSHOTS / name
        if os.environ.get("SWITCHLIST_RECORD") == "1":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"there is no {path}; SWITCHLIST_RECORD=1 writes it"
        assert text.splitlines() == path.read_text(encoding="utf-8").splitlines(), (
            f"{path.relative_to(REPOSITORY)} differs; SWITCHLIST_RECORD=1 writes it anew")

    return compare


@pytest.fixture
def run(tmp_path) -> Program:
    return Program(tmp_path)


@pytest.fixture
def shipped(run) -> Program:
    """With the checklists that come with the program."""
    run.environment["SWITCHLIST_CHECKLISTS"] = str(SHIPPED)
    return run


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """Builds a folder once in a session, however many tests begin from it."""
    built: dict[str, Path] = {}

    def folder(build) -> Path:
        key = f"{build.__module__}.{build.__qualname__}"
        if key not in built:
            built[key] = tmp_path_factory.mktemp("prepared")
            build(Program(built[key]))
        return built[key]

    return folder


@pytest.fixture
def trial(run, prepared) -> Program:
    """The shop s-001 of 李梅, with a run of the trial checklist that has just begun."""
    run.become(prepared(build_trial))
    return run


@pytest.fixture(scope="session")
def database_server(tmp_path_factory):
    """The address of the server that Tests/run started; else one that ends with the session."""
    if known := os.environ.get("SWITCHLIST_TEST_POSTGRES"):
        yield known
        return
    script = REPOSITORY / "Tests" / "PostgreSQL" / "server"
    # A socket's path may have 107 bytes.
    folder = Path(f"/tmp/switchlist-postgres.{uuid.uuid4().hex[:8]}")
    started = subprocess.run([script, "start", folder], stdout=subprocess.PIPE, text=True, check=True)
    yield started.stdout.strip()
    subprocess.run([script, "stop", folder], check=True)


@pytest.fixture
def database(database_server) -> str:
    """The address of an empty place for a store of the test's own."""
    schema = f"a{uuid.uuid4().hex}"
    subprocess.run(["psql", "-qX", database_server, "-c", f"CREATE SCHEMA {schema}"], check=True)
    return f"{database_server}?options=-csearch_path%3D{schema}"
