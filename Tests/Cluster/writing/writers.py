"""Writers of one store: each gives random commands, one after another, and remembers what it was told of each."""

import json
import random
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from urllib.parse import quote

from notes import Answer, ask
from program import Program, Result
from writing.commands import ITEM_EVENTS, SWITCH_EVENTS, Command, Part, choose, marked, read, told


class Writer(threading.Thread):
    def __init__(self, name: str, seed: int, stop: threading.Event):
        super().__init__(name=name, daemon=True)
        self.chance, self.stop = random.Random(f"{seed} {name}"), stop
        self.commands: list[Command] = []
        self.runs: dict[str, int] = {}
        # What nobody should have been told.
        self.unexpected: list[str] = []

    def run(self):
        while not self.stop.is_set():
            command = choose(self.chance, f"{self.name}-{len(self.commands)}", self.runs)
            try:
                self.carry_out(command)
            except Exception as error:
                self.unexpected.append(f"{command}: {error!r}")
            self.commands.append(command)
            for part in command.parts:
                self.runs.update({part.shop: event["run"] for event in part.events if "run" in event})

    def carry_out(self, command: Command):
        raise NotImplementedError


class TerminalWriter(Writer):
    """By the command line, a process for each command."""

    def __init__(self, name, seed, stop, program: Program):
        super().__init__(name, seed, stop)
        self.program = program

    def words(self, command: Command) -> list[str]:
        shop, item, mark = command.shops[0], command.item, command.mark
        many = {"note many": ["note", "@-", item, mark], "tick many": ["tick", "@-", "free", "--note", mark],
                "start many": ["start", "@-", "--again", "--switched-at", command.at]}
        match command.kind:
            case "tick": words = ["tick", shop, item, "--note", mark]
            case "tick several": words = ["tick", shop, "second", "first", "--note", mark]
            case "confirm" | "unblock": words = [command.kind, shop, item]
            case "untick" | "skip" | "block": words = [command.kind, shop, item, "--reason", mark]
            case "assign": words = ["assign", shop, item, "--to", mark]
            case "due": words = ["due", shop, item, "--at", command.at, "--reason", mark]
            case "note": words = ["note", shop, item, mark]
            case "start": words = ["start", shop, "--again", "--switched-at", command.at]
            case "stop": words = ["stop", shop, "--run", str(command.number), "--reason", mark]
            case "edit": words = ["shop", "edit", shop, "--name" if command.number % 2 else "--owner", mark]
            case "archive" | "restore": words = ["shop", command.kind, shop]
            case "bind": words = ["shop", "bind", shop, mark]
            case "plan": words = ["switch", "plan", shop, "--to", mark]
            case "unbind" | "rebind": words = ["switch", command.kind, shop]
            case "abandon": words = ["switch", "abandon", shop, "--reason", mark]
            case "add": words = ["shop", "add", shop, "--name", mark]
            case "link": words = ["link", "create", shop]
            case "revoke": words = ["link", "revoke", shop, str(command.number)]
            case "token": words = ["token", "create", mark, "--scope", "read"]
            case kind: words = many[kind]
        has_json = command.kind.split()[0] in {*ITEM_EVENTS, *SWITCH_EVENTS, "link", "token"}
        return words + ["--format", "json"] * has_json

    def carry_out(self, command: Command):
        words = self.words(command)
        done = self.program(*words, "--as-lead", by=self.name, lang="en", status=None, stdin="\n".join(command.shops))
        if done.status not in (0, 2) or "postgres://" in done.stderr:
            # Refused, but not by what the store holds.
            self.unexpected.append(str(done))
        command.parts = self.understood(command, done, "json" in words)
        if command.kind != "token":
            named = {part.shop for part in command.parts}
            command.parts += [Part(shop, "refused") for shop in command.shops if shop not in named]

    def understood(self, command: Command, done: Result, is_json: bool) -> list[Part]:
        """What the command says of shops in which it wasn't refused."""
        if is_json:
            return [told(command, json.loads(line)) for line in done.lines]
        if command.kind == "start many":
            refused = re.findall("^error: ([^ :]+): ", done.stderr, re.MULTILINE)
            return [Part(shop, "changed", [{"kind": "run-started", "switched_at": command.at}])
                    for shop in command.shops if shop not in refused]
        if done.status:
            return []
        if command.kind == "start":
            numbers = re.findall(r"started run (\d+) ", done.stdout)
            return [Part(command.shops[0], "changed", [
                {"kind": "run-started", "run": int(number)} for number in numbers])]
        return [read(command, "unchanged" if "unchanged" in done.stdout else "changed")]


class WebWriter(Writer):
    """By the API of several servers. Some requests have an idempotency key, and some of those are sent twice: to two
    servers at once, or to another one afterwards."""

    def __init__(self, name, seed, stop, servers, token: str):
        super().__init__(name, seed, stop)
        self.servers = [
            SimpleNamespace(port=server.port, credential={"Authorization": f"Bearer {token}"}) for server in servers]
        self.repeated = 0
        self.pool = ThreadPoolExecutor(2)

    def request(self, command: Command) -> tuple[str, str, dict | None]:
        item, mark, at = command.item, command.mark, command.at
        shop = f"/shops/{quote(command.shops[0])}"
        on_item = f"{shop}/items/{item}/{command.kind}"
        match command.kind:
            case "tick" | "note": return "POST", on_item, {"note": mark}
            case "tick several": return "POST", f"{shop}/tick", {"items": ["second", "first"], "note": mark}
            case "confirm" | "unblock": return "POST", on_item, {}
            case "untick" | "skip" | "block": return "POST", on_item, {"reason": mark}
            case "assign": return "POST", on_item, {"owner": mark}
            case "due": return "POST", on_item, {"due": at, "reason": mark}
            case "start": return "POST", f"{shop}/runs", {"switched_at": at, "again": True}
            case "stop": return "POST", f"{shop}/runs/{command.number}/stop", {"reason": mark}
            case "edit": return "PATCH", shop, {"name" if command.number % 2 else "owner": mark}
            case "archive" | "restore": return "POST", f"{shop}/{command.kind}", {}
            case "bind" | "plan": return "POST", f"{shop}/switch/{command.kind}", {"account": mark}
            case "unbind" | "rebind": return "POST", f"{shop}/switch/{command.kind}", {}
            case "abandon": return "POST", f"{shop}/switch/abandon", {"reason": mark}
            case "add": return "POST", "/shops", {"id": command.shops[0], "name": mark}
            case "link": return "POST", f"{shop}/links", {}
            case "revoke": return "DELETE", f"{shop}/links/{command.number}", None
            case "token": return "POST", "/tokens", {"name": mark, "scopes": ["read"]}
            case "note many": return "POST", f"/items/{item}/note", {"shops": command.shops, "note": mark}
            case "tick many": return "POST", "/items/free/tick", {"shops": command.shops, "note": mark}
            case "start many":
                return "POST", "/runs", {"shops": command.shops, "switched_at": at, "again": True}
            case kind: raise AssertionError(kind)

    def carry_out(self, command: Command):
        answers = self.ask(command)
        self.unexpected += [
            f"{command}: {answer.status} {answer.body}" for answer in answers
            if answer.status not in (200, 201, 204, 404, 409)]
        accepted = [answer for answer in answers if answer.status < 400]
        if len({answer.body for answer in accepted}) > 1:
            self.unexpected.append(f"{command} was answered in two ways: {accepted}")
        self.understand(command, accepted[0] if accepted else None)

    def ask(self, command: Command) -> list[Answer]:
        method, path, body = self.request(command)
        # What makes a secret isn't repeated.
        key = command.mark if command.kind not in ("link", "revoke", "token") and self.chance.random() < 0.8 else None
        one, other = self.chance.sample(self.servers, 2)

        def send(server):
            return ask(server, method, f"/api/v1{path}", body, key)

        turn = self.chance.random() if key else 1
        if turn > 0.4:
            return [send(one)]
        self.repeated += 1
        return list(self.pool.map(send, [one, other])) if turn < 0.2 else [send(one), send(other)]

    def understand(self, command: Command, answer: Answer | None):
        if answer is None:
            command.parts = [Part(shop, "refused") for shop in command.shops]
            return
        body = json.loads(answer.body) if answer.body else {}
        if command.kind.endswith("many"):
            command.parts = [self.part(command, entry) for entry in body["shops"]]
        elif command.kind == "start":
            command.parts = [Part(body["shop"], "changed" if body["started"] else "unchanged", [
                {"kind": "run-started", "run": entry["run"]} for entry in body["started"]])]
        elif command.kind == "stop":
            command.parts = [read(command, "changed" if body["changed"] else "unchanged")]
        elif command.kind in ("edit", "add"):
            command.parts = [read(command, "changed")]
        elif command.kind in ("archive", "restore", "revoke"):
            command.parts = [read(command, "maybe")]
        else:
            command.parts = [told(command, body)]

    def part(self, command: Command, entry: dict) -> Part:
        if entry["outcome"] != "changed":
            return Part(entry["shop"], entry["outcome"])
        kind = command.kind.split()[0]
        if kind == "start":
            return Part(entry["shop"], "changed", [{"kind": "run-started", "switched_at": command.at}])
        item = "free" if kind == "tick" else command.item
        return Part(entry["shop"], "changed", [marked(command, *ITEM_EVENTS[kind], item=item)])
