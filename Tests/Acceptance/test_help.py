"""Help, manual page and completions: complete, in both languages, and true."""

import functools
import os
import re
import subprocess

import pexpect
import pytest
from commands import COMMANDS, FORMATS, LATER, build
from program import PROGRAM, Program
from wcwidth import wcswidth

SHARED = ["--store", "--checklists", "--as", "--as-lead", "--now", "--lang", "--color", "--format"]
HEADING = {"en": "EXAMPLE:", "zh": "示例："}


@functools.cache
def page(name, language):
    """Read when tests are collected, so that each example is a test of its own."""
    done = subprocess.run(
        [PROGRAM, *name.split(), "--help"], capture_output=True, check=True,
        env={"PATH": os.environ["PATH"], "SWITCHLIST_LANG": language})
    return done.stdout.decode("utf-8")


@pytest.fixture(scope="session")
def pages():
    """Every command's page of help, by language."""
    return {language: {name: page(name, language) for name in ["", "shop", "switch", "store", *COMMANDS]}
            for language in ["en", "zh"]}


def examples(page, language):
    lines = page.split(HEADING[language], 1)[1].split("USAGE:", 1)[0].splitlines()
    return [line.strip() for line in lines if line.strip()]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_help_pages(pages, snapshot, language):
    text = "\n".join(
        f"=== switchlist {name} --help\n\n{page}".replace("  --help", " --help", 1)
        for name, page in pages[language].items())
    snapshot(f"help.{language}.txt", text)


def test_help_names_every_command(pages):
    for language in ["en", "zh"]:
        told = set(re.findall(r"^  ([a-z]+) {3,}", pages[language][""], re.MULTILINE))
        assert told == {name.split()[0] for name in COMMANDS}
        for group in ["shop", "switch", "store"]:
            told = set(re.findall(r"^  ([a-z]+) {3,}", pages[language][group], re.MULTILINE))
            assert told == {name.split()[1] for name in COMMANDS if name.startswith(f"{group} ")}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_describes_itself_in_both_languages(pages, command):
    english, chinese = pages["en"][command], pages["zh"][command]
    assert re.search(r"[\u4e00-\u9fff]", chinese.splitlines()[0])
    assert not re.search(r"[\u4e00-\u9fff]", english.replace("晨光小店", ""))
    for option in SHARED:
        for page in (english, chinese):
            assert re.search(rf"^  {option} ", page, re.MULTILINE), option
    for variable in ["SWITCHLIST_STORE", "SWITCHLIST_CHECKLISTS", "SWITCHLIST_ACTOR", "SWITCHLIST_NOW",
                     "SWITCHLIST_LANG", "NO_COLOR"]:
        assert variable in english and variable in chinese
    assert set(re.findall(r"^  (--[a-z-]+)", english, re.MULTILINE)) == set(
        re.findall(r"^  (--[a-z-]+)", chinese, re.MULTILINE))


@pytest.mark.parametrize("command", COMMANDS)
def test_descriptions_of_options_are_chinese(pages, command):
    """All but the two that the argument parser adds itself."""
    for line in re.findall(r"^  (--?[a-z][^\n]*(?:\n {20,}[^\n]*)*)", pages["zh"][command], re.MULTILINE):
        if not line.startswith(("--version", "-h, --help")):
            assert re.search(r"[\u4e00-\u9fff]", line), line


@pytest.mark.parametrize("command", FORMATS)
def test_formats_are_in_the_help(pages, command):
    told = re.search(r"^FORMATS: (.*)$", pages["en"][command], re.MULTILINE).group(1)
    assert told.split(", ") == FORMATS[command]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_help_fits_80_columns(pages, language):
    lines = {line for page in pages[language].values() for line in page.splitlines()
             if not line.startswith(("USAGE:", "  switchlist "))}
    assert [line for line in lines if wcswidth(line) > 80] == []


def test_ways_to_ask_for_help(run, pages):
    assert run("help", "tick").stdout == pages["en"]["tick"]
    assert run("help", "shop", "add").stdout == pages["en"]["shop add"]
    assert run("tick", "-h").stdout == pages["en"]["tick"]
    assert run("tick", "--help", "--lang", "zh").stdout == pages["zh"]["tick"]
    assert run("--help", "--lang", "zh").stdout == pages["zh"][""]
    assert run("help", lang="zh").stdout == pages["zh"][""]


# ---------------------------------------------------------------------------------------------------------
# Examples


EXAMPLES = [(command, example) for command in COMMANDS for example in examples(page(command, "en"), "en")]


def test_every_command_has_an_example(pages):
    assert {command for command, _ in EXAMPLES} == set(COMMANDS)
    for command in COMMANDS:
        told = examples(pages["en"][command], "en")
        assert all(line.startswith(f"switchlist {command}") for line in told), "an example of another command"
        assert [line.split('"')[0] for line in told] == [
            line.split('"')[0] for line in examples(pages["zh"][command], "zh")]


@pytest.mark.parametrize(("command", "example"), EXAMPLES, ids=[example for _, example in EXAMPLES])
def test_examples_work(run, prepared, command, example):
    run.become(prepared(build))
    (run.folder / "bin").mkdir()
    (run.folder / "bin" / "switchlist").symlink_to(PROGRAM)
    if command == "start":
        run("stop", "s-001", "--reason", "to begin anew", now=LATER)
    if command == "shop add":
        run.store.unlink()
    if command == "definitions pull":
        run("definitions", "push", now=LATER)
    if command in ("switch unbind", "switch abandon", "switch rebind"):
        run("switch", "plan", "s-001", "--to", "new-account", "--at", "2026-10-01", "--override", "--reason", "a trial",
            now=LATER)
    if command == "switch rebind":
        run("switch", "unbind", "s-001", "--at", "2026-10-10", now=LATER)
    if command == "shop bind":
        run.store.unlink()
        run("shop", "add", "s-001", now=LATER)
    environment = {**run.environment, "PATH": f"{run.folder}/bin:{os.environ['PATH']}", "SWITCHLIST_NOW": LATER}
    if command == "walk":
        child = pexpect.spawn(
            "bash", ["-c", example], env=environment, cwd=str(run.folder), encoding="utf-8", timeout=20)
        child.expect("uit: ")
        child.sendline("q")
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == 0
        return
    if command == "serve":
        # It goes on until it is told to stop.
        server = subprocess.Popen(
            ["bash", "-c", f"exec {example}"], cwd=run.folder, stderr=subprocess.PIPE, text=True,
            env={**environment, "SWITCHLIST_LANG": "en"})
        assert any("serving on http://127.0.0.1:8080/" in line for line in server.stderr)
        server.terminate()
        assert server.wait(15) == 0
        return
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", example], cwd=run.folder, env=environment, capture_output=True, check=False,
        input=b"47 wombats on parade\n")
    allowed = (0, 1) if command == "overdue" else (0,)
    assert done.returncode in allowed, (done.stdout + done.stderr).decode()


# ---------------------------------------------------------------------------------------------------------
# The manual page


@pytest.mark.parametrize("language", ["en", "zh"])
def test_manual_page(run, language):
    page = run("manual", lang=language)
    run.write("switchlist.1", page.out)
    done = subprocess.run(
        ["man", "--warnings", "--no-hyphenation", "-E", "UTF-8", "-l", "switchlist.1"], cwd=run.folder,
        env={**run.environment, "LC_ALL": "C.UTF-8", "MANWIDTH": "100"}, capture_output=True, check=True)
    assert done.stderr.decode() == ""
    text = re.sub(".\b", "", done.stdout.decode("utf-8"))
    assert text.startswith("SWITCHLIST(1)")
    for command in COMMANDS:
        assert re.search(rf"^ +{command}$", text, re.MULTILINE), command
    for word in ["SWITCHLIST_STORE", "$XDG_DATA_HOME/switchlist/switchlist.sqlite", "./checklists",
                 "$XDG_CONFIG_HOME/switchlist/checklists", "/usr/local/share/switchlist/checklists", "--within", "64"]:
        assert word in text, word


def test_manual_page_through_groff(run):
    page = run("manual", lang="zh")
    done = subprocess.run(["groff", "-man", "-ww", "-Kutf8", "-Tutf8"], input=page.out, capture_output=True, check=True)
    assert done.stderr.decode() == ""


# ---------------------------------------------------------------------------------------------------------
# Completions


@pytest.fixture(scope="module")
def scripts(tmp_path_factory):
    run = Program(tmp_path_factory.mktemp("completions"))
    return {shell: run.write(f"switchlist.{shell}", run("completions", shell).out) for shell in ["bash", "zsh", "fish"]}


def shell(*words):
    done = subprocess.run(
        words, capture_output=True, check=False,
        env={"PATH": f"{PROGRAM.parent}:{os.environ['PATH']}", "LANG": "C.UTF-8", "HOME": "/nonexistent"})
    assert done.returncode == 0 and done.stderr == b"", done.stderr.decode()
    return done.stdout.decode("utf-8")


@pytest.mark.parametrize("words", [["bash", "-n"], ["zsh", "-n"], ["fish", "--no-config", "--no-execute"]], ids=str)
def test_completions_parse(scripts, words):
    shell(*words, scripts[words[0]])


def bash_completions(script, line):
    words = line.split(" ")
    array = " ".join(f"'{word}'" for word in words)
    return shell("bash", "--norc", "-c", f"""
source {script}
COMP_WORDS=({array}); COMP_CWORD={len(words) - 1}; COMP_LINE='{line}'; COMP_POINT={len(line)}
function=$(complete -p switchlist | sed 's/.*-F \\([^ ]*\\).*/\\1/')
$function switchlist '{words[-1]}' '{words[-2]}' 2>/dev/null
printf '%s\\n' "${{COMPREPLY[@]}}"
""").split()


@pytest.mark.parametrize(
    ("line", "offered"),
    [("switchlist ti", "tick"), ("switchlist over", "overdue"), ("switchlist shop arch", "archive"),
     ("switchlist report --mat", "--matrix")])
def test_bash_completes(scripts, line, offered):
    assert offered in bash_completions(scripts["bash"], line)


@pytest.mark.parametrize(
    ("line", "offered"),
    [("switchlist ti", "tick"), ("switchlist over", "overdue"), ("switchlist shop arch", "archive"),
     ("switchlist report --mat", "--matrix"), ("switchlist report --by ", "team")])
def test_fish_completes(scripts, line, offered):
    told = shell("fish", "--no-config", "-c", f"source {scripts['fish']}; complete -C '{line}'")
    assert offered in [entry.split("\t")[0] for entry in told.splitlines()]


def test_zsh_takes_the_completions(scripts):
    shell("zsh", "-f", "-c", f"""
fpath=({scripts['zsh'].parent} $fpath)
cp {scripts['zsh']} {scripts['zsh'].parent}/_switchlist
autoload -Uz compinit && compinit -u -D && (( $+functions[_switchlist] ))
[[ ${{_comps[switchlist]}} == _switchlist ]]
""")


@pytest.mark.parametrize("name", ["csh", "", "BASH"])
def test_other_shells_are_wrong_usage(run, name):
    assert run("completions", name, status=64).out == b""
