"""What the tests of the pages start from: Debian's browser, stores with people in them, and pages that are
watched while they are open."""

import shutil
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "WebSupport"), str(TESTS / "Acceptance")]

from site_store import Site, build
from visiting import Visits, start_browser


@pytest.fixture(scope="session")
def browser() -> Browser:
    with sync_playwright() as playwright:
        browser = start_browser(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def built_site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    build(Site(folder / "site"))
    return folder / "site"


@pytest.fixture(scope="module")
def lasting(tmp_path_factory, built_site) -> Site:
    """A served store for tests that change nothing: one for all of a file's."""
    folder = tmp_path_factory.mktemp("lasting") / "site"
    shutil.copytree(built_site, folder)
    site = Site(folder)
    with site.serve():
        yield site


@pytest.fixture
def site(tmp_path, built_site) -> Site:
    """A served store of the test's own."""
    folder = tmp_path / "site"
    shutil.copytree(built_site, folder)
    site = Site(folder)
    with site.serve():
        yield site


@pytest.fixture
def visit(browser, site):
    """`visit(who, path, …)` opens a page of the test's own store."""
    with Visits(browser, site) as visits:
        yield visits


@pytest.fixture
def look(browser, lasting):
    """`look(who, path, …)` opens a page of the store that stays as it is."""
    with Visits(browser, lasting) as visits:
        yield visits


def pytest_make_parametrize_id(val):
    return f"{val[:30]}…" if isinstance(val, str) and len(val) > 40 else None
