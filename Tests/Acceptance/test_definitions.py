"""The folder of definitions in the store: pushed, listed, pulled, and used by commands and servers, on both engines."""

import json
import shutil
import time
import urllib.request

import pytest
from program import PROGRAM, TRIAL, Program
from server import Server


@pytest.fixture(params=["file", "database"])
def program(request, tmp_path) -> Program:
    program = Program(tmp_path)
    if request.param == "database":
        program.environment["SWITCHLIST_STORE"] = request.getfixturevalue("database")
        program("store", "migrate")
    program.checklist(TRIAL)
    program("shop", "add", "s-1")
    return program


def title(program, *options):
    [checklist] = program("checklists", "--format", "json", *options, lang="en").json
    return checklist["title"]


def change(program):
    file = next(program.checklists.glob("*.yaml"))
    file.write_text(file.read_text(encoding="utf-8").replace("The trial", "Another trial"), encoding="utf-8")


def test_what_was_pushed_is_used_wherever_the_store_is(program, tmp_path):
    assert "pushed number 1: 1 file" in program("definitions", "push", by="Li").stdout
    assert "unchanged" in program("definitions", "push", by="Wang").stdout
    shutil.rmtree(program.checklists)
    assert title(program, "--checklists", "store:") == "The trial"
    program("start", "s-1", "--checklist", "trial", "--checklists", "store:")
    assert program("status", "s-1", "--format", "json").json["runs"][0]["checklist"] == "trial"


def test_pushing_again_puts_another_in_force_and_keeps_the_first(program, tmp_path):
    program("definitions", "push", by="Li", now="2026-11-01T02:00:00Z")
    change(program)
    program("definitions", "push", by="Wang", now="2026-11-02T02:00:00Z")
    pushed = program("definitions", "list", "--format", "json").json
    assert [(one["number"], one["pushed_by"], one["pushed_at"]) for one in pushed] == [
        (2, "Wang", "2026-11-02T02:00:00Z"), (1, "Li", "2026-11-01T02:00:00Z")]
    assert program("definitions", "list").stdout.splitlines()[0].endswith("(in force)")
    assert title(program, "--checklists", "store:") == "Another trial"
    program("definitions", "pull", tmp_path / "first", "--number", "1")
    assert title(program, "--checklists", tmp_path / "first") == "The trial"
    program("definitions", "pull", tmp_path / "last")
    [pulled] = (tmp_path / "last").iterdir()
    assert pulled.read_bytes() == next(program.checklists.glob("*.yaml")).read_bytes()


def test_nothing_is_overwritten_by_pulling(program, tmp_path):
    program("definitions", "push")
    before = next(program.checklists.glob("*.yaml")).read_bytes()
    assert "isn't empty" in program("definitions", "pull", program.checklists, status=2).stderr
    assert next(program.checklists.glob("*.yaml")).read_bytes() == before
    assert "there is no number 7" in program("definitions", "pull", tmp_path / "x", "--number", "7", status=2).stderr
    assert not (tmp_path / "x").exists()


def test_what_has_mistakes_isnt_pushed(program):
    program.write("checklists/broken.yaml", "checklist: broken\nitems: 3\n")
    refused = program("definitions", "push", status=1)
    assert "broken.yaml:2" in refused.stderr and "nothing was pushed" in refused.stderr
    assert program("definitions", "list", "--format", "json").json == []
    (program.checklists / "broken.yaml").unlink()
    shutil.move(next(program.checklists.glob("*.yaml")), program.folder / "away.yaml")
    assert "no .yaml files" in program("definitions", "push", status=2).stderr


def test_before_the_first_push_it_is_said_what_to_do(program):
    assert "definitions push" in program("checklists", "--checklists", "store:", status=2).stderr
    assert "definitions push" in program("definitions", "list").stdout
    assert "definitions pull" in program("lint", "--checklists", "store:", status=2).stderr


def asked(server, path):
    request = urllib.request.Request(f"http://127.0.0.1:{server.port}{path}", headers=server.credential)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read().decode()


def until(condition):
    for _ in range(600):
        if condition():
            return True
        time.sleep(0.1)
    return False


def test_a_server_takes_what_is_pushed_and_says_where_it_differs(program):
    program("definitions", "push")
    environment = program.surroundings(None, None, None, None)
    serve = [PROGRAM, "serve", "--listen", "127.0.0.1:0"]
    with Server([*serve, "--checklists", "store:"], environment, program.folder) as shared, \
            Server(serve, environment, program.folder) as own:
        assert asked(shared, "/readyz") == asked(own, "/readyz") == "ready\n"
        file = next(program.checklists.glob("*.yaml"))
        before = file.read_bytes()
        change(program)
        program("definitions", "push")
        file.write_bytes(before)
        assert until(lambda: "Another trial" in asked(shared, "/api/v1/checklists"))
        assert asked(shared, "/readyz") == "ready\n"
        assert until(lambda: "definitions differ" in asked(own, "/readyz"))
        assert until(lambda: any("--checklists store:" in line for line in own.lines))
        assert json.loads(asked(own, "/api/v1/checklists"))
