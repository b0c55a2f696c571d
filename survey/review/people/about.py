"""What members can tell of themselves for the group's make-up: the annual survey's own questions about people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from survey.i18n import Phrase, gettext, language
from survey.questionnaire.load import QuestionnaireError, load_file
from survey.questionnaire.model import Answering, ChoiceItem
from survey.respondent.site import current_format, current_locale, current_site, interface_locale
from survey.respondent.worded import asked, in_words, label
from survey.respondent.wording import Wording

DIMENSIONS = ("age", "sex", "ethnicity", "language", "limits")
"""Those that the group compares itself with the survey by; `limits` is how a condition or illness limits people."""
CARER = "carer"
"""The survey knows it from who answers, so the group has a question of its own."""
TOLD = (*DIMENSIONS, CARER)

_QUESTIONNAIRE = "phb-annual"
_TOO_YOUNG = frozenset({"age_0_4", "age_5_10"})
"""Children of this age have a budget; nobody asks them to read drafts."""


@dataclass(frozen=True)
class AboutQuestion:
    """One of them, in the words of whoever reads it; `groups` has options by heading, '' for those without one."""

    name: str
    words: Phrase
    groups: Mapping[str, Sequence[tuple[str, Phrase]]]

    @property
    def words_of(self) -> Mapping[str, Phrase]:
        """The words of each option by its code."""
        return {code: words for options in self.groups.values() for code, words in options}


def about_questions() -> tuple[AboutQuestion, ...]:
    """The questions in the language and format of the request; without the questionnaire only the group's own."""
    site = current_site()
    path = site.config.questionnaires / f"{_QUESTIONNAIRE}.json"
    wording = Wording(site.languages.catalogue(_QUESTIONNAIRE, current_locale()), Answering.SELF, current_format())
    try:
        items = _items(path, path.stat().st_mtime_ns)
    except (QuestionnaireError, OSError):
        return (_carer(),)
    return (*(_question(name, items[name], wording) for name in DIMENSIONS if name in items), _carer())


@lru_cache(maxsize=4)
def _items(path: Path, changed_at: int) -> Mapping[str, ChoiceItem]:
    """The questions about people by dimension, of the file as it was at that moment."""
    pages = (page for section in load_file(path).sections for page in section.pages)
    items = (item for page in pages for item in page.items if isinstance(item, ChoiceItem) and item.role)
    return {str(item.role).removeprefix("dimension:"): item for item in items}


def offered_codes(questions: Sequence[AboutQuestion]) -> dict[str, frozenset[str]]:
    """What can be told, by question."""
    return {question.name: frozenset(question.words_of) for question in questions}


def _question(name: str, item: ChoiceItem, wording: Wording) -> AboutQuestion:
    headings = {
        group.code: str(wording.say(f"item.{item.id}.group.{group.code}.text", group.text)) for group in item.groups
    }
    groups: dict[str, list[tuple[str, Phrase]]] = {}
    for option in item.options:
        if option.missing is None and option.code not in _TOO_YOUNG:
            words = in_words(label(f"item.{item.id}.option.{option.code}", option, wording)[0])
            groups.setdefault(headings.get(option.group or "", ""), []).append((option.code, words))
    return AboutQuestion(name, in_words(asked(item, wording)[0]), groups)


def _carer() -> AboutQuestion:
    here = language(interface_locale())
    words = Phrase(gettext("Do you care for somebody without pay?"), here)
    answers = (("yes", Phrase(gettext("Yes"), here)), ("no", Phrase(gettext("No"), here)))
    return AboutQuestion(CARER, words, {"": answers})
