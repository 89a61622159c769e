"""What the tests of an installed program start from: the package, and a fresh Debian to install it into."""

import re
import shutil
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TESTS / "WebSupport"), str(TESTS / "Acceptance")]

from machines import ROOT, Machine, succeed


@pytest.fixture(scope="session")
def package() -> Path:
    """The Debian package, made by the project's own script."""
    made = succeed(ROOT / "Sources/Packaging/debian/build", cwd=ROOT, timeout=3600)
    return ROOT / made.splitlines()[-1]


def own_release() -> str:
    text = Path("/etc/os-release").read_text()
    return re.search(r"^VERSION_CODENAME=(\w+)", text, re.M)[1]


def own_mirror(release: str) -> str:
    """Where this machine takes its own packages from."""
    told = succeed("apt-get", "indextargets", "--format", "$(SITE) $(CODENAME) $(COMPONENT)", "Created-By: Packages")
    return next(site for site, codename, component in map(str.split, told.splitlines())
                if (codename, component) == (release, "main"))


@pytest.fixture(scope="session")
def debian(package) -> Path:
    """A fresh Debian of this machine's release with what the package depends on; made once and kept in .build."""
    depends = succeed("dpkg-deb", "--field", package, "Depends")
    names = sorted({re.split(r"[ |(]", name.strip())[0] for name in depends.split(",")})
    release = own_release()
    kept = ROOT / ".build" / f"debian-{release}"
    mark = " ".join(names)
    if not (kept.is_dir() and (kept / "etc/switchlist-test").read_text() == mark):
        shutil.rmtree(kept, ignore_errors=True)
        draft = kept.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        succeed("debootstrap", "--variant=minbase", f"--include={','.join(names)}", release, draft, own_mirror(release))
        (draft / "etc/switchlist-test").write_text(mark)
        draft.rename(kept)
    return kept


@pytest.fixture(scope="module")
def machine(debian, tmp_path_factory) -> Machine:
    """A fresh Debian, thrown away after the file's tests."""
    root = tmp_path_factory.mktemp("machine") / "root"
    succeed("cp", "-a", "--reflink=auto", debian, root)
    yield Machine(root)
    shutil.rmtree(root)
