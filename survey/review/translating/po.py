"""A catalogue as a PO file that another program can go on with: the newest words, and how far each string is."""

from __future__ import annotations

from babel.messages.catalog import Catalog

from survey.questionnaire.stages import FLAGS, Stage
from survey.review.translating.files import merged_catalogue, template_of
from survey.review.translating.strings import Sheet, String
from survey.translations.catalogues import key_of, messages_of


def newest_catalogue(sheet: Sheet) -> Catalog:
    """The catalogue with the newest words of each string, its stage as flags, and what stale ones were made for."""
    merged = merged_catalogue(sheet.locale, sheet.name)
    written = Catalog(merged.locale_identifier, merged.domain, merged.header_comment, fuzzy=False)
    written.mime_headers = merged.mime_headers
    strings = {(string.key.context, string.key.source): string for string in sheet.strings}
    for message in messages_of(template_of(sheet.name)):
        context, source = key_of(message)
        string, new = strings[context or "", source], message.clone()
        new.string = string.newest if string.plural and string.newest else "".join(string.newest[:1])
        if string.newest:
            _mark(new.flags, string)
        if string.stage is Stage.STALE:
            new.previous_id = list(string.previous)
        written[new.id] = new
    return written


def _mark(flags: set[str], string: String) -> None:
    """Words that somebody drafts anew after a decision are a draft, whatever is served meanwhile."""
    stage = string.working_stage
    if stage is Stage.STALE:
        flags.add("fuzzy")
    elif stage in FLAGS:
        flags.add(FLAGS[stage])
