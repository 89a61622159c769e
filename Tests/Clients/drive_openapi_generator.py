"""Works with the client that openapi-generator makes for Python: FOLDER ADDRESS TOKEN TABLES."""

import hashlib
import json
import sys

folder, address, token, _ = sys.argv[1:]
sys.path.insert(0, folder)

import switchlist_client as client
from switchlist_client.exceptions import ApiException

connection = client.ApiClient(client.Configuration(host=address, access_token=token))
shops, items, files = client.ShopsApi(connection), client.ItemsApi(connection), client.FilesApi(connection)
switch, overdue = client.SwitchApi(connection), client.OverdueApi(connection)
report, matrix = client.ReportApi(connection), client.MatrixApi(connection)

# A shop, edited only as it was read.
added = shops.add_shop_with_http_info(client.AddShopRequest(
    id="py-1", name="茶香小店", platform="douyin", team="east", owner="李梅", time_zone="Asia/Shanghai", tags=["live"]))
assert added.status_code == 201 and added.data.tags == ["live"]
tag = added.headers["ETag"]
edited = shops.edit_shop("py-1", if_match=tag, edit_shop_request=client.EditShopRequest(name="新名字", owner=None))
assert edited.name == "新名字"
try:
    shops.edit_shop("py-1", if_match=tag, edit_shop_request=client.EditShopRequest(name="again"))
    raise AssertionError("a shop that has changed was edited")
except ApiException as refused:
    assert refused.status == 412 and json.loads(refused.body)["code"] == "changed-since"
assert shops.import_shops(b"id,name\npy-2,two\n").added == 1

# A page at a time.
seen, after = [], None
while True:
    page = shops.list_shops(limit=2, after=after)
    seen += [shop.id for shop in page.shops]
    after = page.next
    if after is None:
        break
assert {"s-1", "s-4", "s-idle", "py-1", "py-2"} <= set(seen) and len(seen) == len(set(seen))

# A switch.
switch.bind_shop("py-1", client.BindRequest(account="old"))
plan = client.PlanRequest(account="new", confirmed=["registered", "real-name-verified"])
step = switch.plan_switch("py-1", plan)
assert step.switch.state == client.SwitchState.PLANNED and step.started
assert switch.record_unbinding("py-1").switch.can_rebind_at is not None
try:
    switch.record_rebinding("py-1")
    raise AssertionError("the cool-down was passed over")
except ApiException as refused:
    problem = client.Problem.from_json(refused.body)
    assert problem.status == 409 and problem.code == "forbidden-by-rule" and problem.rule == "cool-down"
    assert problem.allowed_from is not None and problem.place.startswith("platforms/douyin.yaml:")
rebound = switch.record_rebinding(
    "py-1", rebind_request=client.RebindRequest(override=True, reason="the page said so"))
assert rebound.account == "new" and rebound.overridden[0].rule == "cool-down"
assert switch.get_switch("py-1").bindings[0].account == "old"

# A tick with a file.
content = "截图".encode()
kept = files.keep_file("py-1", ("店铺页.png", content))
assert kept.name == "店铺页.png" and kept.sha256 == hashlib.sha256(content).hexdigest()
assert bytes(files.get_file("py-1", kept.sha256)) == content
done = items.tick_item("py-1", "rebind-store", tick_request=client.TickRequest(note="seen", file=kept.sha256))
assert done.items[0].state == client.ItemState.DONE and done.items[0].changed
status = shops.get_status("py-1")
ticked = next(item for run in status.runs for item in run.items if item.id == "rebind-store")
assert ticked.proof.sha256 == kept.sha256 and ticked.changed_by == "客户端"

# Many shops, once for a key.
many = client.NoteManyRequest(shops=["s-1", "s-2", "nobody"], note="called, says Python")
first = items.note_item_of_many("rebind-store", many, idempotency_key="python-1")
again = items.note_item_of_many("rebind-store", many, idempotency_key="python-1")
assert (first.changed, first.refused) == (2, 1) and first.to_dict() == again.to_dict()
assert first.shops[2].problem.code == "not-found"

# What is overdue and how far things are, in every form.
page = overdue.list_overdue(within="30d", limit=1)
assert page.count == 1 and page.next is not None
following = overdue.list_overdue(within="30d", limit=1, after=page.next)
assert (following.items[0].shop, following.items[0].item) != (page.items[0].shop, page.items[0].item)
assert overdue.get_overdue_table(within="30d").count("rebind-store") >= 3
assert "switchlist_items_overdue" in overdue.get_overdue_gauges()
assert report.get_report(by="team").rows[0].total > 0
assert report.get_report_table().startswith("\ufeffkey,")
assert "<html" in report.get_report_page() and "s-1" in report.get_report_markdown()
rows = {row.shop: row.states for row in matrix.get_matrix().rows}
assert None in rows["s-idle"] and client.ItemState.DONE in rows["py-1"]

# The whole store, and the rest.
lines = bytes(client.ExportApi(connection).export_store()).splitlines()
assert len(lines) > 10 and all(json.loads(line) for line in lines)
assert client.LintApi(connection).lint(b"checklist: x\n").errors > 0
assert client.SchemaApi(connection).get_schema()["type"] == "object"
assert len(client.HistoryApi(connection).get_history("py-1", limit=3).events) == 3
assert client.HistoryApi(connection).verify_history("py-1").ok
assert client.MeApi(connection).get_me().scopes == ["read", "change", "lead", "admin"]
link = client.LinksApi(connection).create_link("py-1", create_link_request=client.CreateLinkRequest(expires="30d"))
client.LinksApi(connection).revoke_link("py-1", link.number)
assert client.ChecklistsApi(connection).list_checklists().checklists
assert client.ChecklistsApi(connection).get_checklist("douyin-after-switch").definition
assert client.SwitchesApi(connection).list_switches().count >= 0
