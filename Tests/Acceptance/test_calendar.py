"""The shipped calendar of mainland China, compared with the PyPI package `chinesecalendar`."""

import datetime
from pathlib import Path

import chinese_calendar
import pytest
import yaml

PATH = Path(__file__).parents[2] / "checklists" / "calendars" / "cn.yaml"
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


@pytest.fixture(scope="module")
def calendar():
    return yaml.safe_load(PATH.read_text(encoding="utf-8"))


def covered_days(calendar):
    first, last = (int(year) for year in calendar["covers"].split(".."))
    day = datetime.date(first, 1, 1)
    while day.year <= last:
        yield day
        day += datetime.timedelta(days=1)


def is_weekend(calendar, day):
    return WEEKDAYS[day.weekday()] in calendar["weekend"]


def is_workday(calendar, day):
    if day in calendar["workdays"]:
        return True
    return not is_weekend(calendar, day) and day not in calendar["holidays"]


def name(workday):
    return "a workday" if workday else "a day off"


def test_has_the_keys_of_a_calendar(calendar):
    assert set(calendar) == {"calendar", "covers", "weekend", "holidays", "workdays"}
    assert calendar["calendar"] == PATH.stem


def test_covers_2025_and_2026(calendar):
    assert calendar["covers"] == "2025..2026"
    assert sum(1 for _ in covered_days(calendar)) == 730


def test_agrees_with_chinesecalendar_on_every_day(calendar):
    for day in covered_days(calendar):
        ours = is_workday(calendar, day)
        theirs = chinese_calendar.is_workday(day)
        assert ours == theirs, (
            f"{day} ({day:%a}) is the first day that differs: "
            f"{name(ours)} in {PATH.name}, {name(theirs)} in chinesecalendar"
        )


def test_lists_every_day_of_a_festival(calendar):
    """Weekend days of a break too, so that it can be compared with its notice at a glance."""
    for day in covered_days(calendar):
        theirs = day in chinese_calendar.holidays
        assert (day in calendar["holidays"]) == theirs, f"{day} ({day:%a}) is the first day that differs"


@pytest.mark.parametrize("key", ["holidays", "workdays"])
def test_days_are_dates_in_order_and_covered(calendar, key):
    days = calendar[key]
    assert all(type(day) is datetime.date for day in days)
    assert days == sorted(set(days)), f"{key}: not in order, or a day stands there twice"
    covered = set(covered_days(calendar))
    assert [str(day) for day in days if day not in covered] == []


def test_workdays_are_weekend_days_and_no_holidays(calendar):
    assert [str(day) for day in calendar["workdays"] if not is_weekend(calendar, day)] == []
    assert [str(day) for day in calendar["workdays"] if day in calendar["holidays"]] == []
