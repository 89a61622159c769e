"""What every page has to look like, whoever opens it."""

import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCREENSHOTS = Path(__file__).resolve().parents[2] / ".build" / "screenshots"

# What sticks out of the page to the right, as far as it isn't inside something that scrolls by itself.
OVERFLOWING = """
() => {
  const width = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= window.innerWidth) return [];
  const scrolls = (element) => {
    for (let at = element.parentElement; at; at = at.parentElement) {
      if (/auto|scroll|hidden|clip/.test(getComputedStyle(at).overflowX) && at !== document.body
        && at !== document.documentElement) return true;
    }
    return false;
  };
  return [...document.querySelectorAll('body *')]
    .filter((element) => element.getBoundingClientRect().right > width + 1 && !scrolls(element))
    .map((element) => `${element.tagName}.${element.className} ${element.textContent.trim().slice(0, 40)}`)
    .slice(0, 8).concat(['(the page is wider than the window)']);
}
"""

# Text that is cut off or lies over its neighbour's, and what is too small to be hit by a thumb.
SMALL_TARGETS = """
() => [...document.querySelectorAll('a, button, summary, input, select, textarea, label.check')]
  .filter((element) => {
    const box = element.getBoundingClientRect();
    if (!box.width || !box.height) return false;
    if (getComputedStyle(element).visibility === 'hidden') return false;
    if (element.matches('.skip, a:not(.button)') || element.closest('label')) return false;
    return box.height < 43.5 || box.width < 43.5;
  })
  .map((element) => {
    const box = element.getBoundingClientRect();
    return `${element.outerHTML.slice(0, 80)} ${Math.round(box.width)}×${Math.round(box.height)}`;
  })
"""


def check_accessible(page: Page) -> None:
    """axe finds nothing with everything unfolded, when it sees all that there is."""
    unfold(page)
    # axe is brought in by the test; the page's own policy would rightly refuse it.
    violations = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert violations == [], "\n".join(
        f"{found['id']}: {found['help']}\n" + "\n".join(node["html"][:200] for node in found["nodes"][:5])
        for found in violations)


def unfold(page: Page) -> None:
    page.evaluate("() => { for (const fold of document.querySelectorAll('details')) fold.open = true; }")


def check_fits(page: Page) -> None:
    """Nothing is wider than the screen, folded or unfolded."""
    assert page.evaluate(OVERFLOWING) == []
    unfold(page)
    assert page.evaluate(OVERFLOWING) == [], "unfolded"


def check_targets(page: Page) -> None:
    unfold(page)
    small = page.evaluate(SMALL_TARGETS)
    assert small == [], "too small for a thumb:\n" + "\n".join(small[:20])


def check_document(page: Page, lang: str) -> None:
    """What tells programs that read a page aloud where they are."""
    assert page.evaluate("document.documentElement.lang").startswith(lang)
    assert page.title().strip()
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("main").count() == 1
    levels = page.eval_on_selector_all("h1, h2, h3, h4", "all => all.map(one => Number(one.tagName[1]))")
    assert levels[0] == 1 or 1 in levels
    text = page.locator("body").inner_text()
    for sign_of_a_machine in ["Optional(", "nil", "undefined", "NaN", "[object", "Wording("]:
        assert not re.search(rf"(?<![\w-]){re.escape(sign_of_a_machine)}(?![\w-])", text), sign_of_a_machine


def keep_picture(page: Page, name: str) -> None:
    """For people to look at; never compared."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
