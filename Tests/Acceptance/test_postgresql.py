"""A store in a PostgreSQL database: the same answers as from a file, and what is said where it can't be used."""

import subprocess

import pytest
from program import Program
from test_export_import import exported, world  # noqa: F401
from world import END


def sql(database, statement):
    return subprocess.run(
        ["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", database, "-c", statement], check=True, capture_output=True,
        text=True).stdout.strip()


@pytest.fixture
def other(tmp_path, database) -> Program:
    """A place whose store is an empty one in a database."""
    (tmp_path / "other").mkdir()
    program = Program(tmp_path / "other")
    program.environment["SWITCHLIST_STORE"] = database
    program("store", "migrate")
    return program


def test_it_answers_to_the_byte_as_a_file_does(world, other, exported):
    other.environment["SWITCHLIST_CHECKLISTS"] = str(world.checklists)
    other("import", "-", stdin=exported)
    assert other("export").out == exported
    shops = [shop["id"] for shop in world("shop", "list", "--format", "json").json]
    questions = [
        ["shop", "list", "--include-archived"], ["shop", "list", "--format", "csv"],
        *[["overdue", *more] for more in (
            [], ["--within", "1w"], ["--format", "json"], ["--format", "csv"], ["--format", "nagios"],
            ["--format", "prometheus"], ["--critical"], ["--owner", "Li"])],
        *[["report", *more] for more in (
            [], ["--by", "team"], ["--by", "item"], ["--by", "owner"], ["--format", "json"], ["--format", "csv"],
            ["--format", "markdown"], ["--format", "html"], ["--matrix"], ["--matrix", "--format", "csv"],
            ["--state", "active"])],
        ["switch", "list"], ["history", "--all"], ["user", "list"], ["token", "list"], ["link", "list", "--all"],
        *[[*question, shop] for shop in shops for question in (["status"], ["history"], ["switch", "status"])],
        *[["status", shop, "--format", "json"] for shop in shops],
        *[["history", shop, "--verify"] for shop in shops],
    ]
    differing = []
    for question in questions:
        ours, theirs = (program(*question, now=END, status=None) for program in (other, world))
        if (ours.status, ours.out, ours.err) != (theirs.status, theirs.out, theirs.err):
            lines = zip(f"{ours}".splitlines(), f"{theirs}".splitlines(), strict=False)
            differing += [question, *next(pair for pair in lines if pair[0] != pair[1])]
    assert not differing
    assert len(questions) > 50


def test_an_import_that_breaks_off_leaves_it_empty(other, exported):
    broken = exported.splitlines(keepends=True)
    refused = other("import", "-", stdin=b"".join(broken[: len(broken) // 2]), status=2)
    assert "nothing" in refused.stderr or "line" in refused.stderr
    assert other("shop", "list", "--format", "json").json == []
    other("import", "-", stdin=exported)


def test_migrating_again_changes_nothing(other):
    assert "nothing was changed" in other("store", "migrate").stdout
    status = other("store", "status", "--format", "json").json
    assert status["schema"] == "current" and status["engine"].startswith("PostgreSQL ") and status["bytes"] > 0


def test_check_finds_what_was_changed_behind_its_back(other, database, exported):
    other("import", "-", stdin=exported)
    assert "is sound" in other("store", "check").stdout
    sql(database, "UPDATE event SET body = replace(body, '\"by\":\"Wang\"', '\"by\":\"Wong\"')")
    assert other("store", "check", status=1).stdout


def test_copying_is_postgresqls_affair(other):
    for command in (["store", "backup", "copy"], ["store", "restore", "copy"]):
        said = other(*command, status=2).stderr
        assert "pg_" in said and "postgres://" in said


@pytest.mark.parametrize(("address", "words"), [
    ("postgres://li@127.0.0.1:1/shops", "Connection refused"),
    ("postgres://li@nowhere.invalid/shops", "could not translate host name"),
    ("postgres://li@127.0.0.1/shops?sslmod=require", "invalid URI query parameter"),
    ("postgres://li@127.0.0.1:port/shops", "isn't a number"),
    ("postgres:/li@127.0.0.1/shops", "there is no store"),
    ("mysql://li@127.0.0.1/shops", "isn't a kind of store"),
])
def test_a_bad_address_is_named_with_what_to_do(run, address, words):
    said = run("status", "s-1", "--store", address, status=2).stderr
    assert words in said, said
    zh = run("status", "s-1", "--store", address, lang="zh", status=2).stderr
    assert any("\u4e00" <= letter <= "\u9fff" for letter in zh)


def test_a_database_that_is_missing_and_one_without_tables(run, database_server, database):
    missing = database_server.rsplit("/", 1)[0] + "/nosuch"
    assert 'database "nosuch" does not exist' in run("status", "s-1", "--store", missing, status=2).stderr
    for command in (["status", "s-1"], ["shop", "add", "s-1"], ["overdue"], ["store", "status"]):
        said = run(*command, "--store", database, status=2).stderr
        assert "switchlist store migrate" in said
    nagios = run("overdue", "--format", "nagios", "--store", database, status=3).stdout
    assert nagios.startswith("SWITCHLIST UNKNOWN - ")


def test_a_newer_schema_is_refused(other, database):
    sql(database, "INSERT INTO migration (name) VALUES ('900-later')")
    sql(database, "INSERT INTO meta (name, value) VALUES ('oldest-program', '9.0.0') "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value")
    assert "needs switchlist 9.0.0" in other("status", "s-1", status=2).stderr
    assert "needs switchlist 9.0.0" in other("store", "migrate", status=2).stderr


def test_a_role_that_may_only_read(other, database):
    other("shop", "add", "s-1")
    schema = database.rpartition("%3D")[2]
    sql(database, f"CREATE ROLE reader_{schema} LOGIN; GRANT USAGE ON SCHEMA {schema} TO reader_{schema}; "
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO reader_{schema}")
    address = database.replace("switchlist@", f"reader_{schema}@", 1)
    assert other("status", "s-1", "--store", address).stdout.startswith("s-1")
    assert "can only be read" in other("shop", "add", "s-2", "--store", address, status=2).stderr


@pytest.mark.parametrize("sign", ["-", "%", "?", "/", ":", "@", "@:", "#"])
def test_no_password_is_shown(run, sign):
    password = f"hunter{sign}secret"
    for address in (f"postgres://li:{password}@127.0.0.1:1/shops",
                    f"postgres://127.0.0.1:1/shops?user=li&password={password}"):
        shown = run("status", "s-1", "--store", address, status=2).stderr
        shown += run("status", "s-1", status=2, env={"SWITCHLIST_STORE": address}).stderr
        assert "hunter" not in shown and "secret" not in shown, shown
    assert "PGPASSFILE" in run("status", "s-1", "--store", "postgres://li:x@127.0.0.1:1/shops", status=2).stderr
