"""What the tests of faults start from. Names begin with `fault_`, beside those of the scenarios."""

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from faults_support import FaultProgram, let_others_enter
from kill_storm import fault_points


@pytest.fixture(scope="session")
def fault_template(tmp_path_factory):
    """A folder with a store of three shops, each with a run of the trial checklist that has just begun."""
    folder = tmp_path_factory.mktemp("fault-template")
    program = FaultProgram(folder)
    program.shops("s-1", "s-2", "s-3")
    return folder


@pytest.fixture
def fault_program(tmp_path, fault_template) -> FaultProgram:
    """The program in a folder of its own, with the shops s-1, s-2 and s-3. Its owner lets others read it."""
    folder = tmp_path / "work"
    shutil.copytree(fault_template, folder)
    let_others_enter(folder)
    (folder / "store.sqlite").chmod(0o644)
    return FaultProgram(folder)


@pytest.fixture
def fault_empty(tmp_path) -> FaultProgram:
    """The program in a folder without a store."""
    return FaultProgram(tmp_path / "work")


@pytest.fixture(scope="session")
def fault_library(tmp_path_factory) -> Path:
    """What is loaded before the program to stop it at a call of a given number."""
    folder = tmp_path_factory.mktemp("fault-points")
    let_others_enter(folder)
    return fault_points(folder)
