"""Works with the client that openapi-python-client makes: FOLDER ADDRESS TOKEN TABLES."""

import hashlib
import io
import json
import sys

folder, address, token, _ = sys.argv[1:]
sys.path.insert(0, folder)

from switchlist_client import AuthenticatedClient, models
from switchlist_client.api.export import export_store
from switchlist_client.api.files import get_file, keep_file
from switchlist_client.api.items import note_item_of_many, tick_item
from switchlist_client.api.lint import lint
from switchlist_client.api.matrix import get_matrix
from switchlist_client.api.overdue import get_overdue_gauges, get_overdue_table, list_overdue
from switchlist_client.api.report import get_report, get_report_markdown, get_report_page, get_report_table
from switchlist_client.api.shops import add_shop, get_status, import_shops, list_shops
from switchlist_client.api.switch import bind_shop, plan_switch, record_rebinding, record_unbinding
from switchlist_client.types import File

client = AuthenticatedClient(base_url=address, token=token, raise_on_unexpected_status=True)


def file(content: bytes, name: str | None = None) -> File:
    return File(payload=io.BytesIO(content), file_name=name, mime_type="application/octet-stream")


added = add_shop.sync(client=client, body=models.AddShopRequest(id="opc-1", platform="douyin", team="east", owner="李梅"))
assert isinstance(added, models.Shop) and added.team == "east" and added.name is None
assert import_shops.sync(client=client, body=file(b"id\nopc-2\n")).added == 1
refused = add_shop.sync(client=client, body=models.AddShopRequest(id="opc-1"))
assert isinstance(refused, models.Problem) and refused.code == "shop-exists"

page = list_shops.sync(client=client, limit=1)
assert page.next_ and list_shops.sync(client=client, limit=1, after=page.next_).shops[0].id != page.shops[0].id

assert bind_shop.sync("opc-1", client=client, body=models.BindRequest(account="old")).changed
plan = models.PlanRequest(account="new", confirmed=["registered", "real-name-verified"])
assert plan_switch.sync("opc-1", client=client, body=plan).switch.state == models.SwitchState.PLANNED
assert record_unbinding.sync("opc-1", client=client, body=models.UnbindRequest()).account is None
forbidden = record_rebinding.sync("opc-1", client=client, body=models.RebindRequest())
assert forbidden.code == "forbidden-by-rule" and forbidden.allowed_from
body = models.RebindRequest(override=True, reason="the page said so")
assert record_rebinding.sync("opc-1", client=client, body=body).started

content = "截图".encode()
form = models.FileForm(file=file(content, "页.png"))
kept = keep_file.sync("opc-1", client=client, body=form)
assert kept.sha256 == hashlib.sha256(content).hexdigest()
assert get_file.sync("opc-1", kept.sha256, client=client).payload.read() == content
ticked = tick_item.sync(
    "opc-1", "rebind-store", client=client, body=models.TickRequest(note="seen", file=kept.sha256))
assert ticked.items[0].state == models.ItemState.DONE
assert get_status.sync("opc-1", client=client).runs

many = models.NoteManyRequest(shops=["s-1", "opc-1"], note="called, says httpx")
first = note_item_of_many.sync("rebind-store", client=client, body=many, idempotency_key="opc-1")
assert first.changed == 2
assert note_item_of_many.sync("rebind-store", client=client, body=many, idempotency_key="opc-1") == first

assert list_overdue.sync(client=client, within="30d", limit=1).count == 1
assert "rebind-store" in get_overdue_table.sync(client=client, within="30d")
assert "switchlist_items_overdue" in get_overdue_gauges.sync(client=client)
assert get_report.sync(client=client).totals.shops >= 5
assert get_report_table.sync(client=client).count("\n") > 5
assert "s-1" in get_report_markdown.sync(client=client) and "<html" in get_report_page.sync(client=client)
rows = {row.shop: row.states for row in get_matrix.sync(client=client).rows}
assert None in rows["s-idle"] and models.ItemState.DONE in rows["opc-1"]
assert lint.sync(client=client, body=file(b"checklist: x\n")).errors > 0
lines = export_store.sync(client=client).payload.read().splitlines()
assert len(lines) > 10 and all(json.loads(line) for line in lines)
