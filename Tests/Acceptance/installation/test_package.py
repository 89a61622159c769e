"""The Debian package: installed on a fresh Debian, worked with there, removed and purged again."""

import json
import re
import subprocess
import urllib.request

import pytest
from machines import ENGLISH, succeed

STORE = "/var/lib/switchlist/switchlist.sqlite"


@pytest.fixture(scope="module")
def installed(machine, package):
    """The package installed, with what was there before."""
    machine.before = machine.files()
    machine.accounts = (machine.root / "etc/passwd").read_text()
    succeed("cp", package, machine.root / "tmp/switchlist.deb")
    machine("apt-get", "install", "-y", "-o", "Dpkg::Use-Pty=0", "/tmp/switchlist.deb")
    (machine.root / "tmp/switchlist.deb").unlink()
    return machine


def switchlist(machine, *words, status=0):
    return machine("switchlist", *words, "--store", STORE, status=status, user="switchlist")


def test_lintian_finds_no_error(package):
    done = subprocess.run(
        ["lintian", "--fail-on", "error", "--tag-display-limit", "0", package], capture_output=True, text=True,
        env=ENGLISH, timeout=600)
    assert done.returncode == 0 and "E: " not in done.stdout, done.stdout + done.stderr


def test_what_is_installed(installed):
    held = installed("dpkg", "-L", "switchlist").stdout.splitlines()
    for path in [
        "/usr/bin/switchlist", "/usr/share/switchlist/checklists/douyin-after-switch.yaml",
        "/usr/share/switchlist/checklists/calendars/cn.yaml", "/usr/share/switchlist/checklists/platforms/douyin.yaml",
        "/usr/share/bash-completion/completions/switchlist", "/usr/share/zsh/vendor-completions/_switchlist",
        "/usr/share/fish/vendor_completions.d/switchlist.fish", "/usr/share/man/man1/switchlist.1.gz",
        "/usr/share/man/zh_CN/man1/switchlist.1.gz", "/usr/share/doc/switchlist/copyright",
        "/usr/share/doc/switchlist/changelog.gz", "/usr/share/doc/switchlist/examples/nginx.conf",
        "/usr/share/doc/switchlist/examples/Caddyfile", "/lib/systemd/system/switchlist.service",
        "/etc/default/switchlist",
    ]:
        assert path in held, path
        assert (installed.root / path[1:]).stat().st_uid == 0
    state = installed.root / "var/lib/switchlist"
    user = re.search(r"^switchlist:x:(\d+):(\d+):.*:/var/lib/switchlist:", (installed.root / "etc/passwd").read_text(), re.M)
    assert user, "the service has no user of its own"
    assert (state.stat().st_mode & 0o777, state.stat().st_uid) == (0o700, int(user[1]))
    assert installed("dpkg", "--verify", "switchlist").stdout == ""


def test_nothing_is_enabled_or_started(installed):
    enabled = [path for path in installed.files() if path.endswith(".wants/switchlist.service")]
    assert enabled == []


def test_the_main_job(installed):
    switchlist(installed, "shop", "add", "s-001", "--platform", "douyin", "--time-zone", "Asia/Shanghai")
    switchlist(installed, "start", "s-001", "--switched-at", "2026-11-01T10:00")
    switchlist(installed, "tick", "s-001", "rebind-store", "--note", "the store page shows the new account")
    late = switchlist(installed, "overdue", status=1).stdout
    assert "handle-pending-orders" in late and "rebind-store" not in late
    assert "重新绑定店铺" in switchlist(installed, "status", "s-001", "--lang", "zh").stdout
    switchlist(installed, "store", "backup", "/var/lib/switchlist/backup.sqlite")
    assert "is sound" in switchlist(installed, "store", "check").stdout


def test_it_serves(installed):
    if not (installed.root / STORE[1:]).exists():
        switchlist(installed, "shop", "add", "s-001")
    server = subprocess.Popen(
        **installed.command("switchlist", "serve", "--listen", "127.0.0.1:0", "--store", STORE, user="switchlist"),
        stderr=subprocess.PIPE)
    try:
        for line in server.stderr:
            told = json.loads(line)
            found = re.search(r"http://127\.0\.0\.1:\d+", told["message"])
            if found:
                break
        with urllib.request.urlopen(f"{found[0]}/healthz", timeout=30) as answer:
            assert answer.status == 200
    finally:
        server.terminate()
        assert server.wait(30) == 0
        server.stderr.close()


def test_the_unit(installed):
    """systemd takes it as it is, with the program that it names."""
    unit = installed.root / "lib/systemd/system/switchlist.service"
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", f"--root={installed.root}", "switchlist.service"],
        capture_output=True, text=True, env=ENGLISH)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), done.stdout + done.stderr
    # In tenths: 20 is "OK", an unconfined service has 96.
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=15", "--no-pager", unit],
        capture_output=True, text=True, env=ENGLISH)
    assert done.returncode == 0, done.stdout


def test_the_unit_uses_options_and_folders_that_are_there(installed):
    unit = (installed.root / "lib/systemd/system/switchlist.service").read_text()
    settings = (installed.root / "etc/default/switchlist").read_text()
    options = re.findall(r"--[a-z-]+", settings)
    told = installed("switchlist", "serve", "--help").stdout
    assert options and all(f"  {option} " in told for option in options)
    assert f"SWITCHLIST_STORE={STORE}" in unit
    assert (installed.root / "usr/share/switchlist/checklists").is_dir()


# The last ones: nothing is installed after them.


def test_an_upgrade_keeps_store_and_settings(installed, package):
    settings = installed.root / "etc/default/switchlist"
    settings.write_text("SWITCHLIST_SERVE=--listen 127.0.0.1:9000\n")
    before = switchlist(installed, "store", "status", "--format", "json").stdout
    succeed("cp", package, installed.root / "tmp/switchlist.deb")
    installed("dpkg", "-i", "/tmp/switchlist.deb")
    (installed.root / "tmp/switchlist.deb").unlink()
    assert switchlist(installed, "store", "status", "--format", "json").stdout == before
    assert "9000" in settings.read_text()


def test_removing_keeps_the_store_and_purging_leaves_nothing(installed):
    installed("dpkg", "--remove", "switchlist")
    assert (installed.root / STORE[1:]).exists()
    assert not (installed.root / "usr/bin/switchlist").exists()
    assert not (installed.root / "lib/systemd/system/switchlist.service").exists()
    installed("dpkg", "--purge", "switchlist")
    assert not (installed.root / "var/lib/switchlist").exists()
    # Backups of the list of accounts are the system's own.
    left = installed.files() - installed.before - {f"/etc/{name}-" for name in ("passwd", "group", "shadow", "gshadow")}
    assert left == set()
    assert (installed.root / "etc/passwd").read_text() == installed.accounts


