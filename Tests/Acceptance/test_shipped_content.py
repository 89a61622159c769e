"""The shipped checklist: complete, in both languages, and with the tasks that the field calls for.

PyYAML reads it here, not the program: what the program's own reader overlooks shows up too.
"""

import re
from pathlib import Path

import pytest
import yaml

PATH = Path(__file__).parents[2] / "checklists" / "douyin-after-switch.yaml"
CHECKLIST = yaml.safe_load(PATH.read_text(encoding="utf-8"))
ITEMS = CHECKLIST["items"]

IDS = [
    "rebind-store",
    "verify-products",
    "handle-pending-orders",
    "notify-customers",
    "update-marketing",
    "rebuild-brand",
    "rotate-password",
    "back-up-data",
]
CRITICAL = {"rebind-store", "handle-pending-orders", "rotate-password"}
PROOFS = {"none", "note", "link", "file", "second-person"}
ITEM_KEYS = {
    "id", "title", "details", "steps", "due", "owner", "critical", "needs", "when", "proof",
    "remind", "escalate",
}

# The hours between which a task falls due, counted from the switch: hours for the first, then a day
# or two, then days, then a week or two.
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
DURATION = re.compile(r"(0|[1-9][0-9]*)(m|h|d|w| workdays?)( ([01][0-9]|2[0-3]):[0-5][0-9])?")
HOURS = {"m": 1 / 60, "h": 1, "d": 24, "w": 7 * 24, " workday": 7 / 5 * 24, " workdays": 7 / 5 * 24}


def texts():
    """Every text of the file, with the place where it stands."""
    yield "title", CHECKLIST["title"]
    yield "description", CHECKLIST["description"]
    for item in ITEMS:
        yield f"{item['id']}.title", item["title"]
        yield f"{item['id']}.details", item["details"]
        for number, step in enumerate(item["steps"], start=1):
            yield f"{item['id']}.steps[{number}]", step


each_item = pytest.mark.parametrize("item", ITEMS, ids=[item["id"] for item in ITEMS])
each_text = pytest.mark.parametrize("text", [t for _, t in texts()], ids=[p for p, _ in texts()])


def test_is_for_douyin_shops_from_the_moment_of_rebinding():
    assert CHECKLIST["checklist"] == PATH.stem == "douyin-after-switch"
    assert CHECKLIST["begins"] == "rebound"
    assert CHECKLIST["time-zone"] == "Asia/Shanghai"
    assert CHECKLIST["calendar"] == "cn"
    assert CHECKLIST["when"] == {"platform": "douyin"}


def test_has_the_eight_tasks_in_order():
    assert [item["id"] for item in ITEMS] == IDS


def test_three_tasks_are_critical():
    assert {item["id"] for item in ITEMS if item.get("critical", False) is True} == CRITICAL


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


@each_item
def test_item_has_what_a_merchant_needs(item):
    assert set(item) <= ITEM_KEYS
    assert len(item["steps"]) >= 3
    assert isinstance(item["owner"], str) and item["owner"]
    proofs = item["proof"] if isinstance(item["proof"], list) else [item["proof"]]
    assert proofs and set(proofs) <= PROOFS and len(proofs) == len(set(proofs))


@each_item
def test_durations_have_their_form(item):
    assert item["remind"] and item["escalate"]
    for duration in [item["due"], *item["remind"], *item["escalate"]]:
        assert DURATION.fullmatch(duration), duration


@each_item
def test_due_time_fits_the_urgency(item):
    number, unit, at, _ = DURATION.fullmatch(item["due"]).groups()
    hours = int(number) * HOURS[unit]
    earliest, latest = URGENCY[item["id"]]
    assert earliest < hours <= latest
    assert at is None or hours >= 24, "a time of day goes with days, weeks and workdays"


@each_item
def test_reminders_come_before_the_due_time_the_earliest_first(item):
    def hours(duration):
        number, unit, _, _ = DURATION.fullmatch(duration).groups()
        return int(number) * HOURS[unit]

    remind = [hours(duration) for duration in item["remind"]]
    escalate = [hours(duration) for duration in item["escalate"]]
    assert remind == sorted(remind, reverse=True)
    assert max(remind) < hours(item["due"])
    assert escalate == sorted(escalate)


def test_needs_name_other_items_without_a_cycle():
    needs = {item["id"]: item.get("needs", []) for item in ITEMS}
    for wanted in needs.values():
        assert set(wanted) <= set(needs)

    left = dict(needs)
    while left:
        free = [item for item, wanted in left.items() if not set(wanted) & set(left)]
        assert free, f"a cycle among {sorted(left)}"
        for item in free:
            del left[item]


def test_the_urgent_tasks_wait_for_nothing():
    waiting = {item["id"] for item in ITEMS if item.get("needs")}
    assert waiting.isdisjoint(CRITICAL | {"back-up-data"})


def test_a_password_is_never_asked_for_as_proof():
    item = next(item for item in ITEMS if item["id"] == "rotate-password")
    assert item["proof"] == ["second-person", "note"]
    assert "不要把密码" in item["details"]["zh"]
    assert "don't put the password" in item["details"]["en"]
