"""PgBouncer between the program and its database: in session mode nothing differs; transaction mode is refused."""

import pytest
from notes import Load, serving, shops_in_database
from pooler import Pooler
from program import TRIAL, Program

# What a person has to be told: what it is, and what to do.
WORDS = {"en": ["PgBouncer", "transaction mode", "pool_mode = session"], "zh": ["PgBouncer", "pool_mode = session"]}


def test_a_story_in_session_mode(program):
    with Pooler("session") as pooler:
        program.environment["SWITCHLIST_STORE"] = pooler.address
        program("store", "migrate")
        program.checklist(TRIAL)
        program.write("shops.csv", "id,team\ns-1,east\ns-2,west\n")
        program("shop", "import", "shops.csv")
        program("start", "--all", "--switched-at", "2026-11-20T10:00")
        program("tick", "s-1", "free", "first", "--note", "done")
        assert {item["state"] for name, item in program.items("s-1").items() if name in ("free", "first")} == {"done"}
        late = program("overdue", "--team", "east", "--format", "json", status=1).json
        assert late and {entry["shop"] for entry in late["items"]} == {"s-1"}
        assert program("store", "status", "--format", "json").json["schema"] == "current"
        assert "is sound" in program("store", "check").stdout
        past = program("export", "--store", pooler.direct).out
        assert program("export").out == past


def test_a_server_in_session_mode(program):
    """Under load, with two servers, each of which has its connections for itself."""
    with Pooler("session") as pooler:
        shops = shops_in_database(program, pooler.address, 8)
        with serving(program) as servers, Load(servers, shops) as load:
            load.wait_for(200)
        load.check(program)


@pytest.fixture
def in_transaction_mode(program) -> Program:
    """A store that is whole, whose connections are shared out anew for each transaction."""
    with Pooler("transaction") as pooler:
        program("store", "migrate", "--store", pooler.direct)
        program("shop", "add", "s-1", "--store", pooler.direct)
        program.environment["SWITCHLIST_STORE"] = pooler.address
        yield program


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("command", ["store status", "store migrate", "status s-1", "shop add s-2", "serve"])
def test_transaction_mode_is_refused_in_words(in_transaction_mode, command, language):
    """At the start, also of a single command: its second one would find what the first one left on a connection."""
    for _ in range(2):
        refused = in_transaction_mode(*command.split(), status=2, lang=language)
        assert refused.out == b""
        assert len(refused.stderr.splitlines()) == 1
        assert [word for word in WORDS[language] if word not in refused.stderr] == [], refused.stderr
