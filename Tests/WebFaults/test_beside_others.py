"""A server is not alone with its store: cron, an operator and a backup open it too."""

import sqlite3
import threading
from contextlib import closing

from conftest import SHOPS
from load import Load
from test_kills import times, verify


def test_what_was_acknowledged_is_there_while_others_come_and_go(quiet):
    """Each opens the store, reads or writes, and closes it, as the last one would that has it open."""
    stopped = threading.Event()

    def others():
        number = 0
        while not stopped.is_set():
            number += 1
            quiet.run("overdue", status=None)
            quiet.run("note", SHOPS[number % 8], "first", f"本机 {number}")
            with closing(sqlite3.connect(quiet.store)) as database:
                database.execute("SELECT count(*) FROM event").fetchone()

    with quiet.serve() as server:
        load = Load(SHOPS, workers=4, prefix="b")
        visiting = threading.Thread(target=others)
        visiting.start()
        load.go(server)
        load.wait_for(300)
        stopped.set()
        visiting.join()
        load.wait_for(50)
        load.finish()
        counts = times(quiet, [change.token for change in load.acknowledged])
    assert set(counts.values()) == {1}, f"lost: {[token for token, count in counts.items() if count != 1][:20]}"
    verify(quiet)


def test_what_others_changed_is_shown_at_once(web):
    for number in range(5):
        web.get("/api/v1/shops/s-1/status")
        web.run("note", "s-1", "free", f"第 {number} 次")
        assert f"第 {number} 次" in web.get("/api/v1/shops/s-1/status").text
        web.tick("s-2", "noted", note=f"手机 {number}")
        assert web.program.items("s-2")["noted"]["state"] == "done"


def test_a_copy_that_a_backup_makes_meanwhile_is_whole(web, tmp_path):
    load = Load(SHOPS, workers=4, prefix="c")
    load.go(web.server)
    for number in range(5):
        load.wait_for(20)
        with closing(sqlite3.connect(web.store)) as database:
            database.execute("VACUUM INTO ?", [str(tmp_path / f"{number}.sqlite")])
    load.finish()
    for number in range(5):
        for shop in SHOPS[:2]:
            web.run("history", shop, "--verify", "--store", tmp_path / f"{number}.sqlite")
