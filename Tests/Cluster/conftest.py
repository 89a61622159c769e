"""What the tests of a cluster and of a pooler start from."""

import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / folder) for folder in (
    "WebSupport", "WebFaults", "Acceptance", "Acceptance/faults", "Cluster")]

from cluster import Cluster
from network import Network
from program import Program


@pytest.fixture(scope="session")
def network():
    network = Network(machines=3)
    yield network
    network.close()


@pytest.fixture
def cluster(network):
    cluster = Cluster(network)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.close()


@pytest.fixture
def program(tmp_path) -> Program:
    """The program at the real time."""
    program = Program(tmp_path)
    del program.environment["SWITCHLIST_NOW"]
    return program
