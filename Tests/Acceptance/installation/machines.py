"""A program in a Debian of its own, and what the tests of packages run."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

# Where systemd and dpkg say what they do, they say it in English.
ENGLISH = {**os.environ, "LC_ALL": "C.UTF-8"}


def succeed(*command, timeout=600, **options) -> str:
    """Runs a command that has to succeed; what it writes to standard output."""
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, timeout=timeout,
        **{"env": ENGLISH, **options})
    assert done.returncode == 0, f"{command}: {done.returncode}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    return done.stdout


class Machine:
    """A Debian in a folder of its own."""

    def __init__(self, root: Path):
        self.root = root

    def command(self, *words, user=None) -> dict:
        """What `subprocess` takes to run a command there; no process stands between."""
        who = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups"] if user else []
        inside = 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"'
        return {
            "args": ["unshare", "--mount", "sh", "-c", inside, str(self.root), *who, *words],
            "env": {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "HOME": "/",
                    "DEBIAN_FRONTEND": "noninteractive"},
            "text": True,
        }

    def __call__(self, *words, status=0, user=None) -> subprocess.CompletedProcess:
        done = subprocess.run(**self.command(*words, user=user), capture_output=True, timeout=300)
        assert done.returncode == status, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def files(self) -> set[str]:
        """All but what a package manager notes for itself."""
        found = set()
        for folder, names, files in os.walk(self.root):
            where = "/" + os.path.relpath(folder, self.root)
            if where in ("/proc", "/sys", "/dev", "/run", "/var/lib/apt", "/var/lib/dpkg", "/var/log", "/var/cache"):
                names.clear()
                continue
            found.update(os.path.join(where, name) for name in [*files, *names])
        return found
