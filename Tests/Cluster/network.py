"""Machines of their own, as far as their network goes: a namespace each, joined by a bridge."""

import ctypes
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

NEW_NETWORK = 0x40000000
PREFIX = "10.77.0"


def ip(*words):
    subprocess.run(["ip", *words], check=True)


class Network:
    """Its bridge is in a namespace that this process moves into, so that the machine's own network stays as it is."""

    def __init__(self, machines: int):
        if ctypes.CDLL(None, use_errno=True).unshare(NEW_NETWORK) != 0:
            raise OSError(ctypes.get_errno(), "no network namespace; this needs root")
        ip("link", "set", "lo", "up")
        ip("link", "add", "hub", "type", "bridge")
        ip("address", "add", f"{PREFIX}.254/24", "dev", "hub")
        ip("link", "set", "hub", "up")
        self.machines = [Machine(number) for number in range(1, machines + 1)]

    def close(self):
        for machine in self.machines:
            machine.close()


class Machine:
    """One namespace, and the processes in it, which all end with its first one, and that one with this process."""

    def __init__(self, number: int):
        self.address = f"{PREFIX}.{number}"
        # It takes in what others leave behind, and says so when it is there.
        self.keeper = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", "unshare", "--net", "--pid", "--fork", "--kill-child", "--mount-proc",
             "sh", "-c", "echo; while :; do sleep 60 & wait; done"], stdout=subprocess.PIPE)
        self.keeper.stdout.readline()
        keeper = self.keeper.pid
        self.first = int(Path(f"/proc/{keeper}/task/{keeper}/children").read_text())
        port = f"port{number}"
        ip("link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", str(self.first))
        ip("link", "set", port, "master", "hub", "up")
        self.run("ip", "link", "set", "lo", "up")
        self.run("ip", "address", "add", f"{self.address}/24", "dev", "eth0")
        self.run("ip", "link", "set", "eth0", "up")

    @property
    def _entering(self) -> list[str]:
        return ["nsenter", f"--target={self.first}", "--net", "--pid", "--mount"]

    def run(self, *words):
        subprocess.run([*self._entering, *words], check=True)

    def start(self, *words, log: Path) -> subprocess.Popen:
        with log.open("ab") as output:
            return subprocess.Popen(
                [*self._entering, *map(str, words)], stdin=subprocess.DEVNULL, stdout=output, stderr=output)

    def cut(self):
        """Nothing comes in or gets out any more, and nobody is told."""
        for chain, way in (("INPUT", "-i"), ("OUTPUT", "-o")):
            self.run("iptables", "-w", "-A", chain, "!", way, "lo", "-j", "DROP")

    def join(self):
        self.run("iptables", "-w", "-F")

    def kill(self, *names: str):
        """Every process of these names, and those that they start meanwhile."""
        while found := [number for number in self._processes() if name_of(number) in names]:
            for number in found:
                with suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)

    def _processes(self) -> Iterator[int]:
        here = os.readlink(f"/proc/{self.first}/ns/net")
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if os.readlink(folder / "ns/net") == here:
                    yield int(folder.name)

    def close(self):
        self.keeper.kill()
        self.keeper.wait()
        self.keeper.stdout.close()


def name_of(process: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{process}/comm").read_text().strip()
    return ""
