"""What Swift files declare and name, found without a compiler: enough to see which folder depends on which."""

import re
from functools import cache
from pathlib import Path

STRING = re.compile(r'(#*)("""|")')
DECLARATION = re.compile(
    r"^(?:@\w+(?:\([^)]*\))? +)*(?:(?:public|package|internal|final|indirect) +)*"
    r"(?:struct|class|enum|protocol|actor|typealias) +([A-Z]\w*)", re.MULTILINE)


def code(text: str) -> str:
    """Without comments and the texts of strings; what stands in interpolations stays."""
    kept: list[str] = []

    def plain(place: int, ends: bool) -> int:
        depth = 0
        while place < len(text):
            if text.startswith("//", place):
                place = text.find("\n", place)
                if place < 0:
                    return len(text)
            elif text.startswith("/*", place):
                place = text.index("*/", place) + 2
            elif match := STRING.match(text, place):
                place = string(match)
            else:
                sign = text[place]
                if ends and sign in "()":
                    depth += 1 if sign == "(" else -1
                    if depth < 0:
                        return place
                kept.append(sign)
                place += 1
        return place

    def string(match: re.Match) -> int:
        end, escape = match.group(2) + match.group(1), "\\" + match.group(1)
        place = match.end()
        while not text.startswith(end, place):
            if text.startswith(escape + "(", place):
                kept.append(" ")
                place = plain(place + len(escape) + 1, True) + 1
                kept.append(" ")
            else:
                place += len(escape) + 1 if text.startswith(escape, place) else 1
        return place + len(end)

    plain(0, False)
    return "".join(kept)


@cache
def source(file: Path) -> str:
    return code(file.read_text(encoding="utf-8"))


def declared(file: Path) -> set[str]:
    """Types that other files can name: those at the file's top that aren't private."""
    return set(DECLARATION.findall(source(file)))


def named(file: Path) -> set[str]:
    """Every word that may be a type."""
    return set(re.findall(r"\b[A-Z]\w*", source(file)))


def imports(file: Path) -> set[str]:
    return set(re.findall(r"^(?:@testable )?import (\w+)", source(file), re.MULTILINE))


def dependencies(target: Path) -> dict[Path, dict[Path, set[str]]]:
    """Of a target's folders: which types of which other folders each names."""
    files = sorted(target.rglob("*.swift"))
    home: dict[str, Path] = {}
    for file in files:
        for name in declared(file):
            home[name] = file.parent
    found: dict[Path, dict[Path, set[str]]] = {file.parent: {} for file in files}
    for file in files:
        for name in named(file) & home.keys():
            if home[name] != file.parent:
                found[file.parent].setdefault(home[name], set()).add(name)
    return found


def circles(graph: dict) -> list[list]:
    """Ways that lead back to where they began, one for each that a search runs into."""
    found: list[list] = []
    done: set = set()

    def visit(node, way: list) -> None:
        if node in way:
            found.append([*way[way.index(node):], node])
        elif node not in done:
            for following in graph.get(node, ()):
                visit(following, [*way, node])
            done.add(node)

    for node in graph:
        visit(node, [])
    return found
