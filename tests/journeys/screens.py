"""Pictures of pages as people see them, for those who read the docs: where HJP_PICTURES says."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize

from letters.access.roles import Role

PHONE: ViewportSize = {"width": 375, "height": 800}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
# Dots of a picture at most; what is longer than that is cut.
WIDE, LONG = 800, 2000
# Pages that are also drawn at 200 %, in forced colours and as they print.
LOOKED_AT_CLOSELY = ("start", "worklist", "case", "letter")


@dataclass
class Screens:
    """Opens pages in the browser, and draws them where somebody asked for pictures."""

    browser: Browser
    web_server: str
    folder: str = field(default_factory=lambda: os.environ.get("HJP_PICTURES", ""))
    drawn: dict[str, list[str]] = field(default_factory=dict)

    @contextmanager
    def opened(self, client: Client) -> Iterator[Page]:
        """A telephone's page, in which whoever the client is has signed in."""
        context = self.browser.new_context(base_url=self.web_server, viewport=PHONE)
        name = settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        context.add_cookies([{"name": name, "value": value, "url": self.web_server}])
        yield context.new_page()
        context.close()

    def keep(self, page: Page, role: Role, name: str) -> None:
        """The page on a telephone and on a desk."""
        if not self.folder:
            return
        self._draw(page, role, name, "phone")
        page.set_viewport_size(DESKTOP)
        self._draw(page, role, name, "desktop")
        if name in LOOKED_AT_CLOSELY:
            self._closely(page, role, name)
        page.set_viewport_size(PHONE)

    def _closely(self, page: Page, role: Role, name: str) -> None:
        page.set_viewport_size({"width": DESKTOP["width"] // 2, "height": DESKTOP["height"] // 2})
        self._draw(page, role, name, "zoomed")  # what 200 % leaves of a desk's page
        page.set_viewport_size(DESKTOP)
        page.emulate_media(forced_colors="active")
        self._draw(page, role, name, "forced_colours")
        page.emulate_media(forced_colors="none", media="print")
        self._draw(page, role, name, "printed")
        page.emulate_media(media="screen")

    def _draw(self, page: Page, role: Role, name: str, how: str) -> None:
        file = Path(self.folder) / role.value / f"{name}-{how}.webp"
        file.parent.mkdir(parents=True, exist_ok=True)
        with Image.open(io.BytesIO(page.screenshot(full_page=True))) as picture:
            shown = picture.convert("RGB")
        if shown.width > WIDE:
            shown = shown.resize((WIDE, round(shown.height * WIDE / shown.width)))
        shown.crop((0, 0, shown.width, min(shown.height, LONG))).save(file, quality=45, method=6)
        self.drawn.setdefault(role.value, []).append(f"{name}-{how}")

    def keep_gallery(self) -> None:
        """The page that shows them, a part for each role."""
        if self.folder:
            page = "\n".join([_HEAD, *self._parts()])
            (Path(self.folder) / "README.md").write_text(page, encoding="utf-8")

    def _parts(self) -> Iterator[str]:
        for role, names in self.drawn.items():
            yield f"\n## {Role(role).label}\n"
            for name in dict.fromkeys(each.rsplit("-", 1)[0] for each in names):
                yield f"- {name.replace('_', ' ')}: {', '.join(_links(role, name, names))}"
        yield ""


def _links(role: str, name: str, names: list[str]) -> Iterator[str]:
    for each in names:
        if each.rsplit("-", 1)[0] == name:
            yield f"[{each.rsplit('-', 1)[1]}]({role}/{each}.webp)"


_HEAD = """# The pages, as people see them

Made by `HJP_PICTURES=docs/screens ./hjp test tests/journeys/test_every_page.py`, with invented
people. A page stands under the first role that may open it: clinicians, then advisers, evaluators,
legal reviewers and administrators. "Zoomed" is a desk's page at 200 %.
"""
