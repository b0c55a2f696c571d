"""The words of a questionnaire as one person reads them: in their language and format, by who is answering."""

from __future__ import annotations

from dataclasses import dataclass

from survey.i18n import SOURCE_LOCALE, Catalogue, Phrase, language, translate
from survey.questionnaire.model import Answering, Format, Text
from survey.questionnaire.text import choose


@dataclass(frozen=True)
class Wording:
    """One questionnaire's catalogue in one language, who reads it, and in what format."""

    catalogue: Catalogue
    answering: Answering
    format: Format = Format.STANDARD

    def say(self, context: str, text: Text) -> Phrase:
        """The text under a gettext context (without the variant), worded for who answers and translated."""
        source, variant = choose(text, self.answering)
        return translate(self.catalogue, f"{context}.{variant}" if variant else context, source)

    def say_if(self, context: str, text: Text | None) -> Phrase | None:
        """The same for a text that may not be there."""
        return None if text is None else self.say(context, text)

    def name(self, text: str) -> Phrase:
        """A name that is English in every language, such as an NHS area's."""
        page = self.catalogue.language
        return Phrase(text, language(SOURCE_LOCALE), foreign=page.locale != SOURCE_LOCALE)
