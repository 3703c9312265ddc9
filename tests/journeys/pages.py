"""A person at a browser: every page they come to is looked at for what would shut somebody out."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from playwright.sync_api import Page

from letters.access import sessions
from letters.access.models import User
from tests.factories import PASSWORD
from tests.sign_in import a_code_of

# A radio that asks a further question says so on itself, which this rule does not know of.
BY_DESIGN = "aria-allowed-attr"


@dataclass
class Walk:
    """Steps through pages by the words on them."""

    page: Page
    has_scripts: bool = True
    seen: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(10_000)
        self.page.set_default_navigation_timeout(30_000)  # the first page waits for the program

    def sign_in(self, user: User) -> None:
        self.go("/sign-in/")
        self.sign_in_here(user)

    def sign_in_here(self, user: User) -> None:
        """On the page that asks for it."""
        self.fill("E-mail address", user.email)
        self.fill("Password", PASSWORD)
        code = a_code_of(user)
        self.press("Sign in")
        if code:
            self.fill("Code", code)
            self.press("Sign in")

    def go(self, address: str) -> None:
        self.page.goto(address)
        self.look()

    def follow(self, words: str) -> None:
        self.page.get_by_role("link", name=words).first.click()
        self.look()

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words).first.click()
        self.look()

    def fill(self, label: str, words: str) -> None:
        self.page.get_by_label(label, exact=True).fill(words)

    def choose(self, question: str, answer: str) -> None:
        """One of a group of radios, or a box of a group, by the words of both."""
        group = self.page.get_by_role("group", name=question, exact=True)
        group.get_by_label(answer, exact=True).check()

    def select(self, label: str, words: str) -> None:
        self.page.get_by_label(label, exact=True).select_option(label=words)

    def day(self, question: str, day: str, month: str, year: str) -> None:
        group = self.page.get_by_role("group", name=question, exact=True)
        for part, words in (("Day", day), ("Month", month), ("Year", year)):
            group.get_by_label(part, exact=True).fill(words)

    def leave_alone(self) -> None:
        """As if nobody had done anything for longer than a quarter of an hour."""
        (key,) = [c["value"] for c in self.page.context.cookies() if c["name"] == "sessionid"]
        session = SessionStore(session_key=key)
        sessions.note_sign_in(session, at=timezone.now() - timedelta(minutes=16))
        session.save()

    @property
    def words(self) -> str:
        return self.page.locator("main").inner_text()

    @property
    def title(self) -> str:
        return self.page.title()

    def look(self) -> None:
        """Wait until the page is there; it must fit its window and pass axe."""
        self.page.wait_for_load_state("load")  # no page asks for more afterwards
        self.seen.append(self.page.url)
        if self.has_scripts:
            assert not (found := self.faults()), found

    def faults(self) -> list[str]:
        """What would shut somebody out of the page as it is."""
        sideways = [f"{self.page.url} scrolls sideways"] if self._overflow() > 0 else []
        return [*sideways, *self._violations()]

    def _overflow(self) -> int:
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(self.page.evaluate(wide))

    def _violations(self) -> list[str]:
        found: list[dict[str, Any]] = Axe().run(self.page).response["violations"]
        return [
            f"{each['id']}: {node['target']}"
            for each in found
            for node in each["nodes"]
            if not (each["id"] == BY_DESIGN and self._is_radio(node["target"][0]))
        ]

    def _is_radio(self, target: str) -> bool:
        return bool(self.page.locator(target).get_attribute("type") == "radio")
