"""A served store for programs that are made from the API's document, and the folder that they are made in."""

import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "WebSupport"), str(TESTS / "Acceptance")]

from program import REPOSITORY
from web import Web

BIN = REPOSITORY / ".build" / "clients-venv" / "bin"


class Clients:
    def __init__(self, web: Web, token: str, folder: Path):
        self.web, self.token, self.folder = web, token, folder
        self.document = folder / "openapi.json"
        self.document.write_bytes(web.get("/api/openapi.json").body)

    def made(self, *command) -> subprocess.CompletedProcess:
        """What a generator says of its work; its warnings are on standard output or error."""
        # Formatters and other helpers are looked for on the path.
        environment = {"PATH": f"{BIN}:/usr/bin:/bin", "HOME": str(self.folder), "LANG": "C.UTF-8"}
        done = subprocess.run(
            [str(word) for word in command], cwd=self.folder, env=environment, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, f"{command}\n{done.stdout[-4000:]}{done.stderr[-4000:]}"
        return done

    def generated(self, generator: str, folder: str, *options) -> None:
        jar = next(BIN.parent.glob("lib/python3*/site-packages/openapi_generator_cli/openapi-generator.jar"))
        done = self.made("java", "-jar", jar, "generate", "-i", self.document, "-g", generator, "-o", folder, *options)
        told = [line for line in (done.stdout + done.stderr).splitlines() if " ERROR " in line or "Exception" in line]
        assert told == []

    def drive(self, *command) -> None:
        """Runs a script that works with the client against the server."""
        self.made(*command, self.web.address, self.token, self.web.program.folder)


@pytest.fixture(scope="session")
def clients(tmp_path_factory) -> Clients:
    folder = tmp_path_factory.mktemp("clients")
    web = Web(folder / "web")
    web.add_user("管理", "admin")
    web.program.write("shops.csv", "id,name,platform,team,owner,time_zone\n" + "".join(
        f"s-{number},店铺 {number},douyin,east,李梅,Asia/Shanghai\n" for number in range(1, 5)))
    web.run("shop", "import", "shops.csv")
    web.run("start", "--all")
    web.run("shop", "add", "s-idle", "--team", "west")
    token = web.add_token("客户端", "read", "change", "lead", "admin")
    with web.serve():
        yield Clients(web, token, folder)
