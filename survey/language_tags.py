"""Which locale a browser's language tag means: the same language in the same script, whatever the country.

Who reads Panjabi in Pakistan (pa-PK) reads another script than in India, and who reads zh-TW other characters than
those of zh-CN: nobody is given a script that they may not read. What a tag leaves out is taken from Unicode's table of
likely subtags.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from babel.core import get_global, parse_locale
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

MOST_TAGS = 20
"""So many languages of a browser are looked at."""
_LONGEST_HEADER = 1000
"""Characters of what a browser says, which anybody can make as long as they like."""
_LONGEST_TAG = 35
"""Characters; the longest that RFC 5646 wants software to keep."""


class _Meant(NamedTuple):
    language: str
    script: str
    territory: str


def accepted_tags(header: str) -> list[str]:
    """The tags of an Accept-Language header, those wanted most first. Nothing in it is an error."""
    if len(header) > _LONGEST_HEADER:
        header = header[:_LONGEST_HEADER].rpartition(",")[0]
    return [str(tag) for tag, quality in parse_accept_header(header, LanguageAccept) if quality > 0]


def best_locale(tags: Iterable[str], among: Collection[str]) -> str | None:
    """The locale for the first of a browser's tags that there is one for, that of its country before another."""
    for tag in islice(tags, MOST_TAGS):
        meant = _meant_by(tag)
        if meant is None:
            continue
        fitting = [(locale, _meant_by(locale)) for locale in sorted(among)]
        same = [(locale, found) for locale, found in fitting if found is not None and found[:2] == meant[:2]]
        if same:
            return next((locale for locale, found in same if found.territory == meant.territory), same[0][0])
    return None


@lru_cache(maxsize=1024)
def _meant_by(tag: str) -> _Meant | None:
    """Language, script and country of a tag or locale, written out; None for what is no language."""
    if len(tag) > _LONGEST_TAG:
        return None
    try:
        language, territory, script = parse_locale(_without_extensions(tag))[:3]
    except ValueError:
        return None
    alias = get_global("language_aliases").get(language)
    if alias is not None:
        language, of_alias, script_of_alias = parse_locale(alias)[:3]
        territory, script = territory or of_alias, script or script_of_alias
    likely = _likely(language, territory, script)
    return _Meant(language, script or likely.script, territory or likely.territory)


def _likely(language: str, territory: str | None, script: str | None) -> _Meant:
    known = get_global("likely_subtags")
    for parts in ((language, script, territory), (language, territory), (language, script), (language,)):
        found = known.get("_".join(filter(None, parts)))
        if found is not None:
            of_language, of_territory, of_script = parse_locale(found)[:3]
            return _Meant(of_language, of_script or "", of_territory or "")
    return _Meant(language, "", "")


def _without_extensions(tag: str) -> str:
    """What stands before the first part of one character, which begins extensions and private use."""
    parts = tag.split("@")[0].replace("-", "_").split("_")
    end = next((place for place, part in enumerate(parts) if len(part) == 1 and place), len(parts))
    return "_".join(parts[:end])
