"""What an address of the dashboard asks for, and the address of what a person may ask next."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from urllib.parse import parse_qsl, urlencode

LONGEST_QUERY = 1000
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


class Page(StrEnum):
    """The pages; the value is the last part of the path, and the overview is at the prefix itself."""

    OVERVIEW = ""
    RESULTS = "results"
    COMPARE = "compare"
    MISSING = "missing"
    PROFILE = "profile"
    WORDS = "words"
    METHOD = "method"


class AddressError(Exception):
    """An address nobody was given: `key` says which part cannot be read ('' for the path or the whole)."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class Address:
    """A view as its address spells it; None where the address leaves the choice to us."""

    page: Page
    wave: str | None = None
    release: str | None = None
    areas: str | None = None
    """The vintage of the list of areas, such as `2026`."""
    question: str | None = None
    by: str | None = None
    """One answer among each group of a dimension, such as `sex`, or in each survey: `waves`."""
    place: str | None = None
    """`england`, the code of a region or area, or `regions` or `areas` to see all of them side by side."""
    answer: str | None = None
    """Where places, groups or surveys are side by side: the option compared, or `measure`."""
    period: str | None = None
    """`wave` or `pooled`."""
    split: str | None = None
    """Where people stop: by `language`, `format`, `mode` or `answering`."""

    def with_changes(self, **changes: str | Page | None) -> Address:
        """The same view but for `changes`."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def query(self) -> str:
        """The query string, without `?`; choices left open do not appear."""
        chosen = ((key, getattr(self, key)) for key in KEYS)
        return urlencode([(key, value) for key, value in chosen if value is not None])

    def href(self, prefix: str) -> str:
        """The permalink below `prefix`, which ends in a slash."""
        query = self.query()
        return f"{prefix}{self.page.value}" + (f"?{query}" if query else "")

    def pdf_href(self, prefix: str) -> str:
        """Where the profile of an area is had as PDF."""
        return f"{prefix}profile.pdf?{self.query()}"

    def download_href(self, prefix: str, table: str | None = None, *, kind: str = "csv") -> str:
        """Where the same view is had as csv, xlsx or ods; `table` is the name of a sheet of a CSV, None the first."""
        query = urlencode([("page", self.page.name.lower()), *([("table", table)] if table else [])])
        return f"{prefix}download.{kind}?{query}" + (f"&{self.query()}" if self.query() else "")


KEYS = tuple(field.name for field in fields(Address) if field.name != "page")


def read_address(path: str, query: str, *, prefix: str) -> Address:
    """The address of a page from its `path` (with `prefix`) and `query` (with or without `?`).

    Keys we do not know are passed over (mail programs add some). Raises AddressError.
    """
    whole = f"{path.rstrip('/')}/"
    if not whole.startswith(prefix):
        raise AddressError("")
    try:
        page = Page(whole.removeprefix(prefix).rstrip("/"))
    except ValueError:
        raise AddressError("") from None
    return _with_choices(page, _read_query(query))


def read_download(query: str) -> Address:
    """The address whose figures `query` asks for; its page is the parameter `page`. Raises AddressError."""
    choices = _read_query(query)
    by_name = {page.name.lower(): page for page in Page}
    page = by_name.get(choices.get("page", ""))
    if page is None:
        raise AddressError("page")
    return _with_choices(page, choices)


def read_profile(query: str) -> Address:
    """The address of the profile whose PDF `query` asks for. Raises AddressError."""
    return _with_choices(Page.PROFILE, _read_query(query))


def _with_choices(page: Page, choices: Mapping[str, str]) -> Address:
    return Address(page, **{key: choices[key] for key in KEYS if key in choices})


def _read_query(query: str) -> dict[str, str]:
    """One value a key; a key given twice with two meanings, or a value that cannot be a name, is an AddressError."""
    query = query.removeprefix("?")
    if len(query) > LONGEST_QUERY:
        raise AddressError("")
    choices: dict[str, str] = {}
    for key, value in parse_qsl(query, keep_blank_values=True, errors="replace"):
        if key not in KEYS and key != "page":
            continue
        if value == "":
            continue
        if not _NAME.fullmatch(value) or choices.get(key, value) != value:
            raise AddressError(key)
        choices[key] = value
    return choices
