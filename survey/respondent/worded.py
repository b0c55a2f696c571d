"""An item's words in the format of the person: the standard ones, or short sentences with a picture to each."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from markupsafe import Markup

from survey.i18n import Phrase
from survey.questionnaire.model import EasyReadLabel, Format, GridRow, Item, Option, Page, Questionnaire, Text
from survey.respondent.wording import Wording


@dataclass(frozen=True)
class PicturedPhrase(Phrase):
    """Words beside a picture, which shows nothing that they do not say."""

    words: Phrase | None = None
    picture: str = ""

    @classmethod
    def of(cls, words: Phrase, picture: str | None) -> Phrase:
        """The words with their picture; as they are where there is none."""
        if picture is None:
            return words
        return cls(words.text, words.language, words.foreign, words.source, words=words, picture=picture)

    def __html__(self) -> str:
        """The picture before the words: the direction of the page decides which side that is."""
        return Markup(
            '<span class="app-easy"><img class="app-easy__picture" src="{}" alt="" width="120" height="120">'
            '<span class="app-easy__words">{}</span></span>'
        ).format(self.picture, self.words)


def asked(item: Item, wording: Wording) -> tuple[Phrase, Phrase | None]:
    """The question, and the hint under it.

    Where Easy Read has no hint of its own the standard one stays, and so it does under the standard question, which
    stands in for an Easy Read one that is not translated.
    """
    context = f"item.{item.id}"
    text = wording.say(f"{context}.text", item.text)
    hint = wording.say_if(f"{context}.hint", item.hint)
    if wording.format is not Format.EASYREAD or item.formats is None or item.formats.easyread is None:
        return text, hint
    easy = item.formats.easyread
    words = _easy(f"{context}.easyread.text", easy.text, text, wording)
    if easy.hint is not None and words is not text:
        hint = _easy(f"{context}.easyread.hint", easy.hint, hint, wording)
    return PicturedPhrase.of(words, wording.picture(easy.image)), hint


def above(page: Page, wording: Wording) -> Phrase | None:
    """What stands above the questions of a page."""
    return _line(f"page.{page.id}", "intro", page.intro, page.easyread, wording)


def purpose(questionnaire: Questionnaire, wording: Wording) -> Phrase | None:
    """What the survey is for."""
    return _line("purpose", "", questionnaire.purpose, questionnaire.easyread, wording)


def _line(context: str, field: str, text: Text | None, easy: EasyReadLabel | None, wording: Wording) -> Phrase | None:
    standard = wording.say_if(f"{context}.{field}".rstrip("."), text)
    if wording.format is not Format.EASYREAD or easy is None:
        return standard
    words = standard if easy.text is None else _easy(f"{context}.easyread.text", easy.text, standard, wording)
    return words and PicturedPhrase.of(words, None if easy.image is None else wording.picture(easy.image))


def in_words(phrase: Phrase) -> Phrase:
    """A phrase without its picture, for where words stand in a line."""
    return phrase.words if isinstance(phrase, PicturedPhrase) and phrase.words is not None else phrase


def label(context: str, part: Option | GridRow, wording: Wording) -> tuple[Phrase, Phrase | None]:
    """An option or a row of a grid, and the hint under it; words that are short enough to need none have none."""
    text = wording.say(f"{context}.text", part.text)
    hint = wording.say_if(f"{context}.hint", part.hint) if isinstance(part, Option) else None
    easy = part.easyread
    if wording.format is not Format.EASYREAD or easy is None:
        return text, hint
    words = text if easy.text is None else _easy(f"{context}.easyread.text", easy.text, text, wording)
    picture = None if easy.image is None else wording.picture(easy.image)
    return PicturedPhrase.of(words, picture), hint if words is text else None


def stands_before(unit: str) -> bool:
    """Whether a unit stands before its number: the sign of a currency does."""
    return len(unit) == 1 and unicodedata.category(unit) == "Sc"


def _easy(context: str, easy: Text, standard: Phrase | None, wording: Wording) -> Phrase:
    """The Easy Read words, unless they are English and the standard ones are in the person's language."""
    phrase = wording.say(context, easy)
    return standard if standard is not None and phrase.foreign and not standard.foreign else phrase
