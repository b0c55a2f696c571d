"""How a page is looked at: width, zoom, text spacing, forced colours, comfort settings; put on a page that is open."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }
"""
"""What a page has to bear by WCAG 2.2, 1.4.12."""


@dataclass(frozen=True)
class Circumstance:
    """What the browser is and what the person has set."""

    name: str
    width: int = 1280
    height: int = 1024
    spaced: bool = False
    forced_colours: bool = False
    looks: str = ""
    """The cookie of comfort settings; a page has to be loaded again for it."""


# A window of 1280 x 1024 at 400% has the room of 320 x 256.
CIRCUMSTANCES = (
    Circumstance("desktop"),
    Circumstance("320 pixels", 320, 640),
    Circumstance("400% zoom", 320, 256),
    Circumstance("text spacing", spaced=True),
    Circumstance("text spacing at 320 pixels", 320, 640, spaced=True),
    Circumstance("forced colours", forced_colours=True),
)

COMFORT = (
    Circumstance("dark colours", looks="theme-dark"),
    Circumstance("high contrast", looks="theme-contrast"),
    Circumstance("largest words at 320 pixels", 320, 640, looks="text-200.space-widest"),
)
"""What people can set on the site itself (survey/looks.py)."""


def bring_about(circumstance: Circumstance, page: Page) -> None:
    """Put an open page in these circumstances, without loading it again."""
    page.set_viewport_size({"width": circumstance.width, "height": circumstance.height})
    page.emulate_media(forced_colors="active" if circumstance.forced_colours else "none")
    # A style element would be refused by the page's own policy.
    page.evaluate(
        """async css => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(css);
            document.adoptedStyleSheets = [sheet];
            await new Promise(requestAnimationFrame);
        }""",
        SPACING if circumstance.spaced else "",
    )
