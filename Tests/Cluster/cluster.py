"""PostgreSQL on three machines, of which Patroni makes one the leader; what it agrees on is in etcd."""

import http.client
import json
import shutil
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from network import Machine, Network
from pair import AS_SERVER, BINARIES

# How long the leader's word holds, in seconds: so long at the least it takes until another one is promoted.
LEASE = 15
# A bound of what hangs.
PATIENCE = 300


class Member:
    """A machine with etcd, Patroni and the PostgreSQL server that Patroni starts."""

    def __init__(self, folder: Path, machine: Machine, machines: list[Machine]):
        self.machine, self.folder = machine, folder
        self.name = folder.name
        folder.mkdir()
        if AS_SERVER:
            shutil.chown(folder, "postgres")
        (folder / "patroni.yml").write_text(json.dumps(self._settings(machines)), encoding="utf-8")

    def _settings(self, machines) -> dict:
        address = self.machine.address
        return {
            "scope": "shops", "name": self.name,
            "restapi": {"listen": f"{address}:8008", "connect_address": f"{address}:8008"},
            "etcd3": {"hosts": [f"{machine.address}:2379" for machine in machines]},
            "bootstrap": {
                "dcs": {
                    "ttl": LEASE, "loop_wait": 2, "retry_timeout": 5, "synchronous_mode": True,
                    # Without it a leader that has nobody to follow it acknowledges what it alone has.
                    "synchronous_mode_strict": True,
                    "postgresql": {
                        "use_pg_rewind": True,
                        # Processes are killed here, not the machine that they run on.
                        "parameters": {"fsync": "off", "max_connections": 100, "wal_keep_size": "1GB"}}},
                "initdb": [{"encoding": "UTF8"}, {"locale": "C.UTF-8"}, {"auth": "trust"}, "no-sync"]},
            "postgresql": {
                "listen": f"{address}:5432", "connect_address": f"{address}:5432",
                "data_dir": str(self.folder / "data"), "bin_dir": str(BINARIES),
                "pgpass": str(self.folder / "pgpass"),
                "authentication": {"superuser": {"username": "switchlist"}, "replication": {"username": "standby"}},
                "pg_hba": ["local all all trust", "host all all 0.0.0.0/0 trust",
                           "host replication all 0.0.0.0/0 trust"],
                "parameters": {"unix_socket_directories": str(self.folder)}}}

    def start_etcd(self, members: list["Member"]):
        address = self.machine.address
        self.machine.start(
            *AS_SERVER, "etcd", "--name", self.name, "--data-dir", self.folder / "etcd", "--unsafe-no-fsync",
            "--listen-client-urls", f"http://{address}:2379", "--advertise-client-urls", f"http://{address}:2379",
            "--listen-peer-urls", f"http://{address}:2380", "--initial-advertise-peer-urls", f"http://{address}:2380",
            "--initial-cluster",
            ",".join(f"{member.name}=http://{member.machine.address}:2380" for member in members),
            log=self.folder / "etcd.log")

    def start_patroni(self):
        self.machine.start(
            *AS_SERVER, "patroni", self.folder / "patroni.yml", log=self.folder / "patroni.log")

    def kill(self):
        """Patroni and the server with all of its processes, as they are."""
        self.machine.kill("patroni", "postgres")

    def leads(self) -> list[dict] | None:
        """Who follows it, as its server tells, where Patroni says that it is the leader."""
        connection = http.client.HTTPConnection(self.machine.address, 8008, timeout=1)
        try:
            connection.request("GET", "/primary")
            answer = connection.getresponse()
            told = json.loads(answer.read())
            return told.get("replication", []) if answer.status == 200 else None
        except (OSError, ValueError, http.client.HTTPException):
            return None
        finally:
            connection.close()


class Cluster:
    """Three members. A commit waits until one of the two others has it."""

    def __init__(self, network: Network):
        # A socket's path may have 107 bytes.
        self.folder = Path(f"/tmp/switchlist-cluster.{uuid.uuid4().hex[:8]}")
        self.folder.mkdir()
        self.members = [
            Member(self.folder / f"member{number}", machine, network.machines)
            for number, machine in enumerate(network.machines, 1)]

    def start(self):
        for member in self.members:
            member.start_etcd(self.members)
        for member in self.members:
            member.start_patroni()
        self.wait_until_whole()

    @property
    def address(self) -> str:
        hosts = ",".join(member.machine.address for member in self.members)
        return f"postgres://switchlist@{hosts}/postgres"

    def wait_for_leader(self, among: list[Member]) -> Member:
        return self._wait_for(lambda member: member.leads() is not None, among, "another leader")

    def wait_until_followed(self, leader: Member):
        """Until it has somebody who keeps what it commits: before that it commits nothing."""
        self._wait_for(
            lambda member: any(each["sync_state"] == "sync" for each in member.leads() or []), [leader],
            "a synchronous standby")

    def wait_until_whole(self) -> Member:
        """Until commits wait for one of two followers; gives the leader."""
        def is_followed(member: Member) -> bool:
            states = [(each["state"], each["sync_state"]) for each in member.leads() or []]
            return sorted(states) == [("streaming", "async"), ("streaming", "sync")]

        return self._wait_for(is_followed, self.members, "a leader with two followers")

    def _wait_for(self, condition: Callable[[Member], bool], among: list[Member], what: str) -> Member:
        until = time.monotonic() + PATIENCE
        while not (found := next(filter(condition, among), None)):
            assert time.monotonic() < until, f"{what}: not within {PATIENCE} s\n{self._told()}"
            time.sleep(0.1)
        return found

    def _told(self) -> str:
        """What the members said last."""
        return "\n".join(
            line for member in self.members
            for line in [member.name, *(member.folder / "patroni.log").read_text().splitlines()[-20:]])

    def close(self):
        """The machines stay."""
        for member in self.members:
            member.machine.kill("patroni", "postgres", "etcd")
        shutil.rmtree(self.folder, ignore_errors=True)
