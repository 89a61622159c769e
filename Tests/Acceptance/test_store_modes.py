"""Who on the machine may read what the program writes."""

import os
import re
import sqlite3
import subprocess
from contextlib import closing

import pytest
from program import PROGRAM


def mode(path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.parametrize("umask", [0, 0o022, 0o077])
def test_a_store_and_an_export_are_for_their_owner_alone(run, umask):
    usual = os.umask(umask)
    try:
        run("shop", "add", "s-1", env={"SWITCHLIST_STORE": str(run.folder / "a/b/store.sqlite")})
        run("export", run.folder / "all.jsonl", env={"SWITCHLIST_STORE": str(run.folder / "a/b/store.sqlite")})
        run("demo", env={"XDG_DATA_HOME": str(run.folder / "demo")}, status=None)
    finally:
        os.umask(usual)
    assert mode(run.folder / "a") == mode(run.folder / "a/b") == 0o700
    for path in [run.folder / "all.jsonl", *(run.folder / "a/b").iterdir()]:
        assert mode(path) == 0o600, path
    made = list((run.folder / "demo").rglob("*"))
    assert made, "the demo made nothing"
    for path in made:
        assert mode(path) & 0o077 == 0, path


@pytest.mark.parametrize(("lang", "words"), [("en", "run: chmod 600 "), ("zh", "请执行：chmod 600 ")])
def test_a_server_warns_of_a_store_that_others_may_read(run, lang, words):
    run("shop", "add", "s-1")
    assert served(run, lang).count("chmod") == 0
    run.store.chmod(0o644)
    assert served(run, lang).count(f"{words}{run.store}") == 1
    assert mode(run.store) == 0o644
    assert "chmod" not in run("shop", "list", lang=lang).stderr


def served(run, lang) -> str:
    """What a server says until it is there."""
    server = subprocess.Popen(
        [PROGRAM, "serve", "--listen", "127.0.0.1:0"], env=run.surroundings(None, lang, None, None),
        cwd=run.folder, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    said = ""
    try:
        while not re.search(r"http://127\.0\.0\.1:\d+/", said):
            line = server.stderr.readline()
            assert line, said
            said += line
    finally:
        server.terminate()
        server.wait(15)
        server.stderr.close()
    return said


def test_an_older_store_is_warned_of_once(run):
    """When it is brought up, and not each time that it is used."""
    with closing(sqlite3.connect(run.store)) as database:
        # The first thing that ever stood in a store.
        database.execute("CREATE TABLE migration (name TEXT NOT NULL PRIMARY KEY)")
        database.commit()
    run.store.chmod(0o644)
    assert "chmod 600" in run("shop", "list").stderr
    assert "chmod" not in run("shop", "list").stderr
    assert mode(run.store) == 0o644
