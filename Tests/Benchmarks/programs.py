"""The programs that are measured: how they are built and run."""

import dataclasses
import os
import pathlib
import subprocess
import sys


@dataclasses.dataclass
class Sample:
    """One run: milliseconds by the clock and of processor time, the peak of memory in MiB, what it printed."""

    wall: float
    cpu: float
    peak: float
    output: bytes = b""


class Failed(Exception):
    pass


class Programs:
    def __init__(self, repository: pathlib.Path):
        self.repository = repository
        self.folder = repository / ".build" / "benchmarks"
        self.sources = repository / "Tests" / "Benchmarks"
        self.switchlist = repository / ".build" / "release" / "switchlist"
        self.in_process = repository / ".build" / "release" / "switchlist-benchmark"
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith("SWITCHLIST_")
        } | {
            "LC_ALL": "C.UTF-8",
            "SWITCHLIST_CHECKLISTS": str(repository / "checklists"),
            "SWITCHLIST_ACTOR": "benchmark",
        }

    def floor(self, name: str) -> pathlib.Path:
        return self.folder / "bin" / name

    def build(self) -> None:
        binaries = self.folder / "bin"
        binaries.mkdir(parents=True, exist_ok=True)
        for product in ["switchlist", "switchlist-benchmark"]:
            self.tell(
                "swift", "build", "-c", "release", "--static-swift-stdlib", "--scratch-path", ".build",
                "--product", product)
        self.tell(
            "swiftc", "-O", "-static-stdlib", "-parse-as-library", self.sources / "floors" / "Empty.swift",
            "-o", self.floor("empty"))
        for source in sorted((self.sources / "floors").glob("*.c")):
            self.compile(source.stem)

    def compile(self, name: str) -> None:
        """Builds one of the floors in C."""
        self.floor(name).parent.mkdir(parents=True, exist_ok=True)
        self.tell(
            "cc", "-O2", "-Wall", "-Wextra", "-Wno-unused-function", self.sources / "floors" / f"{name}.c", "-o",
            self.floor(name), "-lsqlite3", "-lyaml")

    def tell(self, *command) -> None:
        """Runs a step of the preparation; what it prints is shown when it fails."""
        print("+", *command, file=sys.stderr)
        done = subprocess.run(
            list(map(str, command)), cwd=self.repository, env=self.environment, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT)
        if done.returncode != 0:
            raise Failed(done.stdout.decode(errors="replace"))

    def run(self, *command, statuses=(0,), stdin=None, stdout=None, keep_output=False) -> Sample:
        """Runs a command through the launcher that measures it; its output goes nowhere unless it is asked for."""
        measured = [self.floor("measure"), *map(str, statuses), "--", *command]
        done = subprocess.run(
            list(map(str, measured)), env=self.environment, input=stdin,
            stdout=stdout or (subprocess.PIPE if keep_output else subprocess.DEVNULL), stderr=subprocess.PIPE)
        lines = done.stderr.decode(errors="replace").splitlines()
        figures = next((line for line in reversed(lines) if line.startswith("measured: ")), None)
        if done.returncode != 0 or figures is None:
            raise Failed(" ".join(map(str, command)) + "\n" + "\n".join(lines))
        wall, cpu, peak = map(float, figures.split()[1:])
        return Sample(wall, cpu, peak / 1024, done.stdout or b"")

    def run_timed(self, *command, **options) -> Sample:
        """As `run`, for a program that prints its own milliseconds: by the clock, then of the processor."""
        sample = self.run(*command, keep_output=True, **options)
        own = [float(word) for word in sample.output.split()]
        return Sample(own[0], own[1] if len(own) > 1 else sample.cpu, sample.peak)
