"""The shipped files: complete, in both languages, and with the tasks and rules that the field calls for.

PyYAML reads them here, not the program: what the program's own reader overlooks shows up too.
"""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

FOLDER = Path(__file__).parents[2] / "checklists"
CHECKLISTS = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml"))}
AFTER = CHECKLISTS["douyin-after-switch"]
PLATFORM = yaml.safe_load((FOLDER / "platforms" / "douyin.yaml").read_text(encoding="utf-8"))

IDS = {
    "douyin-before-switch": [
        "weigh-the-change", "check-new-account", "check-real-name", "tell-the-team", "gather-account-details",
        "back-up-before", "lower-open-orders",
    ],
    "douyin-unbind": [
        "read-unbind-page", "choose-unbind-hour", "pause-ads", "screenshot-before-unbind", "unbind-account",
        "note-end-of-wait", "serve-orders-while-waiting",
    ],
    "douyin-rebind": ["recheck-new-account", "check-rebind-opens", "gather-for-rebinding", "rebind-account"],
    "douyin-after-switch": [
        "rebind-store", "verify-products", "handle-pending-orders", "notify-customers", "update-marketing",
        "rebuild-brand", "rotate-password", "back-up-data",
    ],
}
BEGINS = {
    "douyin-before-switch": "planned", "douyin-unbind": "planned", "douyin-rebind": "cooled",
    "douyin-after-switch": "rebound",
}
CRITICAL = {
    "douyin-before-switch": {"check-new-account", "check-real-name", "gather-account-details"},
    "douyin-unbind": {"unbind-account", "note-end-of-wait"},
    "douyin-rebind": {"recheck-new-account", "rebind-account"},
    "douyin-after-switch": {"rebind-store", "handle-pending-orders", "rotate-password"},
}
STANDS_FOR = {"unbind-account": "unbound", "rebind-account": "rebound"}
PROOFS = {"none", "note", "link", "file", "second-person"}
ITEM_KEYS = {
    "id", "title", "details", "steps", "due", "owner", "critical", "needs", "when", "proof",
    "remind", "escalate", "stands-for",
}

# The hours between which a task falls due after the switch: hours for the first, then a day or two, then
# days, then a week or two.
URGENCY = {
    "rebind-store": (0, 6),
    "handle-pending-orders": (12, 48),
    "verify-products": (12, 48),
    "rotate-password": (12, 48),
    "notify-customers": (48, 168),
    "back-up-data": (48, 168),
    "update-marketing": (168, 384),
    "rebuild-brand": (168, 384),
}

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
CHINESE_PUNCTUATION = re.compile(r"[\u3000-\u303f\uff00-\uffef]")
DURATION = re.compile(r"(0|[1-9][0-9]*)(m|h|d|w| workdays?)( before)?( ([01][0-9]|2[0-3]):[0-5][0-9])?")
HOURS = {"m": 1 / 60, "h": 1, "d": 24, "w": 7 * 24, " workday": 7 / 5 * 24, " workdays": 7 / 5 * 24}


def hours(duration):
    """About how many, negative for those that count back; a time of day isn't looked at."""
    number, unit, before, *_ = DURATION.fullmatch(duration).groups()
    return int(number) * HOURS[unit] * (-1 if before else 1)


def texts():
    """Every text of the files, with the place where it stands."""
    for name, checklist in CHECKLISTS.items():
        yield f"{name}.title", checklist["title"]
        yield f"{name}.description", checklist["description"]
        for item in checklist["items"]:
            yield f"{item['id']}.title", item["title"]
            yield f"{item['id']}.details", item["details"]
            for number, step in enumerate(item["steps"], start=1):
                yield f"{item['id']}.steps[{number}]", step
    yield "platform.title", PLATFORM["title"]
    yield "platform.description", PLATFORM["description"]
    for name, text in PLATFORM["texts"].items():
        yield f"platform.texts.{name}", text


ITEMS = [item for checklist in CHECKLISTS.values() for item in checklist["items"]]

each_checklist = pytest.mark.parametrize("name", CHECKLISTS)
each_item = pytest.mark.parametrize("item", ITEMS, ids=[item["id"] for item in ITEMS])
each_item_after = pytest.mark.parametrize("item", AFTER["items"], ids=[item["id"] for item in AFTER["items"]])
each_text = pytest.mark.parametrize("text", [t for _, t in texts()], ids=[p for p, _ in texts()])


def test_four_checklists_go_through_a_switch():
    assert set(CHECKLISTS) == set(IDS)


@each_checklist
def test_is_for_douyin_shops_from_its_milestone_on(name):
    checklist = CHECKLISTS[name]
    assert checklist["checklist"] == name
    assert checklist["begins"] == BEGINS[name]
    assert checklist["time-zone"] == "Asia/Shanghai"
    assert checklist["when"] == {"platform": "douyin"}


@each_checklist
def test_names_a_calendar_exactly_when_it_counts_workdays(name):
    counts = any("workday" in duration for item in CHECKLISTS[name]["items"]
                 for duration in [item["due"], *item["remind"], *item["escalate"]])
    assert CHECKLISTS[name].get("calendar") == ("cn" if counts else None)


@each_checklist
def test_has_its_tasks_in_order(name):
    assert [item["id"] for item in CHECKLISTS[name]["items"]] == IDS[name]


@each_checklist
def test_what_the_rules_demand_is_critical(name):
    items = CHECKLISTS[name]["items"]
    assert {item["id"] for item in items if item.get("critical", False) is True} == CRITICAL[name]


def test_item_ids_are_unique_across_the_files():
    """One name for one task, whichever checklist of a shop it belongs to."""
    assert [item for item, count in Counter(item["id"] for item in ITEMS).items() if count > 1] == []


def test_the_milestones_tick_the_items_that_stand_for_them():
    assert {item["id"]: item["stands-for"] for item in ITEMS if "stands-for" in item} == STANDS_FOR
    # Seeing that the store is bound and sells is a task of its own: the milestone doesn't show it.
    assert "rebind-store" not in STANDS_FOR


@each_text
def test_text_speaks_both_languages(text):
    assert list(text) == ["zh", "en"]
    for language in text:
        assert text[language] == text[language].strip() != ""
    assert HAN.search(text["zh"])
    assert not HAN.search(text["en"]), "an English text with Chinese characters"
    assert not CHINESE_PUNCTUATION.search(text["en"]), "an English text with Chinese punctuation"


@each_text
def test_chinese_lines_are_not_folded(text):
    """A folded line break becomes a space, which Chinese has no use for between two characters."""
    wide = r"[\u3001-\u303f\u4e00-\u9fff\uff00-\uffef]"
    folded = re.search(f"{wide} +{wide}", text["zh"])
    assert not folded, f"a space inside {folded.group()!r}"


@each_text
def test_menu_paths_send_the_reader_to_the_platforms_page(text):
    if "→" in text["zh"] or "→" in text["en"]:
        assert "以平台页面" in text["zh"]
        assert "the platform's page" in text["en"]


@each_text
def test_how_long_the_platform_makes_wait_is_to_be_checked_there(text):
    """Numbers and spans of the platform's: how long a wait is, and when the next change is allowed."""
    if re.search(r"通常几天|几周|要等多久|隔多久", text["zh"]):
        assert "页面" in text["zh"]
    if re.search(r"some days|some weeks|how long the wait", text["en"]):
        assert "page" in text["en"]


@each_item
def test_item_has_what_a_merchant_needs(item):
    assert set(item) <= ITEM_KEYS
    assert len(item["steps"]) >= 3
    assert isinstance(item["owner"], str) and item["owner"]
    assert "**怎样算做好：**" in item["details"]["zh"] and "**容易出错：**" in item["details"]["zh"]
    assert "**How to tell it is right:**" in item["details"]["en"]
    assert "**What often goes wrong:**" in item["details"]["en"]
    proof = item.get("proof", "none")
    proofs = proof if isinstance(proof, list) else [proof]
    assert proofs and set(proofs) <= PROOFS and len(proofs) == len(set(proofs))


@each_item
def test_both_languages_list_as_many_mistakes(item):
    assert item["details"]["zh"].count("\n- ") == item["details"]["en"].count("\n- ") >= 3


@each_item
def test_durations_have_their_form(item):
    assert item["remind"] and item["escalate"]
    for duration in [item["due"], *item["remind"], *item["escalate"]]:
        match = DURATION.fullmatch(duration)
        assert match, duration
        assert match[4] is None or match[2] not in ("m", "h"), "a time of day goes with days, weeks and workdays"
    assert not any("before" in duration for duration in item["remind"] + item["escalate"])


@each_item_after
def test_due_time_fits_the_urgency(item):
    earliest, latest = URGENCY[item["id"]]
    assert earliest < hours(item["due"]) <= latest


@pytest.mark.parametrize("name", ["douyin-before-switch", "douyin-unbind", "douyin-rebind"])
def test_what_comes_before_a_milestone_is_due_before_it(name):
    """In the file's order, which is the order of work; the milestone's own item at it, or soon after."""
    items = CHECKLISTS[name]["items"]
    due = [hours(item["due"]) for item in items]
    assert due == sorted(due)
    milestone = next((place for place, item in enumerate(items) if "stands-for" in item), len(items))
    assert all(hour < 0 for hour in due[:milestone])
    assert all(0 <= hour <= 48 for hour in due[milestone:])


def test_rebinding_is_due_at_the_end_of_the_cool_down():
    item = next(item for item in ITEMS if item["id"] == "rebind-account")
    assert item["due"] == "0m"


@each_item
def test_reminders_come_before_the_due_time_the_earliest_first(item):
    remind = [hours(duration) for duration in item["remind"]]
    escalate = [hours(duration) for duration in item["escalate"]]
    assert remind == sorted(remind, reverse=True)
    assert min(remind) > 0
    assert escalate == sorted(escalate)


@each_item_after
def test_nobody_is_reminded_before_the_switch(item):
    assert max(hours(duration) for duration in item["remind"]) < hours(item["due"])


@each_checklist
def test_needs_name_other_items_without_a_cycle(name):
    needs = {item["id"]: item.get("needs", []) for item in CHECKLISTS[name]["items"]}
    for wanted in needs.values():
        assert set(wanted) <= set(needs)

    left = dict(needs)
    while left:
        free = [item for item, wanted in left.items() if not set(wanted) & set(left)]
        assert free, f"a cycle among {sorted(left)}"
        for item in free:
            del left[item]


@pytest.mark.parametrize("name", ["douyin-unbind", "douyin-rebind"])
def test_a_milestones_item_needs_all_that_stands_before_it(name):
    items = CHECKLISTS[name]["items"]
    place = next(place for place, item in enumerate(items) if "stands-for" in item)
    assert items[place]["needs"] == [item["id"] for item in items[:place]]


def test_the_urgent_tasks_wait_for_nothing():
    waiting = {item["id"] for item in AFTER["items"] if item.get("needs")}
    assert waiting.isdisjoint(CRITICAL["douyin-after-switch"] | {"back-up-data"})


@pytest.mark.parametrize("name", ["rotate-password", "gather-account-details"])
def test_a_password_is_never_asked_for_as_proof(name):
    item = next(item for item in ITEMS if item["id"] == name)
    assert item["proof"] == ["second-person", "note"]
    assert re.search("不要把密码|密码和验证码不写进", item["details"]["zh"])
    assert re.search("don't put (the password|passwords)", item["details"]["en"])


def test_douyins_rules():
    assert PLATFORM["platform"] == "douyin"
    assert PLATFORM["time-zone"] == "Asia/Shanghai"
    assert PLATFORM["cool-down"] == {"usual": "7d", "most": "28d"}
    assert PLATFORM["between-switches"] == "30d"
    assert PLATFORM["requires"] == ["registered", "real-name-verified"]
    assert str(PLATFORM["checked"]) == "2026-11-20"


def test_each_rule_has_a_text_that_sends_the_reader_to_the_platforms_page():
    assert set(PLATFORM["texts"]) == {"cool-down", "between-switches", "requires", *PLATFORM["requires"]}
    for text in [PLATFORM["description"], *PLATFORM["texts"].values()]:
        assert "平台页面" in text["zh"] and "the platform's page" in text["en"]


def test_numbers_of_the_platform_stand_in_its_rules_alone():
    """A text that repeated them would be wrong as soon as somebody corrects the rules."""
    for place, text in texts():
        for number in ["7 天", "7天", "28 天", "30 天", "7 days", "28 days", "30 days"]:
            assert number not in text["zh"] and number not in text["en"], place
