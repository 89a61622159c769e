"""What a service manager is told of a server (sd_notify), and what signals do to one."""

import json
import os
import re
import signal
import socket
import subprocess

import pytest
from program import PROGRAM


class Listener:
    """A service manager's socket."""

    def __init__(self, name: str):
        self.name = name
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind("\0" + name[1:] if name.startswith("@") else name)
        self.socket.settimeout(30)

    def heard(self) -> dict[str, str]:
        return dict(line.split("=", 1) for line in self.socket.recv(4096).decode().splitlines())


@pytest.fixture
def serve(run):
    """Starts a server and waits for nothing; it is ended with the test."""
    run("shop", "add", "s-1")
    started = []

    def start(*options, env=None, preexec=None) -> subprocess.Popen:
        server = subprocess.Popen(
            [PROGRAM, "serve", "--listen", "127.0.0.1:0", *options], env=run.surroundings(None, "en", None, env),
            cwd=run.folder, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, preexec_fn=preexec)
        started.append(server)
        return server

    yield start
    for server in started:
        server.kill()
        server.wait()
        server.stderr.close()


def address(server) -> str:
    for line in server.stderr:
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        if found:
            return found[1]
    raise AssertionError("it doesn't serve")


@pytest.mark.parametrize("kind", ["path", "abstract"])
def test_it_says_when_it_is_ready_and_when_it_stops(serve, tmp_path, kind):
    listener = Listener(str(tmp_path / "notify") if kind == "path" else f"@switchlist-{os.getpid()}")
    server = serve(env={"NOTIFY_SOCKET": listener.name})
    heard = listener.heard()
    assert heard["READY"] == "1"
    port = re.search(r"http://127\.0\.0\.1:(\d+)/", heard["STATUS"])[1]
    # It listens by then: the connection isn't refused.
    socket.create_connection(("127.0.0.1", int(port)), timeout=30).close()
    assert "local/" not in heard["STATUS"], "a secret where others read it"
    server.send_signal(signal.SIGTERM)
    assert listener.heard()["STOPPING"] == "1"
    assert server.wait(30) == 0


@pytest.mark.parametrize("name", ["", "nothing", "/nowhere/notify", "@" + "x" * 200, "/" + "x" * 200])
def test_nobody_who_wants_to_know_is_no_fault(serve, name):
    server = serve(env={"NOTIFY_SOCKET": name})
    address(server)
    server.send_signal(signal.SIGTERM)
    assert server.wait(30) == 0


def test_the_end_of_its_terminal_stops_it_in_order(serve):
    server = serve()
    address(server)
    server.send_signal(signal.SIGHUP)
    assert server.wait(30) == 0


def test_one_that_was_started_to_outlive_its_terminal_does(serve):
    server = serve(preexec=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    port = address(server)
    server.send_signal(signal.SIGHUP)
    socket.create_connection(("127.0.0.1", int(port)), timeout=30).close()
    assert server.poll() is None
    server.send_signal(signal.SIGTERM)
    assert server.wait(30) == 0


def test_its_log_is_json_alone(serve, run):
    run.store.chmod(0o644)
    server = serve("--log-level", "debug")
    entries = []
    for line in server.stderr:
        entries.append(json.loads(line))
        if "serving on" in entries[-1]["message"]:
            break
    assert {"at", "level", "message"} <= set(entries[0])
    assert [entry["level"] for entry in entries if "chmod 600" in entry["message"]] == ["warning"]
    server.send_signal(signal.SIGTERM)
    for line in server.stderr:
        json.loads(line)
    assert server.wait(30) == 0


@pytest.mark.parametrize(("lang", "words"), [("en", "another program uses that port"), ("zh", "该端口已被其他程序占用")])
@pytest.mark.parametrize("option", ["--listen", "--metrics-listen"])
def test_a_taken_port_is_said_in_words(run, lang, words, option):
    run("shop", "add", "s-1")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        options = ["--listen", "127.0.0.1:0"] if option == "--metrics-listen" else []
        said = run("serve", *options, option, place, status=2, lang=lang).stderr.splitlines()[-1]
    assert said.startswith("error: ") and words in said and place in said and f"{option}" in said
    assert "errno" not in said


def test_an_address_of_another_machine_is_said_in_words(run):
    run("shop", "add", "s-1")
    run("user", "add", "Li", "--role", "admin", stdin="a long password 47\n")
    said = run("serve", "--listen", "192.0.2.1:8080", status=2, lang="en").stderr.splitlines()[-1]
    assert "this machine has no such address" in said


@pytest.mark.parametrize(("arguments", "lang", "words"), [
    (["demo"], "en", "another demo is serving its pages"),
    (["demo", "--serve", "--listen", "127.0.0.1:0"], "zh", "另一个演示正在提供网页")])
def test_a_demo_beside_one_that_serves_says_so(shipped, arguments, lang, words):
    server = subprocess.Popen(
        [PROGRAM, "demo", "--serve", "--listen", "127.0.0.1:0"], env=shipped.surroundings(None, "en", None, None),
        cwd=shipped.folder, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    try:
        address(server)
        said = shipped(*arguments, status=2, lang=lang).stderr
        assert words in said and str(server.pid) in said
    finally:
        server.terminate()
        assert server.wait(30) == 0
        server.stderr.close()
    shipped("demo")
