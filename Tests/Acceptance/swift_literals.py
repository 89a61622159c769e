"""The string literals of Swift files, and what stands around each, found without a compiler."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

QUOTE = re.compile(r'(#*)("""|")')
WORD = re.compile(r"[^\W\d]\w*|\d[\w.]*")
CLOSING = {"(": ")", "[": "]", "{": "}"}
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}


@dataclass
class Word:
    """A name, a number, or a sign."""
    text: str
    line: int


@dataclass
class Group:
    """What stands between two brackets."""
    sign: str
    line: int
    nodes: list[Node] = field(default_factory=list)

    def arguments(self) -> list[tuple[str | None, list[Node]]]:
        """What commas separate, each with its label."""
        parts: list[list[Node]] = [[]]
        for node in self.nodes:
            if isinstance(node, Word) and node.text == ",":
                parts.append([])
            else:
                parts[-1].append(node)
        found = []
        for part in filter(None, parts):
            isLabelled = len(part) > 1 and is_word(part[1], ":") and isinstance(part[0], Word)
            found.append((part[0].text, part[2:]) if isLabelled else (None, part))
        return found


@dataclass
class Literal:
    line: int
    """Texts, and between them what is put in."""
    pieces: list[str | list[Node]]

    @property
    def text(self) -> str:
        """With \uFFFC for what is put in."""
        return "".join(piece if isinstance(piece, str) else "\uFFFC" for piece in self.pieces)

    @property
    def interpolations(self) -> list[list[Node]]:
        return [piece for piece in self.pieces if not isinstance(piece, str)]


Node = Word | Group | Literal


def is_word(node: Node | None, *texts: str) -> bool:
    return isinstance(node, Word) and node.text in texts


class Reader:
    """Reads Swift; what differs in other languages is apart."""
    quote = QUOTE
    slash = None

    def __init__(self, text: str) -> None:
        self.text, self.place, self.line = text, 0, 1

    def skip(self, count: int) -> None:
        self.line += self.text.count("\n", self.place, self.place + count)
        self.place += count

    def nodes(self, closing: str | None) -> list[Node]:
        found: list[Node] = []
        text = self.text
        while self.place < len(text):
            sign = text[self.place]
            if text.startswith("//", self.place):
                end = text.find("\n", self.place)
                self.skip((end if end >= 0 else len(text)) - self.place)
            elif text.startswith("/*", self.place):
                self.skip(text.index("*/", self.place) + 2 - self.place)
            elif match := self.quote.match(text, self.place):
                found.append(self.literal(match))
            elif self.slash and (match := self.slash.match(text, self.place)) and self.begins(found):
                self.skip(len(match.group()))
            elif match := WORD.match(text, self.place):
                found.append(Word(match.group(), self.line))
                self.skip(len(match.group()))
            elif sign in CLOSING:
                group = Group(sign, self.line)
                self.skip(1)
                group.nodes = self.nodes(CLOSING[sign])
                found.append(group)
            elif sign in ")]}":
                assert sign == closing, f"line {self.line}: {sign} instead of {closing}"
                self.skip(1)
                return found
            else:
                if not sign.isspace():
                    found.append(Word(sign, self.line))
                self.skip(1)
        assert closing is None, f"no {closing}"
        return found

    def put(self, match: re.Match) -> tuple[str, str]:
        """What stands around something that is put into a text."""
        return "\\" + match.group(1) + "(", ")"

    def escaped(self) -> str:
        """What stands behind a backslash."""
        sign = self.text[self.place]
        self.skip(1)
        if sign != "u":
            return "" if sign == "\n" else ESCAPES.get(sign, sign)
        number = re.compile(r"\{?([0-9A-Fa-f]+)\}?").match(self.text, self.place)
        self.skip(len(number.group()))
        return chr(int(number.group(1), 16))

    @staticmethod
    def begins(found: list[Node]) -> bool:
        """Whether a slash can't be a division."""
        return not found or isinstance(found[-1], Word) and (
            not WORD.fullmatch(found[-1].text) or found[-1].text == "return")

    def literal(self, match: re.Match) -> Literal:
        end, escape = match.group(2) + match.group(1), "\\" + match.group(1)
        opening, closing = self.put(match)
        literal, text = Literal(self.line, [""]), self.text
        self.skip(len(match.group()))
        while not text.startswith(end, self.place):
            assert self.place < len(text), f"line {literal.line}: a text without an end"
            if text.startswith(opening, self.place):
                self.skip(len(opening))
                literal.pieces += [self.nodes(closing), ""]
            elif text.startswith(escape, self.place):
                self.skip(len(escape))
                literal.pieces[-1] += self.escaped()
            else:
                literal.pieces[-1] += text[self.place]
                self.skip(1)
        self.skip(len(end))
        literal.pieces = [piece for piece in literal.pieces if piece != ""]
        return literal


@cache
def tree(file: Path) -> list[Node]:
    return Reader(file.read_text(encoding="utf-8")).nodes(None)


@dataclass
class Step:
    """One step outwards from a literal: the nodes that it is among, or that what holds it is among."""
    nodes: list[Node]
    place: int
    """The bracket that the nodes are an argument in, and the name before it; None in an interpolation."""
    group: Group | None = None
    index: int = 0
    label: str | None = None
    callee: str = ""


def walk(nodes: list[Node], steps: tuple[Step, ...] = (), **around) -> Iterator[tuple[Literal, tuple[Step, ...]]]:
    """Every literal, in any depth and in interpolations too, with the steps outwards, the nearest first."""
    for place, node in enumerate(nodes):
        way = (Step(nodes, place, **around), *steps)
        if isinstance(node, Group):
            before = nodes[place - 1] if place else None
            callee = before.text if isinstance(before, Word) else ""
            for index, (label, part) in enumerate(node.arguments()):
                yield from walk(part, way, group=node, index=index, label=label, callee=callee)
        elif isinstance(node, Literal):
            yield node, way
            for put in node.interpolations:
                yield from walk(put, way)
