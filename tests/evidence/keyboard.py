"""Whole journeys by keyboard alone: Tab, Space, arrows and Enter, and every press counted."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Page

CONTINUE = "main form button[type=submit]:not([name], [hidden])"
TYPED = {"__day": "5", "__month": "5", "__year": "2026", "distance": "25", "price": "12", "stop_minutes": "30"}
"""What is typed, by how the name of the field ends; the postcode is left out, and elsewhere it is a word."""
MOST_TABS = 120
MOST_PAGES = 90

FOCUSED = """() => {
    const { tagName, type, name, value, checked } = document.activeElement;
    return [tagName.toLowerCase(), type ?? "", name ?? "", value ?? "", checked === true];
}"""


class Stuck(Exception):
    """By keyboard alone one does not get on from here."""


@dataclass
class KeyboardJourney:
    """Somebody who has no mouse, and what it cost them."""

    survey: str
    locale: str
    page: Page
    url: str
    pages: int = 0
    presses: dict[str, int] = field(default_factory=dict)
    characters: int = 0

    def walk(self, wave: str, last: str) -> KeyboardJourney:
        """From the start page to the page `last`, answering all that a key can answer. Raises Stuck."""
        self.page.goto(f"{self.url}/?survey={wave}")
        while not self.page.url.endswith(last):
            self.pages += 1
            if self.pages > MOST_PAGES:
                raise Stuck(f"{self.survey}, {self.locale}: still on {self.page.url} after {MOST_PAGES} pages")
            self.leave_page()
        return self

    def leave_page(self) -> None:
        """Answer each question of the page on the way to the button, and press it."""
        is_asked_again = self.page.locator(".nhsuk-error-summary, .app-notice").count() > 0
        done: set[str] = set()
        for _ in range(MOST_TABS):
            self.press("Tab")
            tag, kind, name, value, checked = self.page.evaluate(FOCUSED)
            if self.page.evaluate("selector => document.activeElement.matches(selector)", CONTINUE):
                with self.page.expect_navigation():
                    self.press("Enter")
                return
            if name.startswith("answer-") and name not in done and not is_asked_again:
                done.add(name)
                self.answer(tag, kind, name, value, checked)
        raise Stuck(f"{self.survey}, {self.locale}: Tab never reaches the button of {self.page.url}")

    def answer(self, tag: str, kind: str, name: str, value: str, checked: bool) -> None:
        """Answer with the keys that this kind of control understands."""
        if kind == "radio":
            self.press("Space")
            if name not in {"answer-taking_part", "answer-answering"}:
                self.press("ArrowDown")
        elif kind == "checkbox":
            if not name.endswith("__missing") and not checked:
                self.press("Space")
        elif tag == "select":
            if name != "answer-area" and not name.endswith("weather__place"):
                return
            self.press("ArrowDown")
        elif tag in {"input", "textarea"} and not name.endswith("__postcode") and not value:
            words = next((typed for end, typed in TYPED.items() if name.endswith(end)), "2")
            self.page.keyboard.type(words)
            self.characters += len(words)

    def press(self, key: str) -> None:
        """Press a key and count it."""
        self.page.keyboard.press(key)
        self.presses[key] = self.presses.get(key, 0) + 1
