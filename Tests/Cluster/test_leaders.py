"""The leader dies or is cut off under load, ten times: what was acknowledged is there, once, and soon all goes on."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from cluster import PATIENCE, Cluster, Member
from notes import Load, serving, shops_in_database, written

CLIENTS = 32
# Who go on while the former leader comes back.
FEW_CLIENTS = 4
SHOPS = 48
ROUNDS = 10
# Within which service is back once another server is promoted and has a standby of its own, in seconds.
BACK_WITHIN = 10


@dataclass
class Fault:
    """What happens to a leader, and what undoes it."""

    name: str
    strike: Callable[[Member], None]
    mend: Callable[[Member], None]


# By turns: it dies, or goes on where nobody reaches it.
FAULTS = [
    Fault("kill -9", lambda leader: leader.kill(), lambda leader: leader.start_patroni()),
    Fault("cut off", lambda leader: leader.machine.cut(), lambda leader: leader.machine.join()),
]


@dataclass
class Failover:
    """A load, and when the leader was struck, when another one was promoted, when that one had a synchronous standby, and
    when every client had been answered that asked after that."""

    load: Load
    struck: float
    promoted: float
    followed: float
    served: float

    @property
    def before(self) -> int:
        return sum(at <= self.struck for _, at in self.load.acknowledged)

    @property
    def after(self) -> list[float]:
        """When something was acknowledged again."""
        return sorted(at for _, at in self.load.acknowledged if at > self.promoted)

    def __str__(self) -> str:
        return (f"{self.before:>19}  {len(self.after):>5}  {self.promoted - self.struck:>12.1f} s"
                f"  {self.followed - self.promoted:>12.1f} s  {self.after[0] - self.promoted:>9.1f} s"
                f"  {self.served - self.promoted:>7.1f} s")


def fail_over(cluster: Cluster, leader: Member, fault: Fault, load: Load) -> Failover:
    with load:
        load.wait_for_everybody(PATIENCE)
        struck = time.monotonic()
        fault.strike(leader)
        successor = cluster.wait_for_leader([member for member in cluster.members if member is not leader])
        promoted = time.monotonic()
        cluster.wait_until_followed(successor)
        followed = time.monotonic()
        load.wait_for_everybody(PATIENCE)
        return Failover(load, struck, promoted, followed, time.monotonic())


def come_back(cluster: Cluster, leader: Member, fault: Fault, load: Load):
    """Until the former leader follows the new one."""
    with load:
        fault.mend(leader)
        cluster.wait_until_whole()
        load.wait_for_everybody(PATIENCE)


def test_what_was_acknowledged_survives_every_failover(program, cluster):
    shops = shops_in_database(program, cluster.address, SHOPS)
    loads: list[Load] = []
    print("\nround  fault    acknowledged before  after  promoted after  followed after  first after  all after  lost"
          "  doubled")
    with serving(program) as servers:
        for number in range(1, ROUNDS + 1):
            fault, leader = FAULTS[(number - 1) % len(FAULTS)], cluster.wait_until_whole()
            loads += [Load(servers, shops, CLIENTS), Load(servers, shops, FEW_CLIENTS)]
            failover = fail_over(cluster, leader, fault, loads[-2])
            come_back(cluster, leader, fault, loads[-1])
            found = written(program)
            acknowledged = [text for load in loads for text, _ in load.acknowledged]
            lost = [text for text in acknowledged if not found[text]]
            doubled = [text for text, count in found.items() if count > 1]
            print(f"{number:>5}  {fault.name}  {failover}  {len(lost):>4}  {len(doubled):>7}", flush=True)
            assert (lost, doubled) == ([], [])
            assert found.keys() <= {*acknowledged, *(text for load in loads for text in load.pending)}
            assert [words for load in loads for words in load.unexpected] == []
            assert "is sound" in program("store", "check").stdout
            assert failover.after[0] - failover.followed < BACK_WITHIN
