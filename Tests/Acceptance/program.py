"""The real program, run as its users run it: arguments and an environment in, streams and a status out.

`run("tick", "s-001", "free", now="…", lang="zh", by="Li")` runs it in a folder of the test's own. The exit
status is asserted, 0 unless the test says another one; `status=None` leaves it open.
"""

import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pexpect

REPOSITORY = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("SWITCHLIST_BIN") or REPOSITORY / ".build" / "debug" / "switchlist").resolve()
SHIPPED = REPOSITORY / "checklists"
BYTE_ORDER_MARK = "\ufeff"

# Sunday morning in Shanghai; what a test doesn't say happens at this moment.
NOW = "2026-11-01T02:00:00Z"

# One item for each rule: every kind of proof, needs, a due time or none, critical or not.
TRIAL = """\
checklist: trial
title: {zh: 试用清单, en: The trial}
time-zone: Asia/Shanghai
items:
  - {id: free, title: {zh: 随时可做, en: Free to do}, due: 2h, owner: merchant}
  - {id: first, title: {zh: 第一步, en: First step}, due: 1d 18:00, owner: merchant, critical: true}
  - {id: second, title: {zh: 第二步, en: Second step}, due: 2d, owner: ops, needs: [first]}
  - {id: third, title: {zh: 第三步, en: Third step}, due: 3d, owner: ops, needs: [second]}
  - {id: noted, title: {zh: 要备注, en: Asks for a note}, due: 1w, proof: note}
  - {id: linked, title: {zh: 要链接, en: Asks for a link}, due: 1w, proof: link}
  - {id: filed, title: {zh: 要文件, en: Asks for a file}, due: 1w, proof: file}
  - {id: seen, title: {zh: 要第二个人, en: Asks for a second person}, due: 1w, proof: second-person}
  - {id: after-seen, title: {zh: 确认以后, en: After the confirmation}, needs: [seen]}
  - {id: either, title: {zh: 第二个人或备注, en: A second person or a note}, due: 1w, proof: [second-person, note]}
  - {id: any, title: {zh: 任何凭证, en: Any proof}, due: 1w, proof: [note, link, file]}
"""


# Nothing is closed to root; with this before it, a command obeys permissions as everybody else does.
OBEYING_PERMISSIONS = (
    ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner") if os.geteuid() == 0 else ())


@dataclass
class Result:
    """What a run of the program left behind."""

    command: str
    status: int
    out: bytes
    err: bytes

    @property
    def stdout(self) -> str:
        return self.out.decode("utf-8")

    @property
    def stderr(self) -> str:
        return self.err.decode("utf-8")

    @property
    def json(self):
        return json.loads(self.stdout)

    @property
    def lines(self) -> list[str]:
        return self.stdout.splitlines()

    @property
    def rows(self) -> list[dict[str, str]]:
        """CSV as a spreadsheet reads it."""
        return list(csv.DictReader(io.StringIO(self.stdout.removeprefix(BYTE_ORDER_MARK), newline="")))

    def __str__(self) -> str:
        return f"$ {self.command}\nstatus {self.status}\n--- stdout\n{self.stdout}\n--- stderr\n{self.stderr}"


class Program:
    """The program in a folder of its own, with nothing of the surrounding environment but the path."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.store = folder / "store.sqlite"
        self.checklists = folder / "checklists"
        for name in ["home", "data", "config", "checklists"]:
            (folder / name).mkdir(exist_ok=True)
        self.environment = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "HOME": str(folder / "home"),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "SWITCHLIST_STORE": str(self.store),
            "SWITCHLIST_CHECKLISTS": str(self.checklists),
            "SWITCHLIST_NOW": NOW,
            "SWITCHLIST_ACTOR": "Li",
        }

    def __call__(
        self, *arguments, status: int | None = 0, now=None, lang=None, by=None, env=None, stdin=b"",
        cwd=None, stdout=subprocess.PIPE, under=(),
    ) -> Result:
        environment = self.surroundings(now, lang, by, env)
        words = [str(PROGRAM), *(str(argument) for argument in arguments)]
        done = subprocess.run(
            [*under, *words], input=stdin.encode("utf-8") if isinstance(stdin, str) else stdin, stdout=stdout,
            stderr=subprocess.PIPE, cwd=cwd or self.folder, env=environment, timeout=60, check=False,
        )
        result = Result("switchlist " + " ".join(words[1:]), done.returncode, done.stdout or b"", done.stderr)
        if status is not None:
            assert result.status == status, f"{result}\n--- expected status {status}"
        return result

    def surroundings(self, now, lang, by, env) -> dict[str, str]:
        environment = dict(self.environment)
        for name, value in [("NOW", now), ("LANG", lang), ("ACTOR", by)]:
            if value is not None:
                environment[f"SWITCHLIST_{name}"] = value
        for name, value in (env or {}).items():
            if value is None:
                environment.pop(name, None)
            else:
                environment[name] = str(value)
        return environment

    def terminal(self, *arguments, columns=80, now=None, lang=None, by=None, env=None) -> pexpect.spawn:
        """The program at a terminal, to be talked to."""
        environment = self.surroundings(now, lang, by, {"TERM": "xterm-256color", **(env or {})})
        child = pexpect.spawn(
            str(PROGRAM), [str(argument) for argument in arguments], env=environment, cwd=str(self.folder),
            encoding="utf-8", timeout=20, dimensions=(40, columns))
        child.delaybeforesend = None
        return child

    def shown(self, *arguments, status=0, **options) -> str:
        """All that a command leaves on a terminal."""
        child = self.terminal(*arguments, **options)
        text = child.read()
        child.close()
        assert child.exitstatus == status, text
        return text.replace("\r\n", "\n")

    def refused(self, *arguments, status=2, **options) -> str:
        """Runs what the rules forbid: an error, no result, and a store that is as it was before."""
        before = self.snapshot()
        result = self(*arguments, status=status, **options)
        assert result.out == b"", f"a refusal with a result\n{result}"
        # Wrong usage may be told in the argument parser's own words.
        assert result.stderr.startswith(("error: ", "Error: ") if status == 64 else "error: "), str(result)
        assert self.snapshot() == before, f"a refusal that changed the store\n{result}"
        return result.stderr

    def snapshot(self) -> str:
        """All that the store holds, read beside the program."""
        if not self.store.is_file():
            return ""
        with closing(sqlite3.connect(self.store)) as database:
            return "\n".join(database.iterdump())

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    def checklist(self, content: str, name: str | None = None) -> Path:
        identifier = content.split("checklist:", 1)[1].split()[0]
        return self.write(f"checklists/{name or identifier}.yaml", content)

    def items(self, shop="s-001", run=None, **options) -> dict[str, dict]:
        """A run's items by id, as `status` tells them."""
        runs = self.status(shop, **options)["runs"]
        chosen = runs[0] if run is None else next(entry for entry in runs if entry["run"] == run)
        return {item["id"]: item for item in chosen["items"]}

    def status(self, shop="s-001", *arguments, **options) -> dict:
        return self("status", shop, *arguments, "--format", "json", **options).json

    def events(self, shop="s-001", *arguments) -> list[dict]:
        return self("history", shop, *arguments, "--format", "json").json

    def become(self, prepared: Path) -> None:
        """Takes over a prepared folder's store and files."""
        shutil.copytree(prepared, self.folder, dirs_exist_ok=True)


def build_trial(run: Program) -> None:
    run.checklist(TRIAL)
    run("shop", "add", "s-001", "--name", "晨光小店", "--team", "east", "--owner", "李梅",
        "--time-zone", "Asia/Shanghai")
    run("start", "s-001")
