"""What TAB does in bash, zsh and fish: the words of the program, files, and what the store holds."""

import os
import shlex
import subprocess

import pexpect
import pytest
from commands import LATER, build
from program import PROGRAM, Program

# Typed up to TAB, and the last word that there is then. Each can only mean one.
WORDS = {
    "overd": "overdue",
    "shop show s-001": "s-001",
    "status s-004": "s-004",
    "tick s-001 rotate-p": "rotate-password",
    "block s-001 verify": "verify-products",
    "tick @shops.t": "@shops.txt",
    "switch plan @pl": "@plan.txt",
    "lint lists/my-": "lists/my-list.yaml",
    "tick s-001 back-up-data --proof backup.z": "backup.zip",
    "shop import shops.c": "shops.csv",
    "import backup.j": "backup.jsonl",
    "store restore backup.s": "backup.sqlite",
    "overdue --team ea": "east",
    "overdue --owner Me": "Mei",
    "overdue --owner Zhang": "Zhang Wei",
    "assign s-001 verify-products --to Me": "Mei",
    "start s-002 --checklist douyin-af": "douyin-after-switch",
    "shop add s-9 --platform dou": "douyin",
    "user add Wu --role mer": "merchant",
    "token create t --scope me": "metrics",
    "user disable Zha": "Zhao",
    "report --format mark": "markdown",
    "overdue --format nag": "nagios",
    # `status` has no such format, and nothing else begins so.
    "status s-001 --format mark": "mark",
    "shop show 晨": "晨光",
}

# A shop's owner is text that others gave; no shell may run it.
HOSTILE = "$(touch ran)`touch ran`"


@pytest.fixture(scope="module")
def there(tmp_path_factory) -> Program:
    """A store and files, and a program that only notes with which words it was run, but for completing."""
    run = Program(tmp_path_factory.mktemp("completing"))
    build(run)
    run("shop", "add", "晨光", "--owner", "Zhang Wei", now=LATER)
    run("shop", "add", "hostile", "--owner", HOSTILE, now=LATER)
    run.write("lists/my-list.yaml", "")
    run.write("bin/switchlist", f"""\
#!/bin/sh
case "$1" in
---completion) exec {shlex.quote(str(PROGRAM))} "$@" ;;
*) printf '%s\\n' "$@" > ran-with.new && mv ran-with.new ran-with ;;
esac
""").chmod(0o755)
    for shell in ["bash", "zsh", "fish"]:
        run.write(f"completions/{'_switchlist' if shell == 'zsh' else shell}", run("completions", shell).out)
    run.environment.update(PATH=f"{run.folder}/bin:{os.environ['PATH']}", TERM="dumb")
    return run


class Shell:
    """A shell at a terminal."""

    def __init__(self, run: Program, words, setup):
        self.run = run
        self.child = pexpect.spawn(
            words[0], words[1:], env=run.environment, cwd=str(run.folder), encoding="utf-8", timeout=30,
            dimensions=(40, 400))
        self.child.delaybeforesend = None
        self.child.sendline(setup + "; echo re''ady")
        self.child.expect("ready")

    def completed(self, line: str) -> list[str]:
        """The words with which the program is run after TAB and Enter."""
        noted = self.run.folder / "ran-with"
        noted.unlink(missing_ok=True)
        self.child.send(f"switchlist {line}\t")
        # What is typed next is taken up when completing is over.
        self.child.sendline("; echo do''ne")
        self.child.expect("done")
        return noted.read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def bash(there):
    return Shell(there, ["bash", "--norc", "--noprofile"], "PS1='> '; source completions/bash")


@pytest.fixture(scope="module")
def zsh(there):
    return Shell(there, ["zsh", "-f"], "PS1='> '; unsetopt beep; fpath=($PWD/completions $fpath); autoload -Uz compinit && compinit -u -D")


@pytest.fixture(scope="module")
def fish(there):
    return Shell(there, ["fish", "--no-config"], "function fish_prompt; end; source completions/fish")


@pytest.mark.parametrize("line", WORDS)
def test_bash(bash, line):
    assert bash.completed(line)[-1] == WORDS[line]


@pytest.mark.parametrize("line", WORDS)
def test_zsh(zsh, line):
    assert zsh.completed(line)[-1] == WORDS[line]


@pytest.mark.parametrize("line", WORDS)
def test_fish(fish, line):
    assert fish.completed(line)[-1] == WORDS[line]


@pytest.mark.parametrize(("line", "last"), [
    ("status s-001 --format=js", "--format=json"), ("tick @lists/", "@lists/my-list.yaml"),
    ("due s-001 verify-products --at 2026-12-01T10:0", "2026-12-01T10:0"),
    ("tick @shops.txt rotate-p", "rotate-password")])
def test_bash_keeps_words_whole(bash, line, last):
    """It takes words apart at @, : and =, and they are put together again."""
    assert bash.completed(line)[-1] == last


def test_what_a_store_holds_is_not_run(there, bash):
    # It begins with a sign that would have the shell run the rest.
    bash.child.send("switchlist overdue --owner \t\t")
    bash.child.sendcontrol("c")
    # What is typed while the shell takes the interruption may be lost.
    bash.child.sendline()
    bash.child.sendline("echo re''ady")
    bash.child.expect("ready")
    assert not (there.folder / "ran").exists()
    told = ask(there, "bash", "overdue", "--", "--owner", words=["switchlist", "overdue", "--owner", ""])
    quoted = next(line for line in told.stdout.splitlines() if "touch" in line)
    echoed = subprocess.run(["bash", "-c", f"printf %s {quoted}"], capture_output=True, text=True, cwd=there.folder)
    assert echoed.stdout == HOSTILE and not (there.folder / "ran").exists()


def ask(run, shell, *argument, words, env=None, status=0):
    """As a shell's script asks: for which argument, which word of the line, how far in it, and the line."""
    return run("---completion", *argument, str(len(words) - 1), str(len(words[-1])), *words, status=status,
               env={"SAP_SHELL": shell, **(env or {})})


@pytest.mark.parametrize("store", ["missing", "broken"])
def test_failures_are_silent(there, store):
    there.write("broken", "no store")
    told = ask(there, "bash", "shop", "show", "--", "positional@0", words=["switchlist", "shop", "show", ""],
               env={"SWITCHLIST_STORE": str(there.folder / store)})
    assert (told.out.strip(), told.err) == (b"", b"")


def test_the_store_on_the_line_is_asked(there, run):
    run("shop", "add", "elsewhere")
    told = ask(there, "bash", "shop", "show", "--", "positional@0",
               words=["switchlist", "shop", "show", "--store", str(run.store), "else"])
    assert told.lines == ["elsewhere"]


def test_no_more_than_a_screen_holds_is_offered(run):
    run.write("many.csv", "id\n" + "".join(f"s-{number:04}\n" for number in range(1000)))
    run("shop", "import", "many.csv")
    told = ask(run, "fish", "shop", "show", "--", "positional@0", words=["switchlist", "shop", "show", ""])
    assert told.lines == [f"s-{number:04}" for number in range(200)]
