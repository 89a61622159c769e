"""A disk that is full: changes are refused as such, and everything that only reads goes on."""

import pytest

from faults_support import check_store, copy_store, fill_up, small_disk

READING = ["/healthz", "/readyz", "/api/v1/shops/s-1/status", "/api/v1/shops/s-2/status", "/shops/s-1/", "/shops"]


@pytest.fixture
def disk(quiet):
    """The store on a disk of its own of 6 MB."""
    with small_disk(quiet.program.folder / "disk", 6000) as disk:
        copy_store(quiet.store, disk / "store.sqlite")
        quiet.program.store = disk / "store.sqlite"
        quiet.program.environment["SWITCHLIST_STORE"] = str(quiet.store)
        yield disk


def fill_until_refused(web) -> list[str]:
    """Notes that were acknowledged after the disk was full, until one finds no room."""
    fitted = []
    for number in range(200):
        text = f"{number}-" + "满" * 3000
        answer = web.ask("POST", "/api/v1/shops/s-1/items/free/note", f'{{"note": "{text}"}}'.encode(), {
            "Content-Type": "application/json"})
        if answer.status == 507:
            problem = answer.json
            assert answer.headers["content-type"].startswith("application/problem+json")
            assert problem["status"] == 507 and problem["type"].endswith("disk-full"), problem
            return fitted
        assert answer.status == 200, answer
        fitted.append(text)
    raise AssertionError("the disk never was full")


def test_changes_are_refused_and_pages_still_open(quiet, disk):
    with quiet.serve():
        for path in READING:
            assert quiet.get(path).status == 200, path
        fill_up(disk)
        fitted = fill_until_refused(quiet)
        for path in READING:
            assert quiet.get(path).status == 200, path
        note = quiet.get("/api/v1/shops/s-1/status").json["runs"][0]["items"][0]["note"]
        assert note == (fitted[-1] if fitted else None)
        (disk / "filling").unlink()
        assert quiet.tick("s-1", "free").status == 200
    check_store(quiet.store)
    quiet.run("history", "s-1", "--verify")
    assert quiet.state("s-1", "free") == "done"


def test_a_file_that_finds_no_room(quiet, disk):
    """Neither it nor the tick that it proves is there afterwards."""
    with quiet.serve():
        content = bytes(range(256)) * 30_000
        body = (b'--b\r\nContent-Disposition: form-data; name="file"; filename="photo.jpg"\r\n'
                b"Content-Type: image/jpeg\r\n\r\n" + content + b"\r\n--b--\r\n")
        answer = quiet.ask("POST", "/shops/s-1/items/filed/tick", body, {
            "Accept": "application/json", "Content-Type": "multipart/form-data; boundary=b"})
        assert answer.status == 507, answer
        assert quiet.tick("s-1", "free").status == 200
    assert quiet.state("s-1", "filed") == "pending"
    check_store(quiet.store)
    quiet.run("history", "s-1", "--verify")


def test_a_server_that_starts_on_a_full_disk(quiet, disk):
    """It either serves what can be read, or says at once what is wrong."""
    with quiet.serve():
        assert quiet.tick("s-1", "free").status == 200
    fill_up(disk)
    try:
        server = quiet.serve()
    except AssertionError as error:
        assert "error: " in str(error) and "full" in str(error)
        return
    with server:
        assert quiet.get("/api/v1/shops/s-1/status").status == 200
        fill_until_refused(quiet)
