"""The proxies' configurations that come with the program, each as it stands, in front of a server with users.

Only what is the machine's own is put in: names, ports, certificates and folders.
"""

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import time
import urllib.parse

import pytest
from machines import ROOT, succeed
from server import free_port
from web import PASSWORD, Web

EXAMPLES = ROOT / "Sources/Packaging/examples"
NAME = "shops.example.cn"
MEGABYTES = 9
CLIENT = "127.0.0.2"


def nginx(folder, port, behind):
    """The command that starts nginx with the example's site."""
    succeed("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}",
            "-addext", f"subjectAltName=DNS:{NAME}", "-keyout", folder / "key.pem", "-out", folder / "certificate.pem")
    site = (EXAMPLES / "nginx.conf").read_text()
    for told, own in [
        ("server 127.0.0.1:8080;", f"server 127.0.0.1:{behind};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{port} ssl http2;"), ("listen [::]:443 ssl http2;", ""),
        ("listen 80;", f"listen 127.0.0.1:{free_port()};"), ("listen [::]:80;", ""),
        (f"/etc/ssl/certs/{NAME}.pem", str(folder / "certificate.pem")),
        (f"/etc/ssl/private/{NAME}.key", str(folder / "key.pem")),
    ]:
        assert told in site, f"the example has no '{told}'"
        site = site.replace(told, own)
    (folder / "site.conf").write_text(site)
    (folder / "nginx.conf").write_text(f"""\
daemon off;
user root;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/bodies; proxy_temp_path {folder}/answers; fastcgi_temp_path {folder}/a;
    uwsgi_temp_path {folder}/b; scgi_temp_path {folder}/c;
    include {folder}/site.conf;
}}
""")
    return ["nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]


def caddy(folder, port, behind):
    """The command that starts Caddy with the example's site, and a certificate of its own making."""
    site = (EXAMPLES / "Caddyfile").read_text()
    for told, own in [
        (f"{NAME} {{", f"{NAME}:{port} {{\n\ttls internal\n\tbind 127.0.0.1"), ("127.0.0.1:8080", f"127.0.0.1:{behind}"),
        ("\tgrace_period", f"\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n"
         f"\tstorage file_system {folder}/kept\n\tgrace_period"),
    ]:
        assert told in site, f"the example has no '{told}'"
        site = site.replace(told, own)
    (folder / "Caddyfile").write_text(site)
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


class Proxy:
    """A proxy before a server, asked as a browser asks it, by its name."""

    def __init__(self, port):
        self.port = port
        self.context = ssl.create_default_context()
        self.context.check_hostname = False
        self.context.verify_mode = ssl.CERT_NONE

    @property
    def address(self) -> str:
        return f"https://{NAME}:{self.port}"

    def connect(self) -> http.client.HTTPSConnection:
        # From an address that isn't the proxy's own, as clients do.
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=60, source_address=(CLIENT, 0))
        connection = http.client.HTTPSConnection(NAME, self.port, timeout=60)
        connection.sock = self.context.wrap_socket(plain, server_hostname=NAME)
        return connection

    def ask(self, method, path, body=None, **headers):
        connection = self.connect()
        connection.request(method, path, body, {
            "Origin": self.address, "Sec-Fetch-Site": "same-origin",
            **{name.replace("_", "-"): value for name, value in headers.items()}})
        answer = connection.getresponse()
        read = answer.read()
        connection.close()
        return answer, read


@pytest.fixture(scope="module", params=[nginx, caddy], ids=["nginx", "caddy"])
def proxy(request, tmp_path_factory):
    """A proxy with the example's configuration before a server with a user, a shop and its run."""
    folder = tmp_path_factory.mktemp("proxy")
    folder.chmod(0o755)
    port, behind = free_port(), free_port()
    web = Web(folder / "web")
    web.run("shop", "add", "s-1", "--team", "east", "--platform", "douyin")
    web.run("start", "s-1")
    web.add_user("Li", "admin")
    command = request.param(folder, port, behind)
    with web.serve("--trusted-proxy", "127.0.0.1", "--public-url", f"https://{NAME}:{port}", listen=f"127.0.0.1:{behind}"):
        with open(folder / "said", "w") as said:
            process = subprocess.Popen(
                command, stdout=said, stderr=said, env={"PATH": os.environ["PATH"], "HOME": str(folder)})
        try:
            proxy = Proxy(port)
            for _ in range(300):
                try:
                    assert proxy.ask("GET", "/healthz")[0].status == 200
                    break
                except (OSError, http.client.HTTPException):
                    assert process.poll() is None, (folder / "said").read_text()
                    time.sleep(0.1)
            else:
                raise AssertionError((folder / "said").read_text())
            proxy.web, proxy.process = web, process
            yield proxy
        finally:
            process.terminate()
            process.wait(30)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def cookie(proxy) -> str:
    """Of somebody who signed in through the proxy."""
    form = urllib.parse.urlencode({"name": "Li", "password": PASSWORD, "back": "/"})
    answer, _ = proxy.ask("POST", "/sign-in", form, Content_Type="application/x-www-form-urlencoded")
    assert answer.status == 303
    cookies = answer.headers.get_all("Set-Cookie")
    session = next(line for line in cookies if "switchlist-session=" in line)
    assert "Secure" in session
    return session.split(";")[0]


def test_a_tick(proxy, cookie):
    form = urllib.parse.urlencode({"note": "the page shows the new account"})
    answer, read = proxy.ask(
        "POST", "/shops/s-1/items/rebind-store/tick", form, Cookie=cookie, Accept="text/html",
        Content_Type="application/x-www-form-urlencoded")
    assert answer.status == 303, read.decode()
    assert proxy.web.state("s-1", "rebind-store") == "done"


def test_an_open_page_is_told_at_once(proxy, cookie):
    connection = proxy.connect()
    connection.request("GET", "/shops/s-1/live", headers={"Cookie": cookie})
    answer = connection.getresponse()
    assert answer.status == 200 and answer.headers["Content-Type"] == "text/event-stream"
    # What was said when it was opened came through although nothing followed.
    assert answer.readline() == b"retry: 5000\n"
    proxy.web.run("note", "s-1", "verify-products", "three are left")
    lines = [answer.readline() for _ in range(3)]
    assert b"event: changed\n" in lines
    connection.close()


def test_a_large_file(proxy, cookie):
    content = os.urandom(MEGABYTES << 20)
    mark = "part-boundary-47"
    body = (f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="products.bin"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n").encode() + content + f"\r\n--{mark}--\r\n".encode()
    answer, read = proxy.ask(
        "POST", "/shops/s-1/items/back-up-data/tick", body, Cookie=cookie, Accept="text/html",
        Content_Type=f"multipart/form-data; boundary={mark}")
    assert answer.status == 303, read.decode("utf-8", "replace")[:2000]
    proof = proxy.web.program.items("s-1")["back-up-data"]["proof"]
    assert proof["size"] == len(content)


def test_what_is_too_large_is_refused_in_the_programs_words(proxy, cookie):
    answer, read = proxy.ask(
        "POST", "/shops/s-1/items/back-up-data/tick", b"x" * (12 << 20), Cookie=cookie, Accept="text/html",
        Content_Type="multipart/form-data; boundary=b")
    assert answer.status == 413 and b"switchlist" in read.lower()


def test_whom_the_server_sees_is_the_client(proxy, cookie):
    """Not the proxy: whoever guesses a password is slowed down by address."""
    form = urllib.parse.urlencode({"name": "Li", "password": "a wrong password", "back": "/"})
    proxy.ask("POST", "/sign-in", form, Content_Type="application/x-www-form-urlencoded", X_Forwarded_For="203.0.113.9")
    entries = [entry for entry in proxy.web.server.entries if entry.get("route") == "/sign-in"]
    assert entries and all(entry["address"] == CLIENT for entry in entries)


def test_a_stop_does_not_wait_for_open_pages(proxy, cookie):
    """The last test: the proxy is gone after it."""
    connection = proxy.connect()
    connection.request("GET", "/shops/s-1/live", headers={"Cookie": cookie})
    answer = connection.getresponse()
    assert answer.readline() == b"retry: 5000\n"
    proxy.process.terminate()
    proxy.process.wait(50)
    connection.close()
