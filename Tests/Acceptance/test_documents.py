"""What the maintainers' documents name is there: paths, types, links, and every decision in the index."""

import re
from functools import cache
from pathlib import Path

import pytest
from program import REPOSITORY

SOURCES = REPOSITORY / "Sources"
DECISIONS = SOURCES / "Decisions"
# Those that name what is in the code.
NAMING = sorted([
    SOURCES / "README.md", SOURCES / "ADDING.md", *(REPOSITORY / ".github").glob("*.md"), *DECISIONS.glob("*.md"),
])
# Those that lead to one another.
LINKING = sorted({
    *NAMING, REPOSITORY / "README.md", SOURCES / "SEMANTICS.md", SOURCES / "CHANGELOG.md",
    SOURCES / "ChecklistFiles" / "FORMAT.md", SOURCES / "Operations" / "EXPORT.md",
    REPOSITORY / "Tests" / "Benchmarks" / "README.md",
})
# Types of Swift's and of libraries.
FOREIGN = {"Codable", "Sendable"}


def name(path: Path) -> str:
    return str(path.relative_to(REPOSITORY))


def without_blocks(text: str) -> str:
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def quoted(path: Path) -> list[str]:
    """What stands in backticks, outside of blocks."""
    return re.findall(r"`([^`\n]+)`", without_blocks(path.read_text(encoding="utf-8")))


def paths(texts: list[str]) -> list[str]:
    """The first words with a slash that lead into the repository: no addresses, options, or what a build makes."""
    words = [text.split()[0] for text in texts]
    return [
        word for word in words
        if "/" in word and re.fullmatch(r"[\w.+*-]+(/[\w.+*-]*)+", word) and not word.startswith((".build/", "../"))
        and word.split("/")[0] not in {"application", "text"}
    ]


def files(texts: list[str]) -> list[str]:
    """Names of files without a folder."""
    return [text for text in texts if re.fullmatch(r"[\w+-]+\.(swift|py|mjs|c|md)", text)]


def types(texts: list[str]) -> list[str]:
    """Capitalized words, also in front of a member: `Run`, `Run.decide`, `Wording(en:zh:)`, `APIOperation.Field.Kind`.
    Words without a small letter are left out, since most are SQL's."""
    found = []
    for text in texts:
        match = re.fullmatch(r"([A-Z]\w*)((?:\.\w+)*)(?:\([\w:]*\))?", text)
        if match and re.search(r"[a-z]", match.group(1)) and not files([text]):
            found += [match.group(1), *(part for part in match.group(2).split(".") if part[:1].isupper())]
    return found


@cache
def declared() -> set[str]:
    """Names of types and targets, in the program and in its tests."""
    declaration = re.compile(r"\b(?:struct|class|enum|protocol|actor|typealias|associatedtype) +(\w+)")
    targets = re.findall(r'name: "(\w+)"', (REPOSITORY / "Package.swift").read_text(encoding="utf-8"))
    found = set(targets)
    for folder in [SOURCES, REPOSITORY / "Tests"]:
        for file in folder.rglob("*.swift"):
            found |= set(declaration.findall(file.read_text(encoding="utf-8")))
    return found


def is_there(path: str) -> bool:
    if "*" in path:
        return any(REPOSITORY.glob(path))
    return (REPOSITORY / path).exists()


@cache
def file_names() -> set[str]:
    folders = [SOURCES, REPOSITORY / "Tests", REPOSITORY / ".github"]
    return {path.name for path in REPOSITORY.iterdir()} | {path.name for top in folders for path in top.rglob("*.*")}


@cache
def anchors(path: Path) -> set[str]:
    """Of a document's headings, as GitHub makes them."""
    found: set[str] = set()
    for heading in re.findall(r"^#+ +(.+)$", without_blocks(path.read_text(encoding="utf-8")), re.MULTILINE):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").strip().lower()
        slug = base = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        number = 0
        while slug in found:
            number += 1
            slug = f"{base}-{number}"
        found.add(slug)
    return found


@pytest.mark.parametrize("document", NAMING, ids=name)
def test_paths_exist(document):
    assert [path for path in paths(quoted(document)) if not is_there(path)] == []
    assert [file for file in files(quoted(document)) if file not in file_names()] == []


@pytest.mark.parametrize("document", NAMING, ids=name)
def test_types_are_declared(document):
    known = declared() | FOREIGN
    assert sorted({word for word in types(quoted(document)) if word not in known}) == []


@pytest.mark.parametrize("document", LINKING, ids=name)
def test_links_lead_somewhere(document):
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", without_blocks(document.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (document.parent / path).resolve() if path else document
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(target)
    assert broken == []


def test_enough_is_looked_at():
    """So that nothing passes because nothing is found."""
    texts = [text for document in NAMING for text in quoted(document)]
    assert len(set(paths(texts))) > 60
    assert len(set(types(texts))) > 60
    assert {"Run", "UpgradeRuns", "FilterLookup", "AccessMatrix", "Web"} <= declared()
    words = ["Tests/run --fast", "/api/v1/report.csv", "text/csv", "sqlite://NAME", ".build/fuzz"]
    assert paths(words) == ["Tests/run"]
    words = ["Run.decide", "Wording(en:zh:)", "If-Match", "NULL", "Package.swift", "APIOperation.Field.Kind"]
    assert types(words) == ["Run", "Wording", "APIOperation", "Field", "Kind"]
    assert files(words) == ["Package.swift"]
    assert {"limits", "on-the-web", "times-and-zones"} <= anchors(REPOSITORY / "README.md")


def test_the_index_has_every_decision():
    files = sorted(path.name for path in DECISIONS.glob("[0-9]*.md"))
    assert [file[:3] for file in files] == [f"{number:03}" for number in range(1, len(files) + 1)]
    index = (DECISIONS / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d{3}) \| \[(.+)\]\((.+)\) \| .+ \|$", index, re.MULTILINE)
    assert [file for _, _, file in rows] == files
    for number, title, file in rows:
        assert (DECISIONS / file).read_text(encoding="utf-8").startswith(f"# {number}. {title}\n"), file


@pytest.mark.parametrize("document", sorted(DECISIONS.glob("[0-9]*.md")), ids=name)
def test_a_decision_says_when_why_what_and_at_what_cost(document):
    text = document.read_text(encoding="utf-8")
    assert re.search(r"^Date: \d{4}-\d{2}", text, re.MULTILINE)
    if document.stem == "030-small-choices":
        return
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Cost"]
