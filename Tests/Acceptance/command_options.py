"""The options of every command, as the program itself tells them."""

import json
import subprocess

from program import PROGRAM


def commands_of(folder):
    text = subprocess.run([str(PROGRAM), "--experimental-dump-help"], capture_output=True, cwd=folder, check=False).stdout
    return json.loads(text)["command"]


def walk(command, path=()):
    subcommands = [entry for entry in command.get("subcommands", []) if entry["commandName"] != "help"]
    if path and not subcommands:
        yield " ".join(path), command
    for entry in subcommands:
        yield from walk(entry, (*path, entry["commandName"]))


def names(argument):
    return {f"--{name['name']}" for name in argument.get("names", []) if name["kind"] == "long"}


def options_of(folder, kind="option"):
    """Of each command, the names of its options that take a value."""
    found = {}
    for path, command in walk(commands_of(folder)):
        found[path] = set().union(*(names(entry) for entry in command.get("arguments", []) if entry["kind"] == kind))
    return found
