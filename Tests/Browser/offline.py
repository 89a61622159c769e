"""What tests of pages without a network have in common."""

from datetime import datetime, timezone

from site_store import TRIAL_SHOP
from visiting import regain_network
from words import Words

SHOP = f"/shops/{TRIAL_SHOP}/"
COPIED = """async () => {
  for (let tries = 0; !await caches.match(location.pathname, { ignoreSearch: true }); tries++) {
    if (tries > 300) throw new Error('no copy was kept');
    await new Promise((again) => setTimeout(again, 50));
  }
}"""


def now() -> datetime:
    return datetime.now(timezone.utc).replace(microsecond=0)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def expect_no_network(page) -> None:
    """What fails just before the network is back is tried again after 20 seconds."""
    page.context.watched.expected += ("net::ERR_",)
    page.context.set_default_timeout(30_000)


def kept(page):
    """The same page, once the browser has a copy of it."""
    expect_no_network(page)
    page.evaluate(COPIED)
    return page


def reopened(page):
    """The page closed, and its address opened anew."""
    address, again = page.url, page.context.new_page()
    page.close(run_before_unload=False)
    again.goto(address)
    return again


def waiting(page, lang="zh"):
    """What says that something is still to be sent."""
    return page.get_by_role("status").filter(has_text=Words(lang)["waiting to be sent"])


def refused(page, lang="zh"):
    return page.get_by_role("alert").filter(has_text=Words(lang)["not done"])


def tick_next(page, lang="zh") -> None:
    """Presses the large button, and sees that the tick is kept."""
    page.locator("section.next").get_by_role("button", name=Words(lang).done, exact=True).click()
    waiting(page, lang).wait_for()


def tick_with_note(place, note: str, lang="zh") -> None:
    form = place.locator("form[action$=tick]")
    form.get_by_label(Words(lang).note).fill(note)
    form.get_by_role("button", name=Words(lang).done, exact=True).click()


def come_back(page, lang="zh") -> None:
    """The network is there again, and everything is sent."""
    regain_network(page.context)
    waiting(page, lang).wait_for(state="detached")


def events(site, item: str) -> list[dict]:
    """What happened to an item since the store was built."""
    return [event for event in site.program.events(TRIAL_SHOP)
            if event.get("item") == item and not event.get("clock_set")]
