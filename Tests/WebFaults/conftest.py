"""What the tests of a server under attack, under load and in trouble start from."""

import shutil
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "WebSupport"), str(TESTS / "Acceptance"), str(TESTS / "Acceptance" / "faults")]

from attacked import Attacked, Credentials
from program import TRIAL
from server import raise_open_files
from web import Web, ago

SHOPS = [f"s-{number}" for number in range(1, 9)]

raise_open_files(65_536)


def make_store(folder: Path) -> None:
    """Eight shops, each with a run of the trial checklist that began a day ago."""
    web = Web(folder, shipped=False)
    web.program.checklist(TRIAL)
    web.program.write("shops.csv", "id,name,team,owner\n" + "".join(
        f"{shop},店铺 {shop},east,李梅\n" for shop in SHOPS))
    web.run("shop", "import", "shops.csv", now=ago(days=2))
    web.run("start", "--all", "--checklist", "trial", now=ago(days=1))


@pytest.fixture(scope="session")
def made_store(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    make_store(folder)
    return folder


@pytest.fixture
def quiet(tmp_path, made_store) -> Web:
    """The eight shops, not served yet; nobody needs to sign in."""
    folder = tmp_path / "web"
    shutil.copytree(made_store, folder)
    return Web(folder, shipped=False)


@pytest.fixture
def web(quiet) -> Web:
    """The eight shops, served to this machine without users."""
    with quiet.serve():
        yield quiet


@pytest.fixture(scope="module")
def lasting(tmp_path_factory, made_store) -> Web:
    """The same for tests that change nothing: one server for all of a file's."""
    folder = tmp_path_factory.mktemp("lasting") / "web"
    shutil.copytree(made_store, folder)
    web = Web(folder, shipped=False)
    with web.serve():
        yield web


@pytest.fixture(scope="session")
def peopled_store(tmp_path_factory, made_store) -> Path:
    """The eight shops with users, a link and tokens."""
    folder = tmp_path_factory.mktemp("peopled") / "web"
    shutil.copytree(made_store, folder)
    web = Web(folder, shipped=False)
    Credentials.make(web).save(folder / "credentials.json")
    return folder


@pytest.fixture
def attacked(tmp_path, peopled_store) -> Attacked:
    """Served to whoever signs in, to whom gets a link, and to an attacker."""
    web = Attacked(peopled_store, tmp_path / "web")
    server = web.serve()
    yield web
    # It may have ended or hang, which the test has said then.
    server.kill()


def pytest_make_parametrize_id(val):
    """Short names for what is long."""
    return f"{str(val)[:30]}…{len(val)}" if isinstance(val, (str, bytes)) and len(val) > 40 else None
