#!/usr/bin/env python3
"""Writes deadlines.tsv: due times as Python's zoneinfo and datetime find them, for DeadlineModelTests.

    generate.py            writes the table again; the same bytes each time
    generate.py --zones    compiles zoneinfo/ again from the system's tzdata.zi, then writes the table

The zones are kept beside the table, so that neither depends on the machine's time zone database. All but
a few are compiled slim (rules instead of tables of changes), to test both kinds of file.
"""

import bisect
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import zoneinfo
from datetime import date, datetime, timedelta, timezone

HERE = pathlib.Path(__file__).parent
ZONES = """
Africa/Cairo Africa/Casablanca Africa/Juba Africa/Monrovia Africa/Windhoek America/Argentina/Buenos_Aires
America/Asuncion America/Caracas America/Havana America/Los_Angeles America/New_York America/Nuuk
America/Santiago America/Sao_Paulo America/Scoresbysund America/St_Johns Antarctica/Casey Antarctica/Troll
Asia/Amman Asia/Beirut Asia/Damascus Asia/Gaza Asia/Hong_Kong Asia/Kathmandu Asia/Kolkata Asia/Pyongyang
Asia/Shanghai Asia/Tehran Asia/Tokyo Asia/Urumqi Australia/Eucla Australia/Lord_Howe Australia/Sydney
Etc/GMT+12 Europe/Berlin Europe/Dublin Europe/Istanbul Europe/London Europe/Moscow Pacific/Apia
Pacific/Auckland Pacific/Chatham Pacific/Fakaofo Pacific/Kiritimati Pacific/Kwajalein Pacific/Norfolk
""".split()
FAT = {"America/New_York", "Asia/Shanghai", "Europe/Dublin", "Pacific/Apia"}
ROWS_A_ZONE = 80
FIRST, LAST = datetime(1970, 1, 3), datetime(2060, 1, 1)

HOLIDAYS = {date(2026, 1, 1) + timedelta(n) for n in range(3)}
HOLIDAYS |= {date(2026, 2, 15) + timedelta(n) for n in range(9)}
HOLIDAYS |= {date(2026, 10, 1) + timedelta(n) for n in range(7)}
MADE_UP = {date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 9, 20), date(2026, 10, 10)}


def compile_zones():
    target = HERE / "zoneinfo"
    shutil.rmtree(target, ignore_errors=True)
    for name in ZONES:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
    for kind in ("slim", "fat"):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["zic", "-b", kind, "-d", folder, "/usr/share/zoneinfo/tzdata.zi"], check=True)
            for name in ZONES:
                if (name in FAT) == (kind == "fat"):
                    shutil.copyfile(f"{folder}/{name}", target / name)


def offset(zone, moment):
    return moment.replace(tzinfo=timezone.utc).astimezone(zone).utcoffset()


def change_between(zone, low, high):
    """The first second of the offset that holds at `high`, for one change after `low`."""
    seconds = range(int((high - low).total_seconds()) + 1)
    later = offset(zone, high)
    return low + timedelta(seconds=bisect.bisect_left(
        seconds, True, key=lambda second: offset(zone, low + timedelta(seconds=second)) == later))


def resolve(zone, local):
    """The moment of a local time, as UTC without a zone."""
    first, second = (local - local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    if first + offset(zone, first) == local:
        return first
    return change_between(zone, second, first)


def is_workday(day):
    if day.year == 2026 and (day in HOLIDAYS or day in MADE_UP):
        return day in MADE_UP
    return day.isoweekday() < 6


def due(zone, start, count, unit, time, before):
    sign = -1 if before else 1
    if unit in "mh":
        return start + sign * timedelta(minutes=count * (1 if unit == "m" else 60)), False
    local = start + offset(zone, start)
    day, beyond = local.date(), False
    if unit == "workdays":
        passed = 0
        while passed < count:
            day += timedelta(sign)
            beyond |= day.year != 2026
            passed += is_workday(day)
    else:
        day += sign * timedelta(weeks=count) if unit == "w" else sign * timedelta(days=count)
    clock = datetime.strptime(time, "%H:%M").time() if time else local.time()
    return resolve(zone, datetime.combine(day, clock)), beyond


def changes(zone):
    """Moments at which the zone's clocks change, found by looking every twelve hours."""
    found, moment, step = [], FIRST, timedelta(hours=12)
    while moment < LAST:
        if offset(zone, moment) != offset(zone, moment + step):
            found.append(change_between(zone, moment, moment + step))
        moment += step
    return found


def row(draw, name, zone, near):
    unit = draw.choice(["m", "h", "d", "d", "d", "w", "workdays", "workdays"])
    count = draw.choice([0, 1, 1, 2, 3, 5, 10, draw.randrange(400)])
    before = draw.random() < 0.3
    time = f"{draw.randrange(24):02}:{draw.randrange(60):02}" if unit not in "mh" and draw.random() < 0.3 else ""
    if near and draw.random() < 0.6:
        # The end of a whole count of days within an hour and a half of a change of clocks.
        days = count * {"d": 1, "w": 7, "workdays": 1}.get(unit, 0)
        wanted = draw.choice(near) + timedelta(seconds=draw.randrange(-5400, 5400))
        start = wanted + timedelta(days if before else -days)
    elif draw.random() < 0.4:
        start = datetime(2025, 12, 1) + timedelta(seconds=draw.randrange(420 * 86400))
    else:
        start = FIRST + timedelta(seconds=draw.randrange(int((LAST - FIRST).total_seconds())))
    start = max(start, FIRST)
    moment, beyond = due(zone, start, count, unit, time, before)
    stamps = [f"{value:%Y-%m-%dT%H:%M:%SZ}" for value in (start, moment)]
    return [name, stamps[0], str(count), unit, time, "before" if before else "", stamps[1], str(int(beyond))]


def main():
    if "--zones" in sys.argv[1:]:
        compile_zones()
    zoneinfo.reset_tzpath([HERE / "zoneinfo"])
    draw = random.Random(20261101)
    with open(HERE / "deadlines.tsv", "w") as table:
        for name in ZONES:
            zone = zoneinfo.ZoneInfo(name)
            near = changes(zone)
            for _ in range(ROWS_A_ZONE):
                print(*row(draw, name, zone, near), sep="\t", file=table)


main()
