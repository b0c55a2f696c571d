"""Texts that name answers or count things: a slot where a page is drawn, the person's own words where it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from babel.lists import format_list
from markupsafe import Markup, escape

from survey.i18n import SOURCE_LOCALE, Catalogue, Language, Phrase, language, translate_plural
from survey.questionnaire.model import Plural
from survey.questionnaire.pipes import Pipe, pipes_in
from survey.respondent.slots import live_slot, plain_slot, source_slot

DEEPEST = 3
"""A label may name an answer whose label names another; after so many nothing more is put in."""

NOTHING = "…"
"""Stands where an answer is missing and the text says nothing else; the check lets that happen in a preview only."""


@dataclass(frozen=True)
class LiveText:
    """A text with pipes, or with a wording for each number; `name` is its context and the name of its slot."""

    name: str
    phrase: Phrase
    """Translated, with its pipes; of a plural the first form."""
    plural: Plural | None = None


@dataclass(frozen=True)
class LivePhrase(Phrase):
    """What stands for a live text while a page is drawn: slots, as HTML and as plain text."""

    name: str = ""

    @classmethod
    def of(cls, live: LiveText) -> LivePhrase:
        """The phrase of a live text."""
        phrase, source = live.phrase, str(source_slot(live.name))
        return cls(str(plain_slot(live.name)), phrase.language, phrase.foreign, source, name=live.name)

    def __html__(self) -> str:
        """The slot, in the language that its text is in."""
        slot = live_slot(self.name)
        return Markup("<span{}>{}</span>").format(self.attributes, slot) if self.foreign else slot


Words = tuple[Phrase | str, ...]
"""An answer in words: what is ours as phrases, what the person wrote as strings."""


@dataclass(frozen=True)
class Teller:
    """Puts one person's answers into live texts.

    `words` gives an answer's words by the name in a pipe, none where there is no answer; its second argument says
    whether the text has other words for someone who does not know. `count` is the number behind a plural.

    What people wrote stays what they wrote: it is escaped, kept apart from the letters around it, and never read for
    pipes.
    """

    catalogue: Catalogue
    live: Callable[[str], LiveText]
    words: Callable[[str, bool], Words]
    count: Callable[[str], int]

    def html(self, name: str) -> Markup:
        """A live text by name, as HTML."""
        return Markup(self._told(self.live(name), _HTML, DEEPEST))  # noqa: S704 - escaped piece by piece

    def plain(self, name: str) -> str:
        """A live text by name, as plain text."""
        return self._told(self.live(name), _PLAIN, DEEPEST)

    def source(self, name: str) -> str:
        """A live text by name, as plain text in the language of the source."""
        return self._told(self.live(name), _SOURCE, DEEPEST)

    def phrase(self, phrase: Phrase) -> Phrase:
        """A phrase as it can be shown without a slot."""
        return ToldPhrase.of(phrase, self) if isinstance(phrase, LivePhrase) else phrase

    def _told(self, live: LiveText, manner: _Manner, deep: int) -> str:
        phrase = live.phrase
        if live.plural is not None:
            one, other = live.plural.one, live.plural.other
            phrase = translate_plural(self.catalogue, live.name, one, other, self.count(live.plural.count))
        template = phrase.english if manner.is_source else phrase.text
        parts: list[str] = []
        for piece in _pieces(template):
            if isinstance(piece, str):
                parts.append(manner.literal(piece))
                continue
            words = self.words(piece.item, piece.otherwise is not None) if deep else ()
            if words:
                said = [self._said(word, live.phrase.language, manner, deep) for word in words]
                parts.append(_listed(said, language(SOURCE_LOCALE) if manner.is_source else self.catalogue.language))
            else:
                parts.append(manner.literal(piece.otherwise or NOTHING))
        return "".join(parts)

    def _said(self, word: Phrase | str, around: Language, manner: _Manner, deep: int) -> str:
        if isinstance(word, LivePhrase):
            return manner.own(around, word, self._told(self.live(word.name), manner, deep - 1))
        text = word.english if manner.is_source and isinstance(word, Phrase) else str(word)
        return manner.own(around, word, manner.literal(text))


_NO_MARKUP = Markup()


@dataclass(frozen=True)
class ToldPhrase(Phrase):
    """A live text with the person's answers in it."""

    html: Markup = _NO_MARKUP

    @classmethod
    def of(cls, phrase: LivePhrase, teller: Teller) -> ToldPhrase:
        """The phrase as this person reads it."""
        told = teller.html(phrase.name)
        return cls(teller.plain(phrase.name), phrase.language, foreign=phrase.foreign, html=told)

    def __html__(self) -> str:
        """With each answer kept apart."""
        return Markup("<span{}>{}</span>").format(self.attributes, self.html) if self.foreign else self.html


@lru_cache(maxsize=10_000)
def _pieces(template: str) -> tuple[str | Pipe, ...]:
    pieces: list[str | Pipe] = []
    end = 0
    for pipe in pipes_in(template):
        pieces += [template[end : pipe.start], pipe]
        end = pipe.end
    return (*pieces, template[end:])


def _listed(said: list[str], language: Language) -> str:
    """As the language lists things: "a, b and c"."""
    return format_list(said, locale="en_GB" if language.is_source else language.locale)


def _isolated(around: Language, word: Phrase | str, said: str) -> str:
    """An answer with its own direction, in its own language where that is ours and not that of the text around."""
    tag = word.language.tag if isinstance(word, Phrase) and word.language != around else None
    language = Markup(' lang="{}"').format(tag) if tag else Markup()
    return Markup('<bdi dir="auto"{}>{}</bdi>').format(language, Markup(said))  # noqa: S704 - escaped by the caller


@dataclass(frozen=True)
class _Manner:
    """How a text is put together: what is done to our words, and to an answer once that has been done to its words."""

    literal: Callable[[str], str]
    own: Callable[[Language, Phrase | str, str], str]
    is_source: bool = False


_HTML = _Manner(lambda text: str(escape(text)), _isolated)
_PLAIN = _Manner(lambda text: text, lambda around, word, said: said)
_SOURCE = _Manner(lambda text: text, lambda around, word, said: said, is_source=True)
