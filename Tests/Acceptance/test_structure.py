"""The rooms of the code: which target sees which, which folder depends on which, and that the map says the same."""

import re

import pytest
from program import REPOSITORY
from swift_source import circles, code, dependencies, imports

SOURCES = REPOSITORY / "Sources"
TARGETS = sorted(folder.name for folder in SOURCES.iterdir() if any(folder.rglob("*.swift")))
MOST_FILES = 15


def seen(target: str) -> set[str]:
    """The targets of ours that a target's files import."""
    return set().union(*(imports(file) for file in (SOURCES / target).rglob("*.swift"))) & set(TARGETS)


def test_targets_depend_on_each_other_in_one_direction():
    assert len(TARGETS) > 10
    assert circles({target: seen(target) for target in TARGETS}) == []


def test_pages_and_the_api_do_not_see_each_other():
    assert "WebCore" in seen("WebPages") & seen("WebAPI")
    assert "WebPages" not in seen("WebAPI") and "WebAPI" not in seen("WebPages")
    assert not {"Web", "WebPages", "WebAPI"} & seen("WebCore")


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_brings_all_of_foundation(target):
    """Half of the program would be ICU's data, which nothing of ours needs."""
    bringing = {"Foundation", "FoundationInternationalization", "GRDB"}
    assert [file.name for file in (SOURCES / target).rglob("*.swift") if bringing & imports(file)] == []


@pytest.mark.parametrize("target", TARGETS)
def test_folders_depend_on_each_other_in_one_direction(target):
    graph = dependencies(SOURCES / target)
    ways = [
        " -> ".join(f"{folder.relative_to(SOURCES)}" for folder in way)
        + f" (by {', '.join(sorted(set().union(*(graph[one][two] for one, two in zip(way, way[1:])))))})"
        for way in circles(graph)
    ]
    assert ways == []


@pytest.mark.parametrize("target", TARGETS)
def test_no_folder_is_a_heap(target):
    folders = {file.parent for file in (SOURCES / target).rglob("*.swift")}
    full = {str(folder.relative_to(SOURCES)): len(list(folder.glob("*.swift"))) for folder in folders}
    assert {folder: count for folder, count in full.items() if count > MOST_FILES} == {}


def test_the_map_is_the_codes():
    """The table in Sources/README.md against what the files import."""
    text = (SOURCES / "README.md").read_text(encoding="utf-8")
    table = text[text.index("## Targets"):text.index("## How a tick flows")]
    rows = {}
    for names, sees in re.findall(r"^\| (`[^|]+) \|[^|]*\|([^|]*)\|$", table, re.MULTILINE):
        for name in re.findall(r"`(\w+)`", names):
            rows[name] = set(re.findall(r"`(\w+)`", sees)) & set(TARGETS)
    assert {name: sees for name, sees in rows.items() if name in TARGETS} == {target: seen(target) for target in TARGETS}


def test_circles_and_names_are_found():
    """So that nothing passes because nothing is found."""
    assert circles({1: {2}, 2: {3}, 3: {1}}) == [[1, 2, 3, 1]] and circles({1: {2, 3}, 2: {3}}) == []
    assert code('let a = "Run \\(Shop(id: "x")) Run" // Run\n/* Run */ let b = #"Run \\#(Item.a)"#') \
        == 'let a =  Shop(id: )  \n let b =  Item.a '
    graph = dependencies(SOURCES / "WebCore")
    pipeline = graph[SOURCES / "WebCore" / "Pipeline"]
    assert "ShopCache" in pipeline[SOURCES / "WebCore" / "Store"]
