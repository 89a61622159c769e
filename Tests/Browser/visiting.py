"""Pages as people open them: with their language, their screen, their theme; watched for what must never happen."""

import contextlib
import os
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from network import Network
from site_store import Site

PHONE, DESK = 360, 1440
HEIGHTS = {PHONE: 760, DESK: 900}
# Chromium for anybody on loopback, whoever runs the tests.
PROGRAM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
LOCALES = {"zh": "zh-CN", "en": "en-GB"}


def start_browser(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(
        executable_path=PROGRAM, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"])


@dataclass
class Watched:
    """What a browser did that none of our pages may make it do."""

    strangers: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    # Fetched whole for a page: the bytes of each answer by its address.
    weights: dict[str, int] = field(default_factory=dict)
    # What a test brings about on purpose, such as a lost network.
    expected: tuple[str, ...] = ()
    # How a test answers the questions that it expects, in their order; and what they were.
    answers: list[bool] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)

    def check(self) -> None:
        assert self.strangers == [], f"another host was asked: {self.strangers}"
        assert self.dialogs == [], f"something put a script into the page: {self.dialogs}"
        errors = [error for error in self.errors if not any(words in error for words in self.expected)]
        assert errors == [], f"the browser complained: {errors}"


class Visits:
    """Opens pages of a site, each by itself in a browser of its own, and looks back at what they did."""

    def __init__(self, browser: Browser, site: Site):
        self.browser = browser
        self.site = site
        self._stack = contextlib.ExitStack()
        self._watched: list[Watched] = []

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        self._stack.close()
        if kind is None:
            for watched in self._watched:
                watched.check()

    def context(
        self, who: str | None, lang="zh", width=PHONE, theme="light", javascript=True, reduced=False, **options
    ) -> BrowserContext:
        """A browser of somebody's own; `who` is a user's name, None for a stranger.

        Where nobody signs in, everybody opens the address that the server printed first.
        """
        network = Network()
        self._stack.callback(network.close)
        context = self.browser.new_context(
            proxy=network.proxy, base_url=self.site.address, locale=LOCALES[lang], color_scheme=theme, java_script_enabled=javascript,
            viewport={"width": width, "height": HEIGHTS.get(width, 900)}, timezone_id="Asia/Shanghai",
            reduced_motion="reduce" if reduced else "no-preference", has_touch=width == PHONE, **options)
        self._stack.callback(context.close)
        context.network = network
        if who is not None:
            name, value = self.site.session(who).split("=", 1)
            context.add_cookies([{"name": name, "value": value, "url": self.site.address, "httpOnly": True}])
        elif secret := self.site.server.secret:
            context.request.get(f"/local/{secret}", max_redirects=0)
        context.set_default_timeout(15_000)
        self._watch(context)
        return context

    def __call__(self, who: str | None, path: str, **options) -> Page:
        page = self.context(who, **options).new_page()
        self.go(page, path)
        return page

    def go(self, page: Page, path: str, status: int = 200) -> None:
        answer = page.goto(path)
        assert answer is not None and answer.status == status, f"{path}: {answer and answer.status}"

    def through_link(self, shop: str, name="小陈", **options) -> Page:
        """The page of a shop, opened by a link, with the name said."""
        page = self(None, self.site.open_link(shop), **options)
        page.get_by_role("textbox").fill(name)
        page.locator("main").get_by_role("button").click()
        page.wait_for_selector("[data-live]")
        return page

    def watched(self, page: Page) -> Watched:
        return page.context.watched

    def _watch(self, context: BrowserContext) -> None:
        watched = Watched()
        context.watched = watched
        self._watched.append(watched)

        def request(asked):
            address = asked.url
            if not address.startswith((self.site.address + "/", "data:", "blob:", "about:")):
                watched.strangers.append(address)

        def page(opened: Page):
            opened.on("console", lambda message: message.type == "error" and watched.errors.append(message.text))
            opened.on("pageerror", lambda error: watched.errors.append(str(error)))

            def dialog(shown):
                if shown.type == "confirm" and watched.answers:
                    watched.questions.append(shown.message)
                    return shown.accept() if watched.answers.pop(0) else shown.dismiss()
                if shown.type != "beforeunload":
                    watched.dialogs.append(shown.message)
                shown.accept()

            opened.on("dialog", dialog)

        context.on("request", request)
        context.on("page", page)


def lose_network(context: BrowserContext) -> None:
    """The browser says that it has none, and nothing gets through."""
    context.network.cut()
    context.set_offline(True)


def regain_network(context: BrowserContext) -> None:
    context.network.restore()
    context.set_offline(False)
