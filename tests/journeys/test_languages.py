"""A whole journey in every language that ships, in a real browser on a phone: from the start page to what was sent."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from survey.i18n import SOURCE_LOCALE, language, shipped_languages
from tests.journeys.conftest import LiveServer, Person

LOCALES = sorted(shipped_languages().locales - {SOURCE_LOCALE})

WITH_SCRIPT = {"ar", "bn", "zh_Hans"}
"""The others go without, which is faster and asks more."""

FILL = """
() => {
  const main = document.querySelector("main form");
  const groups = new Set();
  for (const field of main.querySelectorAll("input[name^='answer-'], textarea, select")) {
    if (field.type === "radio" || field.type === "checkbox") {
      const all = main.querySelectorAll(`[name="${field.name}"]`);
      if (!groups.has(field.name)) { all[all.length > 9 ? 6 : 0].checked = true; }
      groups.add(field.name);
    } else if (field.tagName === "SELECT") {
      field.selectedIndex = Math.min(1, field.options.length - 1);
    } else if (field.name.startsWith("answer-") && !field.closest("[hidden]")) {
      field.value = field.inputMode === "numeric" ? "3" : "…";
    }
  }
  return groups.size;
}
"""
"""The first answer to everything; of long lists, such as ages, one in the middle, which nobody would doubt."""

STATE = """
() => ({
  lang: document.documentElement.lang,
  dir: document.documentElement.dir,
  wide: document.documentElement.scrollWidth > window.innerWidth + 1,
  errors: document.querySelectorAll(".nhsuk-error-summary").length,
  foreign: [...document.querySelectorAll("h1, legend, main label, main .nhsuk-button")]
    .filter(element => element.querySelector("[lang=en]") && !element.querySelector("bdi, [lang=en] bdi"))
    .map(element => element.textContent.trim().slice(0, 60)),
})
"""


@pytest.mark.parametrize("locale", LOCALES)
def test_a_whole_journey_can_be_made_in_every_language(
    person: Callable[..., Person], live_server: LiveServer, locale: str
) -> None:
    somebody = person(width=360, java_script_enabled=locale in WITH_SCRIPT)
    somebody.go(f"/language/{locale}?to=/")
    wanted = language(locale)
    pages: list[str] = []
    while not somebody.address.startswith("/survey/done"):
        state = somebody.page.evaluate(STATE)
        assert (state["lang"], state["dir"]) == (wanted.tag, wanted.direction), somebody.address
        assert not state["wide"], somebody.address
        assert state["errors"] == 0, somebody.address
        assert state["foreign"] == [], somebody.address
        assert somebody.address not in pages, f"{somebody.address} comes twice"
        pages.append(somebody.address)
        somebody.page.evaluate(FILL)
        somebody.press()
    assert len(pages) > 35
    row = live_server.store.rows("select locale from events order by saved_at desc limit 1")
    assert row[0][0] == locale
