"""Everything that a person reads is written in English and Chinese, side by side: found in the sources, without a
compiler, so that a text in one language alone is told before anybody reads it."""

import re
from functools import cache
from pathlib import Path

import pytest
from program import REPOSITORY
from swift_literals import Group, Literal, Node, Reader, Step, Word, is_word, tree, walk

SOURCES = REPOSITORY / "Sources"
HAN = re.compile(r"[\u3400-\u9fff]")
WIDE = re.compile(r"[\u3000-\u30ff\uff00-\uffef]")
LATIN = re.compile(r"[A-Za-z]")
PUT = "\uFFFC"
TARGETS = sorted(folder.name for folder in SOURCES.iterdir() if any(folder.rglob("*.swift")))

# Names of people and shops, which are the same in both languages.
NAMES = re.compile(
    "李敏|王磊|陈静|黄强|赵雪|孙月|晨光小店|茶香小店|云雾茶行|墨香书屋|小象玩具旗舰店|积木时光|阿婆手工米粉（总店）|"
    "海边小厨|木作之家|暖居生活馆|棉与麻")

# What people may type, which is understood whatever language they read.
TYPED = {
    "Domain/Duration/CalendarDurationError.swift": "分钟 小时 个小时 天 日 周 星期 工作日 个工作日",
    "Domain/Input/TimeText+Parsing.swift": "现在 今天 明天 后天 昨天 前天 年 月 日",
    "Domain/Zone/TimeZoneName.swift": "北京 北京时间 中国 上海",
    "switchlist/Commands/Items/WalkCommand.swift": "勾选 跳过 受阻 备注 先放着 退出",
    # In English, requirements are called by their ids, which are words.
    "Reports/Errors/RuleViolationWording.swift": "已注册（registered） 已通过实名认证（real-name-verified）",
}

# Where texts are written for people. What the other targets tell them is of the type Wording, or by a protocol that
# knows English alone: headers, metrics, the API's document.
TOLD = ["Domain", "Operations", "ChecklistFiles", "Reports", "WebPages", "switchlist"]

# Where nearly every text is shown.
PAGES = ["WebPages", "Reports"]

# English without a Chinese half, which no person reads as a sentence of ours, or which Chinese readers are given so.
DETAIL = "what is wrong inside a damaged record of ours, put behind a sentence in both languages, as SQLite's words are"
ENGLISH_ALONE = [
    (r"Domain/(Encoding|Record)/.*", r"[^\n]*", DETAIL),
    (r"Operations/Transfer/(ExportedAccess|ExportedFields|ImportStore).*", r"[^\n]*", DETAIL),
    (r"Operations/Reports/(VerifyHistory|ReadHistory)\.swift", r"it belongs elsewhere|event .* can't be read; .*",
     DETAIL),
    (r"Operations/People/CommonPasswords\.swift", r"[^<]*", "passwords"),
    (r"ChecklistFiles/Findings/SyntaxWording\.swift", r"(while|did not|could not|found|mapping|block) .*",
     "libyaml's words, by which ours are looked up"),
    (r"WebPages/Views/Desk/APIPage\.swift",
     r"text of any lines, ≤ .|a shop's id|such as 2h, 3d|a page's next|true, false|time, ISO 8601, or rebound|some of ",
     "the API's reference, which is marked as English"),
    (r"WebPages/Controllers/Shop/LiveRoutes\.swift", r"(event)?: [^<]*", "server-sent events"),
    (r"WebPages/Views/Frame/PageTimes\.swift|Reports/Errors/RuleViolationWording\.swift", r"[A-Z][a-z][a-z]",
     "months, which are numbers in Chinese"),
    (r"WebPages/Views/Desk/ChartsPage\.swift", r"Markdown", "a format's name"),
    (r"switchlist/Commands/Help/CompletionScript\.swift", r"complete -o .*|\s*_switchlist_whole_words[\s\S]*",
     "scripts"),
    (r"switchlist/Commands/Help/ManualPage.*", r"[\s\S]*switchlist[\s\S]*|\.SH .\n(\.BR .*\n)*", "commands"),
    (r"switchlist/Commands/Server/DemoCommand\.swift", r"(status|tick|walk|history|report|shop add) .*", "commands"),
    (r"switchlist/Commands/Server/Serving\.swift", r"serving on ./|finishing what is under way",
     "what systemctl shows among words of its own"),
    (r"switchlist/Commands/Server/WatchedDefinitions\.swift", r"this server's definitions differ.*|took new definitions.*",
     "the server's log, which programs read"),
    (r"switchlist/Program\.swift", r"Missing value for", "ArgumentParser's words, which are looked for"),
]

# In HTML, outside of tags and of `<code>`.
PROPER = {"API", "OpenAPI", "CSV", "SHA"}


def names_language(nodes: list[Node]) -> bool:
    return any(is_word(node, "chinese", "isChinese", "english") for node in nodes)


def says(part: list[Node], han: bool) -> bool:
    """Whether a text stands right in an argument, in Chinese or in English."""
    own = [node.text for node in part if isinstance(node, Literal)]
    return any(HAN.search(text) if han else LATIN.search(text) for text in own) and (
        han or not any(HAN.search(text) for text in own))


def is_branch(step: Step) -> bool:
    """In `language == .chinese ? "中文" : "English"`."""
    before = step.nodes[:step.place]
    asked = [place for place, node in enumerate(before) if is_word(node, "?")]
    return any(names_language(before[max(0, place - 4):place]) for place in asked)


def is_declared(step: Step) -> bool:
    """In `let zh = …` or `var zh: String { … }`, beside one for the other language."""
    declared = set()
    for place, node in enumerate(step.nodes):
        if isinstance(node, Word) and node.text in ("let", "var", "func") and place + 1 < len(step.nodes):
            name = step.nodes[place + 1]
            names = name.nodes if isinstance(name, Group) else [name]
            declared |= {word.text for word in names if isinstance(word, Word)}
    if not {"en", "zh"} <= declared:
        return False
    for node in reversed(step.nodes[:step.place]):
        if is_word(node, "en", "zh"):
            return True
        if is_word(node, "let", "var", "func", "return", "if", "for", "switch"):
            return False
    return False


def is_appended(step: Step) -> bool:
    """In `zh.append(…)`, beside `en.append(…)`."""
    called = [f"{one.text}.{two.text}" for one, dot, two in zip(step.nodes, step.nodes[1:], step.nodes[2:])
              if is_word(one, "en", "zh") and is_word(dot, ".") and isinstance(two, Word)]
    before = step.nodes[max(0, step.place - 3):step.place]
    return len(before) == 3 and is_word(before[0], "en", "zh") and is_word(before[2], "append") \
        and called.count("en.append") == called.count("zh.append")


def is_half(step: Step) -> bool:
    """Of `Wording(en: "…", zh: "…")`, of `say("…", "…")`, or of a pair."""
    if step.group is None or step.group.sign != "(":
        return False
    arguments = step.group.arguments()
    if step.label in ("en", "zh"):
        return {"en", "zh"} <= {label for label, _ in arguments}
    if step.label is not None:
        return False
    for first in (step.index - 1, step.index):
        pair = arguments[max(first, 0):first + 2]
        if len(pair) == 2 and pair[0][0] is pair[1][0] is None and says(pair[0][1], False) and says(pair[1][1], True):
            return True
    return step.callee == "say" and len(arguments) == 2


def is_in_both(literal: Literal, steps: tuple[Step, ...]) -> bool:
    """Whether the text has a counterpart in the other language."""
    if HAN.search(literal.text) and re.search(r"[a-z]+ / |/ [a-z]+", literal.text):
        return True  # written down where it isn't known who will read it, and so in both
    return any(is_half(step) or is_branch(step) or is_declared(step) or is_appended(step) for step in steps)


def found_alone(file: Path, nodes: list[Node]) -> list[tuple[Path, Literal]]:
    return [(file, literal) for literal, steps in walk(nodes) if not is_in_both(literal, steps)]


@cache
def alone(target: str) -> list[tuple[Path, Literal]]:
    """The texts of a target that have no counterpart."""
    files = sorted((SOURCES / target).rglob("*.swift"))
    return [found for file in files for found in found_alone(file, tree(file))]


def place(file: Path, line: int) -> str:
    return f"{file.relative_to(SOURCES)}:{line}"


# ---------------------------------------------------------------------------------------------------------
# Swift

def chinese_alone(texts) -> list[str]:
    return [
        f"{place(file, literal.line)}: {literal.text.strip()}" for file, literal in texts
        if HAN.search(NAMES.sub("", literal.text))
        and literal.text not in TYPED.get(str(file.relative_to(SOURCES)), "").split()]


@pytest.mark.parametrize("target", TARGETS)
def test_chinese_stands_beside_english(target):
    assert chinese_alone(alone(target)) == []


@cache
def classes() -> set[str]:
    """The classes of styles, several of which look like a sentence."""
    styles = ["CAssets/web/web.css", "CAssets/report.css"]
    return {name for style in styles
            for name in re.findall(r"\.([a-z][\w-]*)", (SOURCES / style).read_text(encoding="utf-8"))}


def is_prose(text: str, isShown: bool = False) -> bool:
    """Two words, the second in small letters; where all texts are shown, also one with a capital."""
    text = re.sub(r"<[^<>]*>", "|", re.sub(r"<code>.*?</code>", "|", text))
    text = re.sub(rf"\b({'|'.join(PROPER)})\b", "|", text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if all(line.startswith("switchlist ") for line in lines):
        return False  # commands
    if re.search(r"[\w-]=\"|\w/[\w-]+; ?\w+=|filename=|\{[\w-]+:", text):
        return False  # attributes, media types, styles
    if re.fullmatch(r"[A-Z]\w+/[A-Z]\w+", text) or set(text.split()) <= classes():
        return False  # zones, classes
    return bool(re.search(r"[A-Za-z']{2,}[,;:]? [a-z']{2,}", text)
                or isShown and re.search(r"(?<![\w-])[A-Z][a-z]{2,}", text))


def english_alone(texts, isShown: bool = False) -> list[str]:
    return [
        f"{place(file, literal.line)}: {literal.text.strip()[:200]}" for file, literal in texts
        if not HAN.search(literal.text) and is_prose(literal.text, isShown)
        and not any(re.fullmatch(files, str(file.relative_to(SOURCES))) and re.fullmatch(known, literal.text)
                    for files, known, _ in ENGLISH_ALONE)]


@pytest.mark.parametrize("target", TOLD)
def test_english_stands_beside_chinese(target):
    assert english_alone(alone(target), target in PAGES) == []


def test_each_exception_is_needed():
    texts = [
        (str(file.relative_to(SOURCES)), literal.text) for target in TARGETS for file, literal in alone(target)]
    unneeded = [files for files, known, _ in ENGLISH_ALONE
                if not any(re.fullmatch(files, file) and re.fullmatch(known, text) for file, text in texts)]
    unneeded += [
        f"{file}: {text}" for file, typed in TYPED.items() for text in typed.split() if (file, text) not in texts]
    assert unneeded == []


TEXT_ATTRIBUTE = re.compile(r"""(?:aria-label|aria-description|title|placeholder|alt|label)=["']([^"']*)""")


def bare_words(text: str) -> list[str]:
    """The words that a piece of HTML shows, and those of attributes that are shown or read aloud."""
    shown = re.sub(r"<[^<>]*>", " ", re.sub(r"<code\b[^>]*>.*?</code>|&\w+;", " ", text))
    if "<" not in text:
        shown = ""  # attributes alone
    said = " ".join(TEXT_ATTRIBUTE.findall(text))
    return [word for word in re.findall(r"[A-Za-z]{2,}", f"{shown} {said}") if word not in PROPER]


def bare_pieces(texts) -> list[str]:
    return [f"{place(file, literal.line)}: {bare_words(literal.text)}" for file, literal in texts
            if bare_words(literal.text)]


@pytest.mark.parametrize("target", PAGES)
def test_pages_show_no_word_outside_of_pairs(target):
    pieces = [(file, literal) for file, literal in alone(target) if re.search(r"</?[a-z]|[a-z]=\"", literal.text)]
    assert len(pieces) > 30
    assert bare_pieces(pieces) == []


# ---------------------------------------------------------------------------------------------------------
# Both halves

# Names that the halves have by themselves: a phrase in its language, and plurals, which Chinese doesn't have.
OWN_NAMES = {"en", "zh", "key", "zhKey", "unit", "plural", "in", "nil", "true", "false", "try", "self", "let"}
# What only one half is given, where both tell the same.
TOLD_OTHERWISE = {
    "Domain/Duration/DurationText.swift": {"gap"},  # a space between Chinese and a number
    "Reports/Switch/ImportedSwitchesText.swift": {"shops"},  # all of them, where English counts the rest
    "Web/WebServer.swift": {"list", "allowed"},  # with separators of the language
    "WebPages/Views/Frame/PageTimes.swift": {"english", "day", "month", "year"},  # another order
    "switchlist/Commands/Many/ShopsWithoutChecklist.swift": {"what", "checklist"},  # another order
}


def pairs(nodes: list[Node]):
    """The halves of what is written in both languages, with their line."""
    for index, node in enumerate(nodes):
        if isinstance(node, Literal):
            for put in node.interpolations:
                yield from pairs(put)
        if not isinstance(node, Group):
            continue
        arguments = node.arguments()
        labelled = dict(arguments)
        if {"en", "zh"} <= labelled.keys():
            yield node.line, labelled["en"], labelled["zh"]
        elif node.sign == "(" and len(arguments) == 2 and not any(label for label, _ in arguments):
            (_, one), (_, two) = arguments
            if index and is_word(nodes[index - 1], "say") or says(one, False) and says(two, True):
                yield node.line, one, two
        yield from pairs(node.nodes)


def text_of(part: list[Node]) -> str:
    return "".join(literal.text for literal, _ in walk(part))


def given(part: list[Node]) -> set[str]:
    """The names of what is put into a half's texts."""
    found: set[str] = set()

    def collect(nodes: list[Node]) -> None:
        for index, node in enumerate(nodes):
            following = nodes[index + 1] if index + 1 < len(nodes) else None
            if isinstance(node, Group):
                collect(node.nodes)
            elif isinstance(node, Literal):
                for put in node.interpolations:
                    collect(put)
            elif re.fullmatch(r"[a-z]\w*", node.text) and not is_word(following, ":") \
                    and not (index and is_word(nodes[index - 1], ".")):
                found.add(node.text)

    collect([node for node in part if isinstance(node, Literal)])
    return found - OWN_NAMES


def flaws(english: list[Node], chinese: list[Node]) -> list[str]:
    en, zh = text_of(english), text_of(chinese)
    # Signs and formats that are spoken about stand in quotes and brackets.
    plain = re.sub(r"'[^']*'|\([^)]*\)", "", en)
    found = []
    if HAN.search(plain) or WIDE.search(plain):
        found.append("Chinese in the English half")
    if LATIN.search(en) and not zh.strip():
        found.append("no Chinese half")
    # Few may stand behind what English says before: " opens " in front of a time, " 起" behind it.
    if len(HAN.findall(zh)) > 3 and not en and all(isinstance(node, Literal) for node in english):
        found.append("no English half")
    if LATIN.search(zh) and not HAN.search(zh) and is_prose(zh.replace("error: ", "")):
        found.append("English in the Chinese half")
    if any(isinstance(node, Literal) for node in english) and any(isinstance(node, Literal) for node in chinese):
        found += [f"{name} is told in one language" for name in sorted(given(english) ^ given(chinese))]
    return found


def all_flaws(file: Path, nodes: list[Node]) -> list[str]:
    known = TOLD_OTHERWISE.get(str(file.relative_to(SOURCES)), set())
    return [f"{place(file, line)}: {flaw}: {text_of(english)[:80]!r} / {text_of(chinese)[:80]!r}"
            for line, english, chinese in pairs(nodes) for flaw in flaws(english, chinese)
            if flaw.split(" is told")[0] not in known]


@pytest.mark.parametrize("target", TARGETS)
def test_both_halves_say_the_same(target):
    assert [flaw for file in sorted((SOURCES / target).rglob("*.swift")) for flaw in all_flaws(file, tree(file))] == []


def test_pairs_are_found():
    files = [file for target in TARGETS for file in (SOURCES / target).rglob("*.swift")]
    assert sum(1 for file in files for _ in pairs(tree(file))) > 2000


# ---------------------------------------------------------------------------------------------------------
# The pages' script


class ScriptReader(Reader):
    """Reads JavaScript."""
    quote = re.compile(r"()(['\"`])")
    slash = re.compile(r"/(?![/*])(?:\\.|\[(?:\\.|[^\]])*\]|[^/\n\\\[])+/\w*")

    def put(self, match: re.Match) -> tuple[str, str]:
        return ("${", "}") if match.group(2) == "`" else ("\n", "")  # no other text goes beyond its line


SCRIPTS = sorted((SOURCES / "CAssets/web").rglob("*.mjs")) + [SOURCES / "CAssets/web/sw.js"]


# Words of styles and elements, by which the script finds its way.
SELECTOR = re.compile(r"use strict|.*:focus.*|(?:(?:a|button|summary|input|textarea|select)(?:, |$))+")


def script_flaws(text: str) -> list[str]:
    found = []
    for literal, steps in walk(ScriptReader(text).nodes(None)):
        step = steps[0]
        said = next((step for step in steps if step.callee == "say"), None)
        arguments = step.group.arguments() if step.group else []
        isPaired = step.callee.isidentifier() and any(
            says(one, True) and says(two, False) for (_, one), (_, two) in zip(arguments, arguments[1:])
            if literal in one + two)
        if said is None and not isPaired:
            words = re.sub(r"<[^<>]*>?", "", literal.text)
            isProse = re.search(r"[A-Za-z’]{2,}[,;:]? [a-z’]{2,}", words) and step.callee != "Error" \
                and not SELECTOR.fullmatch(words) and not set(words.split()) <= classes()
            if HAN.search(literal.text) or isProse:
                found.append(f"{literal.line}: {literal.text} stands alone")
        elif said is not None and len(said.group.arguments()) != 2:
            found.append(f"{literal.line}: {literal.text} isn't one of two")
        elif said is step and (HAN.search(literal.text) if step.index == 1 else LATIN.search(literal.text)
                               and not HAN.search(literal.text)):
            found.append(f"{literal.line}: {literal.text} is the wrong half")
    return found


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_scripts_say_everything_in_both(script):
    text = script.read_text(encoding="utf-8")
    # The language of dates and numbers is chosen as texts are.
    assert script_flaws(text.replace("say('zh-CN', 'en-GB')", "")) == []


# ---------------------------------------------------------------------------------------------------------
# So that nothing passes because nothing is found

BOTH = [
    'Wording(en: "not found", zh: "没有找到")', 'frame.say("Not found", "没有找到")',
    'wrong("one of \\(a)", "\\(a) 之一")',
    'let text = language == .chinese ? "没有找到" : "not found here"',
    'let en = "not found here"\nlet zh = "没有找到"', 'en.append("not found")\nzh.append("没有找到")',
    'var en: String { "not found" }\nvar zh: String { "没有找到" }', '"undo / 撤销"',
    """#"<p title="\\#(frame.say("Not found", "没有"))">\\#(frame.say("Not found", "没有"))</p>"#""",
    'Wording(en: "\\(n) found: \\(Counts.of(n).en)", zh: "找到 \\(n) 个")', 'Wording(en: "", zh: "")',
]
ONE = [
    'Wording(en: "not found", zh: "")', 'Wording(en: "not found", zh: "not found")',
    'Wording(en: "没有", zh: "没有")', 'Wording(en: "", zh: "没有找到")', 'frame.say("Not found", "")',
    'let text = "没有找到"', 'let text = "not found here"',
    'frame.say("Not found here", "Not found here")', 'print("没有", frame.say("a", "甲"))',
    'print("Not found", frame.say("a", "甲"))', 'let zh = "没有找到"', 'zh.append("没有找到")',
    'Wording(en: "\\(n) of \\(all)", zh: "找到 \\(n) 个")', 'let text = isLate ? "没有找到" : "not found here"',
    '"<p>Found \\(n)</p>"', """#"<p title="Found">\\#(n)</p>"#""", """#"<a aria-label="more">→</a>"#""",
    '"<p>\\(n) found</p>"', 'PageProblem(title: "Not found", detail: frame.say("a", "甲"))',
]


def told_in_one(text: str) -> list[str]:
    file, nodes = SOURCES / "WebPages/Any.swift", Reader(text).nodes(None)
    texts = found_alone(file, nodes)
    return chinese_alone(texts) + english_alone(texts, True) + bare_pieces(texts) + all_flaws(file, nodes)


@pytest.mark.parametrize("text", BOTH)
def test_both_languages_are_seen(text):
    assert told_in_one(text) == []


@pytest.mark.parametrize("text", ONE)
def test_one_language_is_seen(text):
    assert told_in_one(text) != []


@pytest.mark.parametrize(("text", "isWhole"), [
    ("toast(say('没有', 'None'))", True), ("toast(say(`有 ${n}`, `there is ${n}`))", True),
    ("part(n, '天', 'd')", True),
    ("toast('没有')", False), ("toast('not found')", False), ("toast(say('没有'))", False),
    ("toast(say('None', '没有'))", False), ("toast(('没有', 'None'))", False),
    ("a / b; toast(`not found ${say('没有', 'None')}`)", False),
])
def test_scripts_are_seen(text, isWhole):
    assert (script_flaws(text) == []) == isWhole
