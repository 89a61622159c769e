"""The progress of many shops, its numbers counted anew from an export."""

import html.parser
import re
import xml.etree.ElementTree as ElementTree

import pytest
from program import BYTE_ORDER_MARK
from store_model import Store, moment
from wcwidth import wcswidth
from world import END, build_world

COLUMNS = ["key", "name", "team", "shops", "runs", "total", "done", "skipped", "blocked", "pending", "overdue",
           "percent", "done_last_7_days", "overdue_since_7_days", "next_due_at", "oldest_overdue_at",
           "switch", "can_rebind_at", "overridden", "account", "missed"]
NUMBERS = [*COLUMNS[3:-5], "missed"]
TOTALS = ["shops", "runs", "total", "done", "skipped", "blocked", "pending", "overdue", "percent",
          "done_last_7_days", "overdue_since_7_days", "missed"]
GROUPS = ["shop", "team", "item", "owner"]


@pytest.fixture
def world(run, prepared):
    run.become(prepared(build_world))
    return run


@pytest.fixture
def model(world):
    return Store(world("export").out)


def report(run, *words, **options):
    return run("report", "--format", "json", *words, **{"now": END, **options}).json


# ---------------------------------------------------------------------------------------------------------
# Against the model


def test_shape(world):
    answer = report(world)
    assert [*answer] == ["generated_at", "totals", "rows", "holding_up", "switching", "overrides"]
    assert answer["generated_at"] == END
    assert [*answer["totals"]] == TOTALS
    assert all([*row] == COLUMNS for row in answer["rows"])
    assert all([*entry] == ["item", "shops"] for entry in answer["holding_up"])
    assert [*report(world, "--matrix")] == [*answer, "matrix"]


@pytest.mark.parametrize("by", GROUPS)
@pytest.mark.parametrize("state", ["all", "active", "finished"])
def test_numbers(world, model, by, state):
    rows, totals = model.report(moment(END), by, state)
    answer = report(world, "--by", by, "--state", state)
    assert {row["key"]: {key: row[key] for key in NUMBERS} for row in answer["rows"]} == rows
    assert len(answer["rows"]) == len(rows), "a key that stands there twice"
    assert answer["totals"] == {key: totals[key] for key in TOTALS}


@pytest.mark.parametrize("team", ["east", "华东"])
@pytest.mark.parametrize("by", ["shop", "item"])
def test_numbers_of_a_team(world, model, by, team):
    rows, totals = model.report(moment(END), by, team=team)
    answer = report(world, "--by", by, "--team", team)
    assert {row["key"]: {key: row[key] for key in NUMBERS} for row in answer["rows"]} == rows
    assert answer["totals"] == {key: totals[key] for key in TOTALS}
    assert {entry["item"]: entry["shops"] for entry in answer["holding_up"]} == model.holding_up(team=team)


def test_by_shop_is_usual_and_so_are_all_states(world):
    assert report(world) == report(world, "--by", "shop", "--state", "all")


def test_names_and_teams_of_rows(world, model):
    for row in report(world)["rows"]:
        shop = model.shops[row["key"]]
        assert (row["name"], row["team"]) == (shop.name, shop.team)
    items = report(world, "--by", "item", lang="zh")["rows"]
    assert {row["key"]: row["name"] for row in items}["trial/free"] == "随时可做"


def test_holding_up(world, model):
    entries = report(world)["holding_up"]
    assert {entry["item"]: entry["shops"] for entry in entries} == model.holding_up()
    counts = [entry["shops"] for entry in entries]
    assert counts == sorted(counts, reverse=True) and counts


def test_archived_shops_and_stopped_runs_are_left_out(world, model):
    keys = [row["key"] for row in report(world)["rows"]]
    assert "s-07" not in keys and "idle" in keys
    assert {row["key"]: row["runs"] for row in report(world)["rows"]}["s-10"] == len(model.shops["s-10"].runs) - 1


def test_a_superseded_run_is_not_counted(world, model):
    assert "superseded" in [run.state for run in model.shops["s-01"].runs.values()]
    row = next(row for row in report(world)["rows"] if row["key"] == "s-01")
    assert row["runs"] == 2


def test_a_shop_without_runs_has_zeros(run):
    run("shop", "add", "idle")
    row = report(run)["rows"][0]
    assert {row[key] for key in NUMBERS[1:-3]} == {0} and row["shops"] == 1
    assert (row["next_due_at"], row["oldest_overdue_at"]) == (None, None)
    assert (row["switch"], row["can_rebind_at"], row["overridden"]) == (None, None, 0)
    assert report(run, "--by", "team")["rows"][0]["overridden"] is None


@pytest.mark.parametrize("state", ["all", "active"])
def test_matrix(world, model, state):
    matrix = report(world, "--matrix", "--state", state)["matrix"]
    assert [*matrix] == ["items", "rows"]
    cells = model.matrix(state)
    items = {item for row in cells.values() for item in row}
    assert set(matrix["items"]) == items and len(matrix["items"]) == len(items)
    assert {row["shop"]: dict(zip(matrix["items"], row["states"], strict=True)) for row in matrix["rows"]} == {
        shop: {item: row.get(item) for item in items} for shop, row in cells.items()}


def test_items_of_the_matrix_stand_in_the_definitions_order(trial):
    matrix = report(trial, "--matrix")["matrix"]
    assert [item.removeprefix("trial/") for item in matrix["items"]] == [*trial.items()]


# ---------------------------------------------------------------------------------------------------------
# Single numbers, by hand


@pytest.mark.parametrize(("done", "percent"), [(0, 0), (1, 33), (2, 66), (3, 100)])
def test_percent_is_cut_off(run, done, percent):
    run.checklist("checklist: c\ntitle: C\nitems: [{id: a, title: A}, {id: b, title: B}, {id: c, title: C}]\n")
    run("shop", "add", "s-001")
    run("start", "s-001")
    if done:
        run("tick", "s-001", "a")
    for item in ["b", "c"][:max(0, done - 1)]:
        run("skip", "s-001", item, "--reason", "x")
    assert report(run)["totals"]["percent"] == percent
    assert run.status()["runs"][0]["progress"]["percent"] == percent


def test_a_week(run):
    run.checklist("checklist: c\ntitle: C\nitems: [{id: a, title: A, due: 1h}, {id: b, title: B, due: 2h}]\n")
    run("shop", "add", "s-001")
    run("start", "s-001", now="2026-11-01T00:00:00Z")
    run("tick", "s-001", "a", now="2026-11-01T01:00:00Z")

    def week(now):
        totals = report(run, now=now)["totals"]
        return totals["done_last_7_days"], totals["overdue_since_7_days"], totals["overdue"]

    assert week("2026-11-08T00:59:59Z") == (1, 0, 1)
    assert week("2026-11-08T01:59:59Z") == (0, 0, 1)
    assert week("2026-11-08T02:00:00Z") == (0, 1, 1), "for 7 days or longer"


# ---------------------------------------------------------------------------------------------------------
# CSV


def cell(value):
    text = "" if value is None else str(value)
    return "'" + text if isinstance(value, str) and text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


@pytest.mark.parametrize("by", GROUPS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_csv_has_the_rows_columns(world, by, language):
    result = world("report", "--by", by, "--format", "csv", now=END, lang=language)
    assert result.stdout.startswith(BYTE_ORDER_MARK + ",".join(COLUMNS) + "\r\n")
    assert all(line.endswith(b"\r") for line in result.out.split(b"\n")[:-1]) and result.out.endswith(b"\r\n")
    rows = report(world, "--by", by, lang=language)["rows"]
    def order(row):
        return row["key"] or ""

    assert sorted(result.rows, key=order) == sorted(
        ({key: cell(value) for key, value in row.items()} for row in rows), key=order)


def test_csv_without_a_mark(world):
    marked, bare = (world("report", "--format", "csv", *words, now=END).out for words in [[], ["--no-bom"]])
    assert marked == BYTE_ORDER_MARK.encode() + bare


def test_formulas_are_quoted(world):
    text = world("report", "--format", "csv", now=END).stdout
    assert ",'=HYPERLINK(1)," in text and ",'@home," in text
    owners = world("report", "--by", "owner", "--format", "csv", now=END).stdout
    assert "\n'-," in owners and "\n'+86 10," in owners
    assert '"Tea, ""green"" and black"' in text


def test_csv_of_the_matrix(world):
    rows = world("report", "--matrix", "--format", "csv", now=END).rows
    matrix = report(world, "--matrix")["matrix"]
    assert [row["shop"] for row in rows] == [cell(row["shop"]) for row in matrix["rows"]]
    for row, line in zip(rows, matrix["rows"]):
        assert [row[item] for item in matrix["items"]] == [state or "" for state in line["states"]]


# ---------------------------------------------------------------------------------------------------------
# Text, Markdown, HTML: made to be read


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("words", [[], ["--by", "team"], ["--by", "item"], ["--by", "owner"], ["--matrix"]], ids=str)
def test_text_is_as_wide_as_columns_says(world, language, words):
    text = world("report", *words, now=END, lang=language, env={"COLUMNS": "80"}).stdout
    assert max(wcswidth(line) for line in text.splitlines()) <= 80
    assert "\x1b" not in text


def test_nothing_is_cut_in_a_pipe(world):
    world("shop", "edit", "s-01", "--name", "a long name " * 10)
    assert ("a long name " * 10).strip() in world("report", now=END).stdout
    assert "…" not in world("report", now=END).stdout


@pytest.mark.parametrize("language", ["en", "zh"])
def test_text_is_aligned(world, language):
    """The bars of all rows begin in the same cell, whatever the width of the names before them."""
    text = world("report", now=END, lang=language).stdout
    places = {wcswidth(line[: re.search("[█░]", line).start()])
              for line in text.splitlines() if re.search(r"[█░].*%.*/", line)} - {0}
    assert len(places) == 1


def test_the_late_ones_come_first(world, model):
    text = world("report", now=END).stdout
    rows, _ = model.report(moment(END))
    table = text[text.index("Shop "):]
    order = [shop for shop in re.findall(r"^(\S+) ", table, re.MULTILINE) if shop in rows]
    overdue = [rows[shop]["overdue"] for shop in dict.fromkeys(order)]
    assert len(overdue) == len(rows) and overdue == sorted(overdue, reverse=True)


@pytest.mark.parametrize("words", [[], ["--by", "item"], ["--matrix"], ["--state", "finished"]], ids=str)
@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_an_empty_store_can_be_reported(run, words, form):
    run("shop", "add", "idle")
    assert run("report", "--format", form, *words).stdout.strip()


class Page(html.parser.HTMLParser):
    VOID = {"meta", "link", "br", "hr", "img", "input", "col"}

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.text, self.links = [], [], "", []
        self.feed(text)
        self.close()
        assert self.open == [], "tags that were left open"

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.links += [value for name, value in attributes if name in ("src", "href", "action", "xlink:href")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, f"</{tag}> inside {self.open}"
        self.open.pop()

    def handle_data(self, data):
        if not self.open or self.open[-1] not in ("style", "script"):
            self.text += data


@pytest.fixture(scope="session")
def page(prepared):
    from program import Program

    run = Program(prepared(build_world))
    texts = {language: run("report", "--matrix", "--format", "html", now=END, lang=language).stdout
             for language in ["en", "zh"]}
    return {language: (text, Page(text)) for language, text in texts.items()}


@pytest.mark.parametrize("language", ["en", "zh"])
class TestPage:
    def test_stands_alone(self, page, language):
        text, parsed = page[language]
        assert text.startswith("<!doctype html>") or text.startswith("<!DOCTYPE html>")
        assert [link for link in parsed.links if not link.startswith("#")] == []
        assert "url(" not in text and "@import" not in text and "script" not in parsed.tags
        assert re.search(r'<meta charset="?utf-8"?', text, re.IGNORECASE)

    def test_is_in_its_language(self, page, language):
        assert re.search(f'<html[^>]* lang="{language}', page[language][0])

    def test_is_good_on_a_phone_in_print_and_in_the_dark(self, page, language):
        text = page[language][0]
        assert 'name="viewport"' in text
        assert "@media print" in text and "prefers-color-scheme: dark" in text

    def test_says_how_it_stands(self, page, language, prepared):
        from program import Program

        text = page[language][1].text
        totals = report(Program(prepared(build_world)))["totals"]
        for name in ["shops", "runs", "percent", "overdue"]:
            assert str(totals[name]) in text
        for shop in ["s-01", "茶香", "=HYPERLINK(1)", "@home"]:
            assert shop in text
        assert {"en": "Free to do", "zh": "随时可做"}[language] in text
        assert "held up | by \"others\"" in text

    def test_has_charts(self, page, language):
        drawings = re.findall(r"<svg.*?</svg>", page[language][0], re.DOTALL)
        assert drawings
        for drawing in drawings:
            ElementTree.fromstring(drawing)


def test_what_people_wrote_stays_text_in_html(run):
    run.checklist("checklist: c\ntitle: <b>C</b>\nitems: [{id: a, title: <script>alert(1)</script>, due: 0h}]\n")
    run("shop", "add", "s-001", "--name", "<img src=x onerror=alert(1)>", "--team", "\"'&<", "--owner", "</td>")
    run("start", "s-001")
    run("block", "s-001", "a", "--reason", "</html><script>")
    for words in ([], ["--by", "team"], ["--by", "owner"], ["--by", "item"]):
        text = run("report", "--matrix", "--format", "html", *words).stdout
        parsed = Page(text)
        assert "script" not in parsed.tags and "img" not in parsed.tags
    assert "<script>alert(1)</script>" in parsed.text


def test_what_people_wrote_stays_text_in_markdown(run):
    run.checklist("checklist: c\ntitle: C\nitems: [{id: a, title: 'a | b', due: 0h}]\n")
    run("shop", "add", "s-001", "--name", "x | y [z](http://evil.example) <b> `c` *d*")
    run("start", "s-001")
    text = run("report", "--format", "markdown").stdout
    tables = [line for line in text.splitlines() if line.startswith("|")]
    counts = {}
    for line in tables:
        counts.setdefault(len(re.findall(r"(?<!\\)\|", line)), []).append(line)
    assert "](http" not in text.replace("\\]", "").replace("\\[", "") and "<b>" not in text.replace("\\<", "&lt;")
    assert all(len(lines) >= 3 for lines in counts.values()), "each table has its own number of columns"


@pytest.mark.parametrize(
    "words", [["--by", "nothing"], ["--state", "late"], ["--format", "nagios"], ["--team"], ["extra"]], ids=str)
def test_wrong_usage(world, words):
    assert world("report", *words, status=64).out == b""


@pytest.mark.parametrize("form", ["text", "markdown", "html", "csv", "json"])
def test_a_missing_store_is_no_empty_report(run, form):
    result = run("report", "--format", form, status=2)
    assert result.out == b"" and result.stderr.startswith("error: ")
