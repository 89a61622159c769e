"""Reads answers with the models that datamodel-code-generator makes: FOLDER ADDRESS TOKEN TABLES."""

import sys

import httpx

folder, address, token, _ = sys.argv[1:]
sys.path.insert(0, folder)

import switchlist_models as models

api = httpx.Client(base_url=address + "/api/v1", headers={"Authorization": f"Bearer {token}"})
for path, model in {
    "/shops": models.Shops, "/shops/s-1": models.Shop, "/shops/s-1/status": models.Status,
    "/shops/s-1/switch": models.ShopSwitch, "/shops/s-1/history": models.History, "/shops/s-1/links": models.Links,
    "/overdue?within=30d": models.Overdue, "/report": models.Report, "/matrix": models.Matrix,
    "/switches": models.Switches, "/checklists": models.Checklists, "/me": models.Me, "/users": models.Users,
    "/tokens": models.Tokens, "/log": models.Log, "/findings": models.Findings,
}.items():
    model.model_validate_json(api.get(path).raise_for_status().content)
for path in ["/nosuch", "/shops/nosuch", "/shops?limit=x&odd=1"]:
    problem = models.Problem.model_validate_json(api.get(path).content)
    assert problem.code in {"not-found", "unknown-shop", "unknown-field"}, problem
request = models.TickRequest.model_validate({"note": "x", "run": 1})
assert request.run == 1
try:
    models.TickRequest.model_validate({"notes": "x"})
    raise AssertionError("a request takes what isn't declared")
except ValueError:
    pass
