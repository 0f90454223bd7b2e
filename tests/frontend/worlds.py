"""The two sides of a test: a world of the mock, and somebody who looks at it in a browser."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx
from playwright.sync_api import ConsoleMessage, Error, Locator, Page
from starlette.types import ASGIApp, Receive, Scope, Send

# What Chromium itself says of every answer that is an error, and of every one that does not come.
FAILED = "Failed to load resource: "


@dataclass(frozen=True, slots=True)
class Preflights:
    """The application of a mock; keeps the headers of each preflight that reaches it, the path among them."""

    app: ASGIApp
    seen: list[dict[str, str]] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands one request on."""
        if scope["method"] == "OPTIONS":
            headers = {name.decode(): value.decode() for name, value in scope["headers"]}
            self.seen.append({**headers, "path": scope["path"]})
        await self.app(scope, receive, send)


@dataclass(frozen=True, slots=True)
class World:
    """A namespace of the mock, as whoever controls it sees it."""

    name: str
    client: httpx.Client  # has the namespace in its base URL

    def call(self, method: str, path: str, body: Any = None, token: str = "") -> Any:
        """What the mock answers; raises `httpx.HTTPStatusError` for a refusal."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = self.client.request(method, path, json=body, headers=headers).raise_for_status()
        return answer.json() if answer.content else None

    def freeze(self, now: datetime) -> None:
        """Stops the clock."""
        self.call("PUT", "/__admin/clock", {"mode": "frozen", "now": now.isoformat()})

    def advance(self, **units: int) -> None:
        """Moves the clock forward, by `hours=2` for example."""
        seconds = {"days": 86400, "hours": 3600, "minutes": 60, "seconds": 1}
        total = sum(seconds[unit] * count for unit, count in units.items())
        self.call("POST", "/__admin/clock/advance", {"seconds": total})

    def break_with(self, **fault: Any) -> None:
        """Plants a fault."""
        self.call("POST", "/__admin/faults", fault)

    def heal(self) -> None:
        """Takes all faults away."""
        self.call("DELETE", "/__admin/faults")


class Visitor:
    """Somebody who uses the front end at `origin` against the mock.

    The browser's console is kept: requests that failed in `failures`, everything else in `complaints`.
    """

    def __init__(self, page: Page, origin: str, mock_url: str) -> None:
        self.page = page
        self.mock_url = mock_url
        self.complaints: list[str] = []
        self.failures: list[str] = []
        self._origin = origin
        page.on("console", self._hear)
        page.on("pageerror", self._note)

    def open(self, api: str, persona: str = "") -> None:
        """Goes to the panel of an API, and signs in."""
        self.page.goto(f"{self._origin}/#{api}")
        if persona:
            self.page.get_by_label("Signed in as").select_option(persona)

    def create(self, **entered: str) -> None:
        """Fills the form for a new session, by label, and sends it."""
        self.page.get_by_text("New session").click()
        for label, value in entered.items():
            self.page.get_by_label(label, exact=True).fill(value)
        self.page.get_by_role("button", name="Create").click()

    def follow(self, name: str) -> None:
        """Follows the first session of this name."""
        self.page.get_by_role("button", name=f"Follow {name}").first.click()

    def do(self, action: str, text: str = "") -> None:
        """Presses a button of the session that is followed, after entering the text that belongs to it."""
        followed = self.page.get_by_role("article")
        if text:
            form = followed.locator("form", has=self.page.get_by_role("button", name=action))
            form.get_by_role("textbox").fill(text)
        followed.get_by_role("button", name=action, exact=True).click()

    @property
    def names(self) -> Locator:
        """The names of the sessions that are listed."""
        return self.page.locator("tbody th span")

    @property
    def status(self) -> Locator:
        """The status of the session that is followed."""
        return self.page.get_by_role("article").locator("h3 .status")

    def fact(self, label: str) -> Locator:
        """What stands beside a label of the session that is followed."""
        return self.page.locator(f"dt:text-is('{label}') + dd")

    @property
    def alert(self) -> Locator:
        """What went wrong, in words."""
        return self.page.get_by_role("alert")

    def _hear(self, message: ConsoleMessage) -> None:
        heard = self.failures if message.text.startswith(FAILED) else self.complaints
        heard.append(message.text)

    def _note(self, error: Error) -> None:
        self.complaints.append(str(error))
