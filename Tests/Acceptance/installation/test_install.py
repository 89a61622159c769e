"""The README's lines install the program into a folder, and another user works with it from elsewhere."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]
NOBODY = 65534


def lines_of(heading: str) -> list[str]:
    """The lines of the first block of shell under a heading of the README."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(rf"^## {heading}\n.*?^```sh\n(.*?)^```", text, re.S | re.M)
    assert block, f"the README has no block of shell under '{heading}'"
    return block.group(1).splitlines()


@pytest.fixture(scope="module")
def prefix():
    """A folder into which the README's lines installed the program."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="switchlist-installed-"))
    folder.chmod(0o755)
    lines = lines_of("Install it")
    assert len(lines) == 3
    for line in lines:
        done = subprocess.run(
            ["bash", "-ec", line], cwd=ROOT, env={**os.environ, "PREFIX": str(folder)},
            capture_output=True, text=True, timeout=3600)
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    yield folder
    shutil.rmtree(folder)


def as_another_user(prefix, home, *command):
    """Runs a command as nobody, from that user's own folder, with nothing of the checkout in reach."""
    who = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    return subprocess.run(
        [*who, *command], cwd=home, capture_output=True, text=True,
        env={"HOME": str(home), "PATH": f"{prefix}/bin:/usr/bin:/bin", "LANG": "C.UTF-8"})


@pytest.fixture
def home():
    """A folder of that user's."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="switchlist-home-"))
    os.chown(folder, NOBODY, NOBODY)
    yield folder
    shutil.rmtree(folder)


def test_another_user_works_with_it_from_elsewhere(prefix, home):
    run = lambda *words: as_another_user(prefix, home, "switchlist", *words)
    assert run("shop", "add", "s-001", "--platform", "douyin").returncode == 0
    started = run("start", "s-001")
    assert started.returncode == 0, started.stderr
    ticked = run("tick", "s-001", "rebind-store", "--note", "shows the new account")
    assert ticked.returncode == 0, ticked.stderr
    status = run("status", "s-001", "--lang", "zh")
    assert "重新绑定店铺" in status.stdout
    assert (home / ".local/share/switchlist/switchlist.sqlite").exists()


def test_the_demo_runs_there(prefix, home):
    demo = as_another_user(prefix, home, "switchlist", "demo")
    assert demo.returncode == 0, demo.stderr
    assert "rotate-password" in demo.stdout


def test_the_program_needs_no_swift_libraries(prefix):
    needed = subprocess.run(["ldd", f"{prefix}/bin/switchlist"], capture_output=True, text=True).stdout
    assert "libswift" not in needed and "libFoundation" not in needed
    assert "libyaml" in needed and "libsqlite3" in needed


def test_the_manual_page_and_the_completions_are_there(prefix, home):
    manual = as_another_user(
        prefix, home, "man", "--warnings", "-l", f"{prefix}/share/man/man1/switchlist.1")
    assert manual.returncode == 0 and manual.stderr == ""
    assert "rebind-store" in manual.stdout
    checks = {
        "bash": ["bash", "-n", f"{prefix}/share/bash-completion/completions/switchlist"],
        "zsh": ["zsh", "-n", f"{prefix}/share/zsh/site-functions/_switchlist"],
        "fish": ["fish", "-n", f"{prefix}/share/fish/vendor_completions.d/switchlist.fish"],
    }
    for shell, command in checks.items():
        done = as_another_user(prefix, home, *command)
        assert done.returncode == 0, f"{shell}: {done.stderr}"
