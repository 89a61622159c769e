"""Every page that there is, and who may open it."""

from dataclasses import dataclass

from site_store import (
    ADMIN, BOUND_SHOP, DONE_SHOP, EMPTY_SHOP, HOSTILE_SHOP, LEAD, LONG_SHOP, MERCHANT, OTHER_LEAD, RECENT_SHOP,
    SHIPPED_SHOP, TRIAL_SHOP,
)

LINK = "by link"


@dataclass(frozen=True)
class ShownPage:
    """`who` is a user's name, `LINK` for whoever opened a shop's link, None for a stranger."""

    name: str
    path: str
    who: str | None
    status: int = 200


def shop(name: str, identifier: str, who: str) -> ShownPage:
    return ShownPage(name, f"/shops/{identifier}/", who)


PAGES = [
    shop("shop-shipped", SHIPPED_SHOP, MERCHANT),
    shop("shop-shipped-lead", SHIPPED_SHOP, LEAD),
    shop("shop-trial", TRIAL_SHOP, MERCHANT),
    shop("shop-trial-lead", TRIAL_SHOP, LEAD),
    shop("shop-sixty", LONG_SHOP, MERCHANT),
    shop("shop-sixty-lead", LONG_SHOP, LEAD),
    shop("shop-done", DONE_SHOP, MERCHANT),
    shop("shop-empty", EMPTY_SHOP, MERCHANT),
    shop("shop-empty-lead", EMPTY_SHOP, LEAD),
    shop("shop-hostile", HOSTILE_SHOP, ADMIN),
    shop("shop-bound", BOUND_SHOP, MERCHANT),
    shop("shop-recent-lead", RECENT_SHOP, LEAD),
    ShownPage("link-trial", TRIAL_SHOP, LINK),
    ShownPage("link-shipped", SHIPPED_SHOP, LINK),
    ShownPage("sign-in", "/sign-in", None),
    ShownPage("account", "/account", MERCHANT),
    ShownPage("desk", "/shops", LEAD),
    ShownPage("desk-merchant", "/shops", MERCHANT),
    ShownPage("desk-admin", "/shops", ADMIN),
    ShownPage("desk-late", "/shops?state=late", LEAD),
    ShownPage("desk-nothing", "/shops?q=nothing-like-it", LEAD),
    ShownPage("desk-none", "/shops", OTHER_LEAD),
    ShownPage("shop-new", "/shops/new", LEAD),
    ShownPage("shop-import", "/shops/import", LEAD),
    ShownPage("overdue", "/overdue", LEAD),
    ShownPage("done", "/done", LEAD),
    ShownPage("desk-held-up", "/shops?checklist=trial&holding_up=second", LEAD),
    ShownPage("switches", "/switches", LEAD),
    ShownPage("matrix", "/matrix", LEAD),
    ShownPage("charts", "/charts", LEAD),
    ShownPage("history", f"/shops/{SHIPPED_SHOP}/history", LEAD),
    ShownPage("history-merchant", f"/shops/{TRIAL_SHOP}/history", MERCHANT),
    ShownPage("history-hostile", f"/shops/{HOSTILE_SHOP}/history", ADMIN),
    ShownPage("links", f"/shops/{SHIPPED_SHOP}/links", LEAD),
    ShownPage("edit", f"/shops/{SHIPPED_SHOP}/edit", LEAD),
    ShownPage("edit-hostile", f"/shops/{HOSTILE_SHOP}/edit", ADMIN),
    ShownPage("checklists", "/checklists", LEAD),
    ShownPage("checklist-shipped", "/checklists/douyin-after-switch", LEAD),
    ShownPage("checklist-sixty", "/checklists/sixty", LEAD),
    ShownPage("checklist-hostile", "/checklists/hostile", LEAD),
    ShownPage("users", "/users", ADMIN),
    ShownPage("tokens", "/tokens", ADMIN),
    ShownPage("credentials", "/credentials", ADMIN),
    ShownPage("log", "/log", ADMIN),
    ShownPage("api", "/api", LEAD),
    ShownPage("offline", "/offline", None),
    ShownPage("not-found", "/nothing/here", MERCHANT, 404),
    ShownPage("forbidden", "/users", MERCHANT, 403),
]
