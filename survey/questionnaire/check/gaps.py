"""What a questionnaire lacks for some of its readers: formats of its items, and translations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from survey.questionnaire.model import Formats, Questionnaire
from survey.questionnaire.problems import Finding, Severity
from survey.questionnaire.stages import Stage
from survey.questionnaire.text import translation_units
from survey.questionnaire.walk import items_of

Translated = Mapping[str, Mapping[str, Stage]]
"""Of each language, how far each string is, by its context."""

FORMAT_GAPS = {
    "easyread": (
        "easyread-gap",
        "has no Easy Read wording",
        "Add `formats.easyread` with a short sentence and a picture.",
    ),
    "audio": ("audio-gap", "has no recording", "Record it and add `formats.audio`."),
    "bsl": ("bsl-gap", "is not in British Sign Language", "Have it signed and add `formats.bsl`."),
}
"""Of each format beside the standard one: the rule, what an item lacks, and what to do."""

FORMAT_GAP_NAMES = tuple(rule for rule, _, _ in FORMAT_GAPS.values())
TRANSLATION_NAMES = ("translation-gap", "translation-draft")
GAP_NAMES = (*FORMAT_GAP_NAMES, *TRANSLATION_NAMES)
"""The rules of `find_format_gaps` and `find_translation_gaps`."""

_MOST_NAMED = 5


def find_format_gaps(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Items without Easy Read, recording or film, one finding for each item and format."""
    for name, (rule, lacks, remedy) in FORMAT_GAPS.items():
        for location, _, item in items_of(questionnaire):
            if getattr(item.formats or Formats(), name) is None:
                yield Finding((*location, "formats", name), rule, f"`{item.id}` {lacks}.", remedy, Severity.WARNING)


def find_translation_gaps(questionnaire: Questionnaire, translated: Translated) -> Iterator[Finding]:
    """Of each language, how many strings people would read in English, and how many no person has checked."""
    contexts = [unit.context for unit in translation_units(questionnaire)]
    for locale, stages in sorted(translated.items()):
        stage = {context: stages.get(context, Stage.MISSING) for context in contexts}
        missing, fuzzy, drafts = (
            [context for context in contexts if stage[context] is wanted]
            for wanted in (Stage.MISSING, Stage.STALE, Stage.MACHINE)
        )
        if missing or fuzzy:
            counts = [f"{len(missing)} {_are(missing)} not translated"] * bool(missing)
            counts += [f"{len(fuzzy)} {_were(fuzzy)} translated from other words"] * bool(fuzzy)
            message = (
                f"In the language `{locale}`, of {len(contexts)} strings, {' and '.join(counts)}. "
                f"{_places([*missing, *fuzzy])}."
            )
            remedy = "Run `phb translations merge`, and translate them in the catalogue."
            yield Finding(("translations", locale), "translation-gap", message, remedy, Severity.WARNING)
        if drafts:
            message = f"In the language `{locale}`, {len(drafts)} of {len(contexts)} strings are drafts of a machine."
            remedy = "Have two people read them, and take the flag `machine-draft` off."
            yield Finding(("translations", locale), "translation-draft", message, remedy, Severity.WARNING)


def _are(strings: list[str]) -> str:
    return "is" if len(strings) == 1 else "are"


def _were(strings: list[str]) -> str:
    return "was" if len(strings) == 1 else "were"


def _places(contexts: list[str]) -> str:
    """The items and pages that strings belong to, the first of them by name; one of them has many strings."""
    owners = list(dict.fromkeys(".".join(context.split(".")[:2]) for context in contexts))
    named = ", ".join(f"`{owner}`" for owner in owners[:_MOST_NAMED])
    if len(owners) == 1:
        return f"The place is {named}"
    rest = f" and {len(owners) - _MOST_NAMED} more places" if len(owners) > _MOST_NAMED else ""
    return f"The places are {len(owners)}: {named}{rest}"
