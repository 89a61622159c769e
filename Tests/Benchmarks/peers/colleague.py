#!/usr/bin/env python3
"""The same job as a competent colleague would script it in an afternoon: PyYAML and sqlite3.

    colleague.py STORE load CHECKLIST.yaml ITEMS.csv
    colleague.py STORE tick SHOP ITEM --note TEXT --as NAME [--now TIME]
    colleague.py STORE overdue [--now TIME]
    colleague.py STORE report [--now TIME]
"""

import argparse
import csv
import datetime
import sqlite3
import sys

import yaml

SCHEMA = """
CREATE TABLE checklist (id TEXT PRIMARY KEY, yaml TEXT NOT NULL);
CREATE TABLE item (
  shop TEXT, team TEXT, owner TEXT, item TEXT, due_at TEXT, done_at TEXT, done_by TEXT, note TEXT,
  PRIMARY KEY (shop, item));
CREATE INDEX item_due ON item (due_at) WHERE done_at IS NULL;
"""


def definitions(store):
    return {
        item["id"]: item
        for text, in store.execute("SELECT yaml FROM checklist")
        for item in yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))["items"]
    }


def load(store, options):
    store.executescript(SCHEMA)
    with store:
        text = open(options.checklist, encoding="utf-8").read()
        store.execute("INSERT INTO checklist VALUES (?, ?)", [yaml.safe_load(text)["checklist"], text])
        with open(options.items, encoding="utf-8", newline="") as file:
            store.executemany("INSERT INTO item VALUES (?, ?, ?, ?, ?, NULLIF(?, ''), ?, ?)", csv.reader(file))


def tick(store, options):
    item = definitions(store).get(options.item)
    if item is None:
        sys.exit(f"no such item: {options.item}")
    with store:
        store.execute("BEGIN IMMEDIATE")
        done = dict(store.execute("SELECT item, done_at FROM item WHERE shop = ?", [options.shop]))
        if options.item not in done:
            sys.exit(f"{options.shop} has no such item")
        waiting = [need for need in item.get("needs", []) if done.get(need) is None]
        if waiting:
            sys.exit(f"waiting for {', '.join(waiting)}")
        store.execute(
            "UPDATE item SET done_at = ?, done_by = ?, note = ? WHERE shop = ? AND item = ?",
            [options.now, options.actor, options.note, options.shop, options.item])


def overdue(store, options):
    items = definitions(store)
    out = csv.writer(sys.stdout)
    out.writerow(["shop", "team", "item", "title", "owner", "critical", "due_at", "overdue_seconds"])
    now = datetime.datetime.fromisoformat(options.now)
    rows = store.execute(
        "SELECT shop, team, item, owner, due_at FROM item WHERE done_at IS NULL AND due_at <= ?"
        " ORDER BY due_at, shop", [options.now])
    for shop, team, item, owner, due_at in rows:
        late = now - datetime.datetime.fromisoformat(due_at)
        out.writerow([
            shop, team, item, items[item]["title"]["en"], owner, items[item].get("critical", False), due_at,
            int(late.total_seconds())])


def report(store, options):
    out = csv.writer(sys.stdout)
    out.writerow(["shop", "team", "total", "done", "overdue"])
    out.writerows(store.execute(
        "SELECT shop, team, COUNT(*), COUNT(done_at), SUM(done_at IS NULL AND due_at <= ?) FROM item"
        " GROUP BY shop ORDER BY shop", [options.now]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("store")
    commands = parser.add_subparsers(required=True)
    for command in [load, tick, overdue, report]:
        sub = commands.add_parser(command.__name__)
        sub.set_defaults(run=command)
        sub.add_argument("--now", default=datetime.datetime.now(datetime.timezone.utc).isoformat("T", "seconds"))
        if command is load:
            sub.add_argument("checklist")
            sub.add_argument("items")
        if command is tick:
            sub.add_argument("shop")
            sub.add_argument("item")
            sub.add_argument("--note")
            sub.add_argument("--as", dest="actor")
    options = parser.parse_args()
    store = sqlite3.connect(options.store, timeout=10)
    store.execute("PRAGMA journal_mode = WAL")
    store.execute("PRAGMA synchronous = FULL")
    options.run(store, options)


if __name__ == "__main__":
    main()
