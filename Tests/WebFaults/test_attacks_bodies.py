"""The worst bodies and queries that fit, sent to everything that takes one: others are answered meanwhile."""

import base64
import itertools
import json
import urllib.parse

import pytest

from attacked import FORM, LEAD, SHOP, Watch, attack, encoded, many_runs, one_run, operations, parts
from raw import exchange

JSON = "application/json"
MOST_FORM, MOST_JSON = 250_000, 250_000
ITEM_FIELDS = {
    "tick": ["note", "link"], "confirm": ["run"], "untick": ["reason"], "skip": ["reason"], "block": ["reason"],
    "unblock": ["run"], "note": ["note"], "assign": ["owner"], "due": ["due", "reason"],
}
SWITCH_FIELDS = {
    "bind": ["account"], "plan": ["account", "confirmed", "for"], "unbind": ["until", "reason"],
    "rebind": ["account", "at"], "abandon": ["reason"],
}


def forms(link: str) -> dict[str, list[str]]:
    """Every path that takes a form, with the fields in it that are read."""
    shop = f"/shops/{SHOP}/"
    found = {
        "/sign-in": ["name", "password", "back"], "/language": ["lang", "back"],
        "/account/password": ["current", "password"], "/users": ["name", "teams", "role"], "/users/disable": ["name"],
        "/users/enable": ["name"], "/users/reset": ["name"], "/tokens": ["name", "scope", "expires"],
        "/tokens/1/revoke": ["run"], "/shops/new": ["id", "name", "team", "owner", "tags"], "/shops/import": ["file"],
        "/shops/actions": ["shop", "reason", "item", "assignee"], shop + "edit": ["name", "team", "owner", "tags"],
        shop + "links": ["expires"], shop + "links/9/revoke": ["run"], shop + "runs": ["checklist", "switched_at"],
        shop + "runs/9/stop": ["reason"], "/shops/s-7/archive": ["run"], "/shops/s-7/restore": ["run"],
        shop + f"files/{'0' * 64}/delete": ["run"], link + "name": ["name"],
    }
    for base in [shop, link]:
        found |= {f"{base}items/noted/{action}": fields for action, fields in ITEM_FIELDS.items()}
        found |= {f"{base}switch/{action}": fields for action, fields in SWITCH_FIELDS.items()}
    return found


def plausible(fields: list[str]) -> dict[str, str]:
    return {name: {"name": LEAD, "password": "open 47 gates", "due": "2027-01-01", "run": "1"}.get(name, "x") for name in fields}


@pytest.mark.parametrize("text", [one_run, many_runs])
def test_marks_over_letters_in_every_field_of_every_form(attacked, text):
    """Composing them takes quadratic time where nobody counts them before."""
    def requests():
        for path, fields in forms(attacked.credentials.link).items():
            for field in fields:
                for size in [7_000, MOST_FORM] if path in ("/sign-in", "/language") else [MOST_FORM]:
                    yield path, encoded(plausible(fields) | {field: text(size)}), FORM, "POST"

    attack(attacked, requests())


@pytest.mark.parametrize("text", [one_run, many_runs])
def test_marks_over_letters_in_every_member_of_the_api(attacked, text):
    def requests():
        for method, path, operation in operations(attacked):
            schema = content(operation).get(JSON, {}).get("schema", {})
            for name, member in schema.get("properties", {}).items():
                value = [text(MOST_JSON)] if member.get("type") == "array" else text(MOST_JSON)
                body = {wanted: "x" for wanted in schema.get("required", [])} | {name: value}
                yield path, json.dumps(body, ensure_ascii=False).encode(), JSON, method

    attack(attacked, requests())


def test_marks_over_letters_in_the_names_of_fields(attacked):
    """They are looked up, and comparing texts composes them."""
    name = one_run(MOST_FORM - 1000)
    part, kind = parts(1, "x", one_run(60_000))

    def requests():
        for path in forms(attacked.credentials.link):
            yield path, encoded({name: "x"}), FORM, "POST"
            yield path, part, kind, "POST"
        for method, path, operation in operations(attacked):
            if JSON in content(operation):
                yield path, json.dumps({name: "x"}, ensure_ascii=False).encode(), JSON, method
        for path in PAGES:
            yield f"{path}?{urllib.parse.quote(one_run(1500))}=x", b"", FORM, "GET"

    attack(attacked, requests())


def test_as_many_parts_as_fit(attacked):
    """Each form takes a file's kind of body; those of items take large ones."""
    def requests():
        whole, kind = parts(170_000)
        few, _ = parts(4_500)
        for path in forms(attacked.credentials.link):
            yield path, few, kind, "POST"
        for path in [f"{attacked.credentials.link}items/noted/note", f"/shops/{SHOP}/items/noted/tick",
                     f"/api/v1/shops/{SHOP}/files?name=a"]:
            yield path, whole, kind, "POST"

    attack(attacked, requests())


def test_forms_of_nothing_but_pairs(attacked):
    distinct = "&".join(f"{number:x}" for number in range(40_000)).encode()
    bodies = itertools.cycle([b"name=a&" * (MOST_FORM // 7), distinct, b"%41" * 83_000, b"+" * MOST_FORM])
    attack(attacked, ((path, next(bodies), FORM, "POST") for path in forms(attacked.credentials.link)))


def test_json_that_is_deep_wide_or_out_of_range(attacked):
    wide = json.dumps({f"{number:x}": "" for number in range(25_000)}).encode()
    deep = b'{"note":' * 30_000
    texts = ["9223372036854775807", "-9223372036854775808", "99999999999999999999", "1e999", "1e-999",
             '"9223372036854775807d"', '"+292278994-08-17T07:12:55Z"', '"0000-00-00"', '"9999-12-31T23:59:60-99:99"']

    def requests():
        for method, path, operation in operations(attacked):
            bodies = content(operation)
            if JSON not in bodies:
                continue
            yield from ((path, body, JSON, method) for body in [wide, deep])
            schema = bodies[JSON].get("schema", {})
            for name, text in itertools.product(schema.get("properties", {}), texts):
                needed = {wanted: "x" for wanted in schema.get("required", []) if wanted != name}
                yield path, (json.dumps(needed)[:-1] + ", " * bool(needed) + f'"{name}": {text}}}').encode(), JSON, method

    attack(attacked, requests())


@pytest.mark.parametrize("body", [
    one_run(MOST_FORM).encode(), b"id,name\n" + b"a," * 100_000, b'"' * MOST_FORM, b"checklist: x\nitems: " + b"[" * 100_000,
    b"checklist: x\ndescription: '" + b"[" * 20_000 + b"*a **b " * 3_000 + b"'", b"\x1f\x8b" + bytes(100_000),
    b'{"format":1}\n' * 20_000,
], ids=["marks", "columns", "quotes", "yaml", "emphases", "gzip", "lines"])
def test_tables_definitions_and_exports(attacked, body):
    attack(attacked, (
        (path + ("?file=a.yaml" if path.endswith("lint") else ""), body, kind, method)
        for method, path, operation in operations(attacked)
        for kind in content(operation) if kind not in (JSON, "multipart/form-data")))


def test_a_file_full_of_faults_is_answered_in_brief(attacked):
    lines = 15_000
    body = b"checklist: a\ntitle: A\nitems:\n" + b"  - {id: A, titel: x}\n" * lines
    answer = attacked.ask("POST", "/api/v1/lint?file=a.yaml", body, attacked.as_token() | {
        "Content-Type": "application/octet-stream"}, timeout=60)
    assert answer.status == 200 and len(answer.body) < 300_000
    report = json.loads(answer.body)
    assert len(report["findings"]) == 500 and report["errors"] >= lines


def test_marks_over_letters_in_every_cell_of_a_table(attacked):
    tables = {
        "shops": {"id": "s-2", "name": "a", "platform": "b", "team": "c", "owner": "d", "time_zone": "UTC", "tags": "x"},
        "switches": {"shop": "s-2", "from": "a", "to": "b", "planned_at": "2026-01-01", "unbound_at": "2026-01-02",
                     "until": "2026-01-03", "rebound_at": "2026-01-09"},
    }

    def requests():
        for name, row in tables.items():
            for column in row:
                cells = row | {column: one_run(MOST_FORM)}
                body = ",".join(cells) + "\n" + ",".join(cells.values()) + "\n"
                yield f"/api/v1/{name}/import", body.encode(), "text/csv", "POST"

    attack(attacked, requests())


@pytest.mark.parametrize("name", ["Accept-Language", "Cookie", "If-None-Match", "Idempotency-Key", "Origin", "Accept",
                                  "Accept-Encoding", "X-Forwarded-For", "Content-Type", "Authorization", "Switchlist-Who"])
def test_marks_over_letters_in_headers(attacked, name):
    with Watch(attacked):
        for size in [7_000, 15_000, 60_000]:
            value = f"switchlist-name={one_run(size)}" if name == "Cookie" else one_run(size)
            for path in ["/sign-in", f"{attacked.credentials.link}items/noted/note", f"/api/v1/shops/{SHOP}/status"]:
                answer = exchange(attacked.server, (
                    f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{name}: {value}\r\nContent-Length: 0\r\n\r\n"))
                assert answer is None or answer.status < 500, answer


def content(operation: dict) -> dict:
    return operation.get("requestBody", {}).get("content", {})


# Queries

EXTREMES = ["9223372036854775807", "-9223372036854775808", "9223372036854775808", "9223372036854776", "-1", "1e999"]
TIMES = ["+292278994-08-17T07:12:55Z", "0000-00-00", "9999-12-31T23:59:60Z", "-9999999-01-01"]
LENGTHS = ["9223372036854775807d", "99999999999w", "9223372036854775807m", "-1h", "9" * 40 + "d"]
PAGES = {
    "/shops": ["q", "team", "owner", "state", "order", "after", "checklist", "holding_up"],
    "/overdue": ["team", "owner", "within", "after", "format"], "/done": ["days", "team", "after", "checklist", "item"],
    "/switches": ["team", "after", "cooling"], "/matrix": ["checklist", "team", "after", "state"],
    "/charts": ["team", "checklist", "days"], "/log": ["before", "after", "limit"], "/sign-in": ["back"],
    f"/shops/{SHOP}/": ["did", "item", "run", "lead"], f"/shops/{SHOP}/history": ["before", "after", "limit"],
}


def cursors() -> list[str]:
    """Places in lists as pages give them, with numbers that overflow when they are turned into milliseconds."""
    numbers = EXTREMES[:4]
    texts = [f"{kind}{number}\x1f{SHOP}" for kind in ["k", "n", "", "t"] for number in numbers]
    texts += [f"{number}\x1f{second}\x1f{third}\x1f{SHOP}" for number in numbers
              for second in ["1", *numbers[:2]] for third in ["1", *numbers[:2]]]
    return [base64.urlsafe_b64encode(text.encode()).decode().rstrip("=") for text in texts + [SHOP, "\x1f" * 5]]


@pytest.mark.parametrize("who", ["page", "api"])
def test_queries_out_of_range(attacked, who):
    asked = PAGES if who == "page" else {
        path: [field["name"] for field in operation.get("parameters", []) if field.get("in") == "query"]
        for method, path, operation in operations(attacked) if method == "GET"}
    texts = EXTREMES + TIMES + LENGTHS + ["", "%00", urllib.parse.quote(one_run(1500))]

    def requests():
        for path, names in asked.items():
            for name in names:
                for text in texts + (cursors() if name in ("after", "before") else []):
                    yield f"{path}?{name}={text}", b"", FORM, "GET"

    attack(attacked, requests())
