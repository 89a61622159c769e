"""Where one shop stands."""

import pytest
from program import OBEYING_PERMISSIONS, build_trial
from wcwidth import wcswidth

KEYS = ["shop", "name", "team", "account", "switch", "runs"]
RUN_KEYS = ["run", "checklist", "title", "switched_at", "state", "began_at", "switch", "newer_definition", "progress",
            "items"]
PROGRESS_KEYS = ["total", "done", "skipped", "blocked", "pending", "overdue", "percent", "missed"]
ITEM_KEYS = ["id", "title", "state", "due_at", "overdue", "owner", "critical", "needs", "waiting_for",
             "awaiting_confirmation", "blocked_reason", "note", "proof", "changed_at", "changed_by", "changed_by_link", "missed"]
LATE = "2026-11-04T02:00:00Z"


def build_varied(run):
    build_trial(run)
    run("tick", "s-001", "first", "--note", "seen on the page")
    run("tick", "s-001", "seen", by="王芳")
    run("block", "s-001", "second", "--reason", "the warehouse is closed")
    run("skip", "s-001", "any", "--reason", "not needed")
    run("tick", "s-001", "linked", "--proof", "https://example.com/shop")
    run("note", "s-001", "free", "half of it is done")


@pytest.fixture
def varied(run, prepared):
    run.become(prepared(build_varied))
    return run


def test_json_has_every_key(varied):
    answer = varied.status(now=LATE)
    assert [*answer] == KEYS
    assert (answer["shop"], answer["name"], answer["team"]) == ("s-001", "晨光小店", "east")
    entry = answer["runs"][0]
    assert [*entry] == RUN_KEYS
    assert (entry["run"], entry["checklist"], entry["title"]) == (1, "trial", "The trial")
    assert (entry["switched_at"], entry["state"]) == ("2026-11-01T02:00:00Z", "active")
    assert (entry["began_at"], entry["switch"]) == ("2026-11-01T02:00:00Z", None)
    assert [*entry["progress"]] == PROGRESS_KEYS
    assert entry["progress"] == {
        "total": 11, "done": 2, "skipped": 1, "blocked": 1, "pending": 7, "overdue": 3, "percent": 27, "missed": 0}
    assert all([*item] == ITEM_KEYS for item in entry["items"])


def test_json_of_items(varied):
    items = varied.items(now=LATE)
    assert items["first"] == {
        "id": "first", "title": "First step", "state": "done", "due_at": "2026-11-02T10:00:00Z", "overdue": False,
        "owner": "李梅", "critical": True, "needs": [], "waiting_for": [], "awaiting_confirmation": None,
        "blocked_reason": None, "note": "seen on the page", "proof": None,
        "changed_at": "2026-11-01T02:00:00Z", "changed_by": "Li", "changed_by_link": None, "missed": None}
    assert items["second"] == {
        "id": "second", "title": "Second step", "state": "blocked", "due_at": "2026-11-03T02:00:00Z", "overdue": True,
        "owner": "ops", "critical": False, "needs": ["first"], "waiting_for": [], "awaiting_confirmation": None,
        "blocked_reason": "the warehouse is closed", "note": None, "proof": None,
        "changed_at": "2026-11-01T02:00:00Z", "changed_by": "Li", "changed_by_link": None, "missed": None}
    assert items["third"]["waiting_for"] == ["second"] and items["third"]["overdue"] is True
    assert items["free"]["overdue"] is True and items["free"]["note"] == "half of it is done"
    assert items["seen"]["awaiting_confirmation"] == {
        "by": "王芳", "by_link": None, "at": "2026-11-01T02:00:00Z"}
    assert items["after-seen"] == {
        "id": "after-seen", "title": "After the confirmation", "state": "pending", "due_at": None, "overdue": False,
        "owner": None, "critical": False, "needs": ["seen"], "waiting_for": ["seen"], "awaiting_confirmation": None,
        "blocked_reason": None, "note": None, "proof": None, "changed_at": None, "changed_by": None,
        "changed_by_link": None, "missed": None}
    assert items["linked"]["proof"]["url"] == "https://example.com/shop"


def test_outstanding_items_come_first(varied):
    for form in ["json", "text"]:
        if form == "json":
            order = [item["id"] for item in varied.status(now=LATE)["runs"][0]["items"]]
            settled = ["first", "any", "linked"]
        else:
            text = varied("status", "s-001", now=LATE).stdout
            order = sorted((item for item in varied.items()), key=lambda item: text.index(f" {item} "))
            settled = ["first", "any", "linked"]
        assert set(order[-3:]) == set(settled), f"{form}: {order}"


def test_overdue_to_the_second(trial):
    assert trial.items(now="2026-11-01T03:59:59Z")["free"]["overdue"] is False
    assert trial.items(now="2026-11-01T04:00:00Z")["free"]["overdue"] is True


def test_titles_in_the_chosen_language(trial):
    answer = trial.status(lang="zh")
    assert answer["runs"][0]["title"] == "试用清单"
    assert {item["id"]: item["title"] for item in answer["runs"][0]["items"]}["free"] == "随时可做"


def test_a_missing_language_falls_back_to_the_texts_first(run):
    run.checklist("checklist: c\ntitle: {ja: 一覧, en: List}\nitems:\n"
                  "  - {id: a, title: {zh: 甲}}\n  - {id: b, title: plain}\n  - {id: c, title: {fr: Liste, de: Liste DE}}\n")
    run("shop", "add", "s-001")
    run("start", "s-001")
    for language, titles in {"en": ["List", "甲", "plain", "Liste"], "zh": ["一覧", "甲", "plain", "Liste"]}.items():
        entry = run.status(lang=language)["runs"][0]
        assert [entry["title"], *(item["title"] for item in entry["items"])] == titles


def test_a_shop_without_runs(run):
    run("shop", "add", "idle")
    assert "switchlist start idle" in run("status", "idle").stdout
    assert run.status("idle") == {
        "shop": "idle", "name": None, "team": None, "account": None, "switch": None, "runs": []}


def test_a_checklist_that_has_changed_is_told(varied):
    def said():
        entry = varied.status()["runs"][0]
        return entry["newer_definition"], "switchlist upgrade s-001 --dry-run" in varied("status", "s-001").stdout

    file = varied.folder / "checklists" / "trial.yaml"
    written = file.read_text()
    assert said() == (False, False)
    file.write_text(written.replace("due: 2h", "due: 3h"))
    assert said() == (True, True)
    file.write_text("checklist: [")
    assert said() == (None, False)
    assert varied("status", "s-001").err == b""
    file.unlink()
    assert said() == (None, False)
    (varied.folder / "checklists").rename(varied.folder / "elsewhere")
    assert said() == (None, False)


def two_runs(run):
    run.checklist("checklist: one\ntitle: One\nitems: [{id: a, title: A}]\n")
    run.checklist("checklist: two\ntitle: Two\nitems: [{id: b, title: B}]\n")
    run("shop", "add", "s-001")
    run("start", "s-001")


def test_the_active_runs_or_the_newest_where_none_is(run):
    two_runs(run)

    def numbers(*words):
        return [entry["run"] for entry in run.status("s-001", *words)["runs"]]

    assert sorted(numbers()) == [1, 2]
    run("tick", "s-001", "b")
    assert numbers() == [1]
    run("tick", "s-001", "a")
    assert numbers() == [2]
    assert numbers("--run", "1") == [1]


def test_an_unknown_shop_or_run(trial):
    assert "'s-001'" in trial.refused("status", "s-002")
    assert "1" in trial.refused("status", "s-001", "--run", "2")
    assert trial("status", "s-001", "--run", "x", status=64).out == b""
    assert trial("status", status=64).out == b""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_text_says_what_matters(varied, language):
    text = varied("status", "s-001", now=LATE, lang=language).stdout
    words = {
        "en": ["晨光小店", "The trial", "27%", "Free to do", "2 d 22 h late", "the warehouse is closed", "王芳",
               "waiting for second"],
        "zh": ["晨光小店", "试用清单", "27%", "随时可做", "逾期 2 天 22 小时", "the warehouse is closed", "王芳",
               "等待 second"],
    }[language]
    for word in words:
        assert word in text, f"{word} isn't in\n{text}"
    assert "\x1b" not in text and "…" not in text
    narrow = varied("status", "s-001", now=LATE, lang=language, env={"COLUMNS": "80"}).stdout
    assert max(wcswidth(line) for line in narrow.splitlines()) <= 80


@pytest.mark.parametrize(("language", "word"), [("en", "critical"), ("zh", "关键")])
def test_text_says_what_is_critical(trial, language, word):
    lines = trial("status", "s-001", lang=language).lines
    place = next(number for number, line in enumerate(lines) if " first " in line)
    assert word in lines[place] + lines[place + 1]
    assert sum(word in line for line in lines) == 1


def test_notes_are_shown(varied):
    text = varied("status", "s-001").stdout
    assert "half of it is done" in text, "the note on what is outstanding"
    assert "not needed" in varied("history", "s-001").stdout, "the history tells why it was skipped"


def test_times_in_text_are_on_the_runs_clock(trial):
    assert "2026-11-01 12:00" in trial("status", "s-001").stdout


def test_what_people_wrote_never_reaches_the_terminal_as_an_order(trial):
    for text in ["\u202eright to left", "emoji 👩‍👩‍👧‍👦 flag 🇨🇳", "zero\u200bwidth", "wide｜ｗｉｄｅ"]:
        result = trial("note", "s-001", "free", text, status=None)
        if result.status == 0:
            assert trial.items()["free"]["note"] == text
        shown = trial("status", "s-001").stdout + trial("history", "s-001").stdout
        assert "\u202e" not in shown and "\x1b" not in shown


def test_a_store_that_cannot_be_written_can_still_be_read(trial):
    folder = trial.folder / "sealed"
    folder.mkdir()
    store = folder / "store.sqlite"
    store.write_bytes(trial.store.read_bytes())
    store.chmod(0o444)
    folder.chmod(0o555)
    try:
        words = ["--store", store]
        assert "free" in trial("status", "s-001", *words, under=OBEYING_PERMISSIONS).stdout
        assert trial("overdue", *words, now=LATE, status=1, under=OBEYING_PERMISSIONS).out
        assert trial("history", "s-001", "--verify", *words, under=OBEYING_PERMISSIONS).out
        assert trial("report", *words, under=OBEYING_PERMISSIONS).out
        assert trial("export", *words, under=OBEYING_PERMISSIONS).out == trial("export").out
        result = trial("tick", "s-001", "free", *words, status=2, under=OBEYING_PERMISSIONS)
        assert result.stderr.startswith("error: ") and result.out == b""
        assert sorted(path.name for path in folder.iterdir()) == ["store.sqlite"]
    finally:
        folder.chmod(0o755)


def test_a_store_that_may_not_be_read_is_an_error(trial):
    trial.store.chmod(0o000)
    result = trial("status", "s-001", status=2, under=OBEYING_PERMISSIONS)
    assert result.stderr.startswith("error: ") and str(trial.store) in result.stderr
