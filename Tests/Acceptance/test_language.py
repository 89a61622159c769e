"""Both languages always: which is chosen, and that nothing is said in the other one."""

import re

import pytest
from commands import COMMANDS, LATER, build, words

HAN = re.compile(r"[\u4e00-\u9fff]")
# ASCII punctuation that follows a Chinese character, where it isn't part of a command or a form of words.
MIXED = re.compile(r"[\u4e00-\u9fff](?:[,;:!?](?=\s|$|[\u4e00-\u9fff])| ?\((?=[^)]*[\u4e00-\u9fff]))")

# ---------------------------------------------------------------------------------------------------------
# Which


@pytest.mark.parametrize(
    ("environment", "chinese"),
    [
        ({}, False),
        ({"LANG": "zh_CN.UTF-8"}, True), ({"LANG": "zh_TW"}, True), ({"LANG": "zh"}, True), ({"LANG": "zh-Hans"}, True),
        ({"LANG": "en_US.UTF-8"}, False), ({"LANG": "fr_FR.UTF-8"}, False), ({"LANG": "C"}, False),
        ({"LANG": ""}, False),
        ({"LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, True),
        ({"LC_MESSAGES": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, False),
        ({"LC_MESSAGES": "", "LANG": "zh_CN.UTF-8"}, True),
        ({"LC_ALL": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8", "LANG": "en_US.UTF-8"}, True),
        ({"LC_ALL": "C", "LC_MESSAGES": "zh_CN.UTF-8", "LANG": "zh_CN.UTF-8"}, False),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_CN.UTF-8"}, True),
        ({"LC_CTYPE": "zh_CN.UTF-8", "LANG": "C"}, False),
        ({"SWITCHLIST_LANG": "zh", "LC_ALL": "en_US.UTF-8"}, True),
        ({"SWITCHLIST_LANG": "en", "LC_ALL": "zh_CN.UTF-8"}, False),
        ({"SWITCHLIST_LANG": "", "LANG": "zh_CN.UTF-8"}, True),
    ], ids=str)
def test_the_environment_chooses(run, environment, chinese):
    result = run("--help", env={"LANG": None, **environment})
    assert bool(HAN.search(result.stdout)) == chinese


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form", [["--lang", "{}"], ["--lang={}"]], ids=str)
def test_the_option_wins(trial, language, form):
    other = {"zh": "en", "en": "zh"}[language]
    option = [word.format(language) for word in form]
    for arguments in (["status", "s-001", *option], ["status", *option, "s-001"]):
        text = trial(*arguments, env={"SWITCHLIST_LANG": other, "LC_ALL": "zh_CN.UTF-8"}).stdout
        assert ("随时可做" in text) == (language == "zh") and ("Free to do" in text) == (language == "en")


def test_errors_are_in_the_language_too(trial):
    assert HAN.search(trial("status", "nonsense", "--lang", "zh", status=2).stderr)
    assert not HAN.search(trial("status", "nonsense", "--lang", "en", status=2, lang="zh").stderr)


def test_the_last_option_counts_everywhere(trial):
    """Given twice, as an alias and its user may do, texts and titles agree."""
    text = trial("status", "s-001", "--lang", "en", "--lang", "zh").stdout
    assert ("随时可做" in text) == bool(re.search("进行中", text))


def test_an_argument_that_looks_like_the_option(trial):
    trial("note", "s-001", "free", "--", "--lang=zh")
    assert trial.items()["free"]["note"] == "--lang=zh"
    assert "pending" in trial("note", "s-001", "free", "--", "--lang=en", lang="en").stdout


# ---------------------------------------------------------------------------------------------------------
# Every command in both

# What is refused, or answered otherwise than by the usual result.
OTHERWISE = [
    ["status", "nobody"], ["status", "s-001", "--run", "7"], ["status", "s-002"], ["tick", "s-001", "nonsense"],
    ["tick", "s-001", "rebind-store"], ["tick", "s-001", "notify-customers", "--note", "x"],
    ["tick", "s-001", "back-up-data"], ["tick", "s-001", "back-up-data", "--proof", "missing"],
    ["tick", "s-001", "back-up-data", "--proof", "backup.zip"], ["tick", "s-001", "rotate-password"],
    ["tick", "s-001", "rotate-password", "--at", "2030-01-01"],
    ["tick", "s-001", "rotate-password", "--at", "2020-01-01"],
    ["tick", "s-001", "rotate-password", "--at", "x"], ["tick", "s-002", "rebind-store"],
    ["tick", "@shops.txt", "rotate-password", "--note", "x"], ["tick", "@missing.txt", "rotate-password"],
    ["confirm", "s-001", "rebuild-brand", "--as", "Mei"], ["confirm", "s-001", "rotate-password"],
    ["skip", "s-001", "rotate-password", "--reason", "x"], ["skip", "s-001", "rebind-store", "--reason", "x"],
    ["block", "s-001", "rebind-store", "--reason", "x"], ["unblock", "s-001", "rebind-store"],
    ["unblock", "s-001", "rotate-password"], ["untick", "s-001", "verify-products", "--reason", "x"],
    ["untick", "s-001", "rotate-password", "--reason", "x"], ["assign", "s-001", "back-up-data", "--to", " "],
    ["note", "s-001", "back-up-data", "x" * 20_000], ["note", "s-001", "back-up-data", "a\x07"],
    ["due", "s-001", "back-up-data", "--at", "soon", "--reason", "x"],
    ["start", "s-001"], ["start", "s-001", "--checklist", "nonsense"], ["start", "s-001", "--again"],
    ["start", "s-001", "--checklist", "douyin-after-switch"], ["start", "nobody"], ["start", "--all"],
    ["start", "s-002", "--switched-at", "2030-01-01T00:00"], ["stop", "s-002", "--reason", "x"],
    ["shop", "add", "a/b"], ["shop", "add", "s-001"], ["shop", "add", "x", "--time-zone", "Mars"],
    ["shop", "edit", "s-001"], ["shop", "edit", "s-001", "--name", "Morning"], ["shop", "list", "--format", "html"],
    ["shop", "import", "backup.zip"], ["shop", "import", "missing.csv"], ["history", "s-001", "--verify"],
    ["history", "s-001", "--verify", "--head", "0" * 64], ["overdue", "--within", "x"], ["overdue", "--within", "30d"],
    ["overdue", "--format", "nagios"], ["overdue", "--format", "nagios", "--within", "30d"],
    ["overdue", "--format", "nagios", "--store", "missing"], ["overdue", "--format", "prometheus"],
    ["report", "--by", "item"], ["report", "--by", "team"], ["report", "--by", "owner"], ["report", "--matrix"],
    ["report", "--state", "finished"], ["report", "--format", "markdown"], ["report", "--format", "html"],
    ["report", "--team", "nobody's"], ["export", "."], ["export", "copy.jsonl"], ["import", "backup.jsonl"],
    ["import", "backup.zip", "--store", "other.sqlite"], ["import", "missing"], ["lint", "missing"],
    ["lint", "broken.yaml"], ["checklists", "--checklists", "nowhere"], ["status", "s-001", "--store", "missing"],
    ["status", "s-001", "--store", "backup.zip"], ["status", "s-001", "--store", "postgres://x"],
    ["status", "s-001", "--now", "x"],
]
# They say nothing of their own, or only what the argument parser or another program's format prescribes.
SILENT = {"shop list", "export", "schema", "completions", "import"}
EVERYTHING = [words(command) for command in COMMANDS] + OTHERWISE


@pytest.mark.parametrize("arguments", EVERYTHING, ids=lambda arguments: " ".join(arguments)[:60])
def test_one_language_at_a_time(run, prepared, arguments):
    run.become(prepared(build))
    run.write("broken.yaml", "checklist: x\ntitel: y\n")
    results = {}
    for language in ["en", "zh"]:
        run.become(prepared(build))
        for leftover in ["copy.sqlite", "copy.jsonl", "new.sqlite", "restored.sqlite"]:
            (run.folder / leftover).unlink(missing_ok=True)
        results[language] = run(*arguments, lang=language, now=LATER, status=None)
    english, chinese = results["en"], results["zh"]
    assert english.status == chinese.status
    told = re.sub("晨光小店|李敏|茶香小店|〇〇", "", english.stdout + english.stderr)
    assert arguments[0] in ("export", "demo", "schema") or not HAN.search(told), f"Chinese among English\n{english}"
    text = chinese.stdout + chinese.stderr
    if " ".join(arguments) in SILENT or arguments[:2] == ["shop", "list"] or arguments == words("completions"):
        return
    assert not text or HAN.search(text), f"no word of Chinese\n{chinese}"
    if arguments[0] not in ("export", "import", "schema", "manual", "demo") and "html" not in arguments:
        assert not MIXED.search(text), f"ASCII punctuation in Chinese: {MIXED.search(text).group()!r}\n{chinese}"
