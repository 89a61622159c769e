"""Definitions with mistakes in them: what each is, where it is found, and whether a JSON Schema can see it.

A place is `LINE:COLUMN`, followed by words that both languages' messages hold. NAME stands for the file's own.
"""

from dataclasses import dataclass

HEAD = "checklist: NAME\ntitle: T\n"
ITEMS = "items:\n  - {id: a, title: A}\n"


@dataclass
class Broken:
    name: str
    content: str | bytes
    findings: list[str]
    # Whether a schema can refuse it: it sees values, not how they are written or what they mean together.
    by_schema: bool = True

    @property
    def text(self):
        if isinstance(self.content, bytes):
            return self.content
        return self.content.replace("NAME", self.name)


def item(line):
    return HEAD + "items:\n  - id: a\n    title: A\n    " + line + "\n"


BROKEN = [
    # Keys
    Broken("unknown-key", HEAD + ITEMS + "titel: x\n", ["5:1 titel title"]),
    Broken("unknown-item-key", item("neds: [a]"), ["6:5 neds needs"]),
    Broken("repeated-key", HEAD + "title: U\n" + ITEMS, ["3:1 title"], by_schema=False),
    Broken("no-title", "checklist: NAME\n" + ITEMS, ["1:1 title"]),
    Broken("no-checklist", "title: T\n" + ITEMS, ["1:1 checklist"]),
    Broken("no-items", HEAD, ["1:1 items"]),
    Broken("empty-items", HEAD + "items: []\n", ["3:8 items"]),
    Broken("no-item-id", HEAD + "items:\n  - title: A\n", ["4:5 id"]),
    Broken("no-item-title", HEAD + "items:\n  - id: a\n", ["4:5 title"]),
    # Types
    Broken("list-for-text", "checklist: NAME\ntitle: [a]\n" + ITEMS, ["2:8 title"]),
    Broken("map-for-list", HEAD + "items: {a: b}\n", ["3:8 items"]),
    Broken("text-for-flag", item("critical: maybe"), ["6:15 maybe"]),
    Broken("text-for-list", item("needs: b"), ["6:12"]),
    Broken("map-for-due", item("due: {h: 2}"), ["6:10"]),
    Broken("list-at-the-top", "- a\n- b\n", ["1:1"]),
    Broken("text-at-the-top", "just text\n", ["1:1"]),
    Broken("empty-title", "checklist: NAME\ntitle: ''\n" + ITEMS, ["2:8"]),
    # Ids
    Broken("id-upper", HEAD + "items:\n  - {id: Ab, title: A}\n", ["4:10 Ab"]),
    Broken("id-spaces", HEAD + "items:\n  - {id: a b, title: A}\n", ["4:10"]),
    Broken("checklist-id", "checklist: Check_List\ntitle: T\n" + ITEMS, ["1:12 Check_List"]),
    Broken("id-chinese", HEAD + "items:\n  - {id: 茶, title: A}\n", ["4:10 茶"]),
    Broken("repeated-item", HEAD + ITEMS + "  - {id: a, title: B}\n", ["5:10 4 10"], by_schema=False),
    # Durations
    Broken("due-number", item("due: 3"), ["6:10 3"]),
    Broken("due-unit", item("due: 3 fortnights"), ["6:10 fortnights"]),
    Broken("due-negative", item("due: -3d"), ["6:10"]),
    Broken("due-fraction", item("due: 1.5h"), ["6:10"]),
    Broken("due-zero-alone", item("due: 0"), ["6:10"]),
    Broken("due-long", item("due: 6w 25:00"), ["6:10"]),
    Broken("due-years", item("due: 9999d"), ["6:10"]),
    Broken("due-day-more", item("due: 1827d"), ["6:10 1826d"]),
    Broken("due-hours-at", item("due: 2h 18:00"), ["6:10"]),
    Broken("remind-unit", item("due: 1d\n    remind: [1d, 2x]"), ["7:18 x"]),
    Broken("remind-text", item("due: 1d\n    remind: soon"), ["7:13"]),
    # Zones, calendars, conditions, milestones, proofs
    Broken("zone", HEAD + "time-zone: Asia/Shangai\n" + ITEMS, ["3:12 Asia/Shangai Asia/Shanghai"], by_schema=False),
    Broken("zone-offset", HEAD + "time-zone: '+08:00'\n" + ITEMS, ["3:12"]),
    Broken("no-calendar", HEAD + "calendar: mars\n" + ITEMS, ["3:11 mars"], by_schema=False),
    Broken("begins", HEAD + "begins: later\n" + ITEMS, ["3:9 later"]),
    Broken("condition-key", HEAD + "when: {colour: red}\n" + ITEMS, ["3:8 colour"]),
    Broken("condition-type", item("when: live"), ["6:11"]),
    Broken("condition-empty", item("when: {tag: []}"), ["6:17"]),
    Broken("proof-unknown", item("proof: photo"), ["6:12 photo"]),
    Broken("proof-later", item("proof: {http: {url: 'https://x'}}"), ["6:13 http"]),
    Broken("stands-for-cooled", item("stands-for: cooled"), ["6:17 cooled planned unbound rebound"]),
    Broken("stands-for-unknown", item("stands-for: unbond"), ["6:17 unbond unbound"]),
    # Extensions
    Broken("extends-nothing", HEAD + "extends: far-away-from-all\n", ["3:10 far-away-from-all"], by_schema=False),
    Broken("extends-itself", HEAD + "extends: NAME\n" + ITEMS, ["3:10 extends-itself → extends-itself"],
           by_schema=False),
    Broken("extends-broken", HEAD + "extends: no-items\n", ["3:10 no-items lint"], by_schema=False),
    Broken("extends-list", HEAD + "extends: [base]\n", ["3:10 extends"]),
    Broken("remove-alone", HEAD + "remove: [a]\n" + ITEMS, ["3:9 remove extends"]),
    Broken("remove-text", HEAD + "extends: NAME\nremove: a\n", ["3:10 remove-text → remove-text", "4:9 remove"]),
    # Needs
    Broken("need-unknown", HEAD + "items:\n  - {id: first-one, title: A}\n  - {id: b, title: B, needs: [frist-one]}\n",
           ["5:31 frist-one first-one"], by_schema=False),
    Broken("need-self", item("needs: [a]"), ["6:13 a"], by_schema=False),
    Broken("need-cycle", HEAD + "items:\n  - {id: a, title: A, needs: [c]}\n  - {id: b, title: B, needs: [a]}\n"
           "  - {id: c, title: C, needs: [b]}\n", ["6:31 c → b → a → c"], by_schema=False),
    # YAML itself
    Broken("tab", HEAD + "items:\n\t- {id: a, title: A}\n", ["4:1"], by_schema=False),
    Broken("unclosed", HEAD + "items: [\n", ["4:1"], by_schema=False),
    Broken("second-document", HEAD + ITEMS + "---\nmore: 1\n", ["5:1"], by_schema=False),
    Broken("empty", "", ["1:1"], by_schema=False),
    Broken("comment-only", "# nothing\n", ["1:1"], by_schema=False),
    Broken("utf-16", (HEAD.replace("NAME", "utf-16") + ITEMS).encode("utf-16"), ["1:1 UTF-8"], by_schema=False),
    Broken("gb18030", HEAD.replace("NAME", "gb18030").replace("T\n", "茶\n").encode("gb18030") + ITEMS.encode(),
           ["2:8 UTF-8"], by_schema=False),
    Broken("unknown-alias", "checklist: NAME\ntitle: *nothing\n" + ITEMS, ["2:8"], by_schema=False),
    # Everything at once
    Broken("many", "checklist: NAME\ntitel: T\nbegins: soon\nitems:\n  - {id: A, title: A, due: 1x}\n",
           ["1:1 title", "2:1 titel", "3:9 soon", "5:10 A", "5:28 x"]),
    # Columns count in Unicode scalars
    Broken("wide", HEAD + "items:\n  - {id: a, title: 茶香🙂小店, due: nie}\n", ["4:32 nie"]),
]

FINE = {
    "plain-scalars": "checklist: 2026\ntitle: no\nitems:\n"
    "  - {id: 7, title: yes, steps: [10:00, 1.5, null, ~, 0x10]}\n",
    "anchors": "checklist: anchors\ntitle: &t {zh: 茶, en: Tea}\nitems:\n  - &one {id: a, title: *t, due: 2h}\n"
               "  - {<<: *one, id: b}\n",
    "every-key": """\
checklist: every-key
title: {zh: 茶, en: Tea}
description: |
  Some *Markdown*.

  More.
begins: planned
time-zone: Asia/Shanghai
when: {platform: [douyin, kuaishou], team: east, tag: live}
items:
  - id: a
    title: A
    details: {zh: 详细, en: Details}
    steps: [one, {zh: 二, en: two}]
    due: 3d 18:00
    owner: merchant
    critical: true
    when: {tag: [a, b]}
    proof: [note, link, file, second-person]
    remind: [1d, 2h, 1 workday 09:00]
    escalate: [0h, 2 workdays]
  - {id: b, title: B, needs: [a], proof: none, due: 90m}
  - {id: c, title: C, due: 1 workday 12:00, proof: second-person}
  - {id: d, title: D, due: 1d before 18:00}
  - {id: e, title: E, due: 2 workdays before}
  - {id: f, title: F, due: 0h}
  - {id: g, title: G, due: 1826d}
""",
    "byte-order-mark": "\ufeffchecklist: byte-order-mark\ntitle: T\nitems: [{id: a, title: A}]\n",
    "windows-lines": "checklist: windows-lines\r\ntitle: T\r\nitems: [{id: a, title: A}]\r\n",
    "one-document": "%YAML 1.1\n---\nchecklist: one-document\ntitle: T\nitems: [{id: a, title: A}]\n...\n",
}
