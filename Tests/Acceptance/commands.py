"""Every command of the program, each with arguments with which it works in the store that `build` makes."""

import shutil

from program import SHIPPED

# Words, exit status. The names of commands stand before the first argument.
COMMANDS = {
    "status": (["s-001"], 0),
    "tick": (["s-001", "rotate-password", "--note", "done"], 0),
    "confirm": (["s-001", "rebuild-brand"], 0),
    "untick": (["s-001", "rebind-store", "--reason", "why"], 0),
    "skip": (["s-001", "update-marketing", "--reason", "why"], 0),
    "block": (["s-001", "update-marketing", "--reason", "why"], 0),
    "unblock": (["s-001", "verify-products"], 0),
    "note": (["s-001", "verify-products", "text"], 0),
    "assign": (["s-001", "verify-products", "--to", "Wang"], 0),
    "due": (["s-001", "verify-products", "--at", "2026-12-01", "--reason", "why"], 0),
    "walk": (["s-001"], 2),  # it needs a terminal
    "overdue": ([], 1),
    "report": ([], 0),
    "history": (["s-001"], 0),
    "shop add": (["s-009", "--name", "Nine"], 0),
    "shop edit": (["s-001", "--name", "Another"], 0),
    "shop list": ([], 0),
    "shop show": (["s-001"], 0),
    "shop archive": (["s-001"], 0),
    "shop restore": (["s-001"], 0),
    "shop import": (["shops.csv"], 0),
    "shop bind": (["s-002", "an-account"], 0),
    "switch plan": (["s-001", "--to", "new-account", "--confirmed", "registered", "--confirmed", "real-name-verified"], 0),
    "switch unbind": (["s-004"], 0),
    "switch rebind": (["s-005"], 0),
    "switch abandon": (["s-004", "--reason", "why"], 0),
    "switch show": (["s-001"], 0),
    "switch list": ([], 0),
    "switch import": (["switches.csv"], 0),
    "upgrade": (["s-001"], 0),
    "start": (["s-002"], 0),
    "stop": (["s-001", "--reason", "why"], 0),
    "checklists": ([], 0),
    "lint": ([], 0),
    "schema": ([], 0),
    "definitions push": (["checklists"], 0),
    "definitions pull": (["pulled"], 2),  # nobody has pushed any
    "definitions list": ([], 0),
    "link create": (["s-001"], 0),
    "link list": (["s-001"], 0),
    "link revoke": (["s-001", "1"], 0),
    "user add": (["Sun", "--role", "admin"], 2),  # no password is given
    "user list": ([], 0),
    "user disable": (["Li"], 0),
    "user enable": (["Li"], 0),
    "user reset": (["Li"], 2),  # no password is given
    "user log": ([], 0),
    "token create": (["backup", "--scope", "read"], 0),
    "token list": ([], 0),
    "token revoke": (["1"], 0),
    "serve": (["--listen", "nowhere"], 64),  # it would go on until it is stopped
    "store status": ([], 0),
    "store migrate": ([], 0),
    "store check": ([], 0),
    "store backup": (["new.sqlite"], 0),
    "store restore": (["backup.sqlite", "--store", "restored.sqlite"], 0),
    "export": ([], 0),
    "import": (["backup.jsonl", "--store", "copy.sqlite"], 0),
    "demo": ([], 0),
    "completions": (["bash"], 0),
    "manual": ([], 0),
}

FORMATS = {
    **dict.fromkeys(["tick", "confirm", "untick", "skip", "block", "unblock", "note", "assign", "due",
                     "checklists", "lint", "shop show", "shop bind", "switch plan", "switch unbind",
                     "link create", "link list", "user list", "user log", "token create", "token list", "switch rebind", "switch abandon", "switch show", "upgrade",
                     "store status", "store check", "store backup", "store restore"], ["text", "json"]),
    "status": ["text", "json", "csv"], "history": ["text", "json", "csv"],
    "overdue": ["text", "json", "csv", "nagios", "prometheus"],
    "report": ["text", "markdown", "html", "csv", "json"],
    "shop list": ["text", "csv", "json"],
    "switch list": ["text", "csv", "json"],
}

LATER = "2026-11-21T02:00:00Z"


def build(run):
    """Two shops, of which the first was switched yesterday, and the files that examples name."""
    shutil.copytree(SHIPPED, run.checklists, dirs_exist_ok=True)
    run("shop", "add", "s-001", "--name", "Morning", "--platform", "douyin", "--team", "east", "--owner", "Mei",
        "--time-zone", "Asia/Shanghai", now=LATER)
    run("shop", "add", "s-002", "--platform", "douyin", "--team", "east", now=LATER)
    run("start", "s-001", "--switched-at", "2026-11-19T10:00", now=LATER)
    run("tick", "s-001", "rebind-store", "--note", "it shows the new account", by="Mei", now=LATER)
    run("tick", "s-001", "rebuild-brand", by="Mei", now=LATER)
    run("block", "s-001", "verify-products", "--reason", "no list", by="Mei", now=LATER)
    run("shop", "bind", "s-001", "old-account", "--at", "2026-01-05", now=LATER)
    confirmed = ["--confirmed", "registered", "--confirmed", "real-name-verified"]
    for shop in ["s-004", "s-005"]:
        run("shop", "add", shop, "--platform", "douyin", "--team", "west", "--owner", "Li", now=LATER)
        run("shop", "bind", shop, "old-account", "--at", "2026-01-05", now=LATER)
        run("switch", "plan", shop, "--to", "new-account", *confirmed, "--at", "2026-10-01", now=LATER)
    run("switch", "unbind", "s-005", "--until", "2026-10-20", "--at", "2026-10-10", now=LATER)
    for name in ["Li", "Zhao"]:
        run("user", "add", name, "--role", "admin", stdin="a long password 47\n", by=name, now=LATER)
    run("token", "create", "backup", "--scope", "read", now=LATER)
    run("link", "create", "s-001", now=LATER)
    run.write("plan.txt", "s-001 new-account\n")
    run.write("switches.csv", "shop,from,to,planned_at,unbound_at,until,rebound_at\n"
              "s-002,first,second,2026-02-01,2026-02-03,2026-02-10,2026-02-11\n")
    run.write("shops.csv", "id,name\ns-001,Morning\ns-003,Three\n")
    run.write("shops.txt", "s-001\n")
    run.write("done.csv", "shop,item,note\ns-001,rotate-password,changed by Li\n")
    run.write("draft.yaml", "checklist: draft\ntitle: Draft\nitems: [{id: one, title: One}]\n")
    run.write("backup.zip", "an archive")
    run("export", "backup.jsonl")
    run("store", "backup", "backup.sqlite")


def words(command):
    arguments, _ = COMMANDS[command]
    return [*command.split(), *arguments]
