"""Drive the system's Chromium, and notice whatever a page must not do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Playwright, Request, Response

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DESKTOP = (1280, 800)
PHONE = (390, 844)
# The last one makes every name unknown, so that not even a background service leaves the machine.
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def why_missing() -> str:
    """Answer why no browser can be driven, "" where one can."""
    return "" if _program() else f"none of {', '.join(PROGRAMS)} is on the PATH; install Chromium"


def launch(playwright: Playwright) -> Browser:
    """Start the system's Chromium without a window."""
    # Chromium's sandbox does not work for root.
    arguments = [*ARGUMENTS, "--no-sandbox"] if os.geteuid() == 0 else ARGUMENTS
    return playwright.chromium.launch(executable_path=_program(), args=arguments)


@dataclass
class Watch:
    """What went wrong on the pages of a test; a test that provokes an error on purpose calls `forgive`."""

    host: str
    troubles: list[str] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)

    def forgive(self, part: str) -> None:
        """Let troubles pass whose text contains `part`."""
        self.forgiven.append(part)

    def standing(self) -> list[str]:
        """Answer the troubles that nobody forgave."""
        return [text for text in self.troubles if not any(part in text for part in self.forgiven)]

    def follow(self, page: Page) -> None:
        """Listen to a page from now on. Violations of the content security policy are console errors."""
        page.on("request", self._on_request)
        page.on("response", self._on_response)
        page.on("console", self._on_console)
        page.on("pageerror", self._on_error)

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self.host:
            self.troubles.append(f"request leaves the site: {request.url}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400:
            self.troubles.append(f"answer {response.status}: {response.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        # A failed request is reported by its answer above, with the status.
        if message.type == "error" and not message.text.startswith("Failed to load resource: the server"):
            self.troubles.append(f"console: {message.text}")

    def _on_error(self, error: Error) -> None:
        self.troubles.append(f"script: {error}")


class Pages:
    """Opens pages of one site, each in a context of its own, like different people's browsers."""

    def __init__(self, browser: Browser, base_url: str) -> None:
        self._browser = browser
        self._base_url = base_url
        self.watch = Watch(urlsplit(base_url).netloc)

    @contextmanager
    def cleanup(self) -> Iterator[Pages]:
        """Close what was opened when the block ends."""
        try:
            yield self
        finally:
            for context in list(self._browser.contexts):
                context.close()

    def open(self, *, size: tuple[int, int] = DESKTOP, dark: bool = False, javascript: bool = True) -> Page:
        """Open an empty page; `goto` takes paths of the site. `size` is width and height in CSS pixels."""
        context = self._browser.new_context(
            base_url=self._base_url,
            viewport={"width": size[0], "height": size[1]},
            has_touch=size == PHONE,
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="UTC",
        )
        context.set_default_timeout(10_000)
        page = context.new_page()
        self.watch.follow(page)
        return page


def axe_violations(page: Page) -> list[str]:
    """Answer what axe finds wrong with the page as it stands: rule, impact, first target."""
    found = Axe().run(page).response["violations"]
    return [f"{v['id']} ({v['impact']}) x{len(v['nodes'])}: {v['nodes'][0]['target']}" for v in found]


def scrolls_sideways(page: Page) -> bool:
    """Tell whether the page is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"))


def _program() -> str | None:
    return next(filter(None, map(shutil.which, PROGRAMS)), None)
