"""Reading and writing .po files so that the same content is always the same bytes, and no reader loses a comment."""

from __future__ import annotations

import re
from datetime import datetime
from gettext import c2py
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser, generate_po, unescape

_ONE_LINE = 1_000_000
"""Width of a line: Babel cuts a longer `#|` comment in a way that neither it nor gettext can read back."""

_NUMBERS_TRIED = 1001
"""From 0; the rules of every language repeat long before, but for millions."""

_MOST_FORMS = 10
"""Of a plural: no language has more than six."""

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


class CatalogueError(Exception):
    """A .po file that cannot be read; the message says which, where and what to do."""


class _BoundedCatalog(Catalog):
    """Babel makes room for as many forms as a header says, before anybody can look at it."""

    @property
    def num_plurals(self) -> int:
        number = super().num_plurals
        if number > _MOST_FORMS:
            raise ValueError(f"its line Plural-Forms says that a plural has {number} forms")
        return number


def read_po_file(path: Path, locale: str) -> Catalog:
    """Read a catalogue with its flags, notes, obsolete strings and the previous wording of fuzzy ones.

    Raises CatalogueError.
    """
    if not is_language(locale):
        problem = f"{path}: {locale!r} is not a language"
        raise CatalogueError(f"{problem}. Name the folder by a code such as pl, ur or pt_BR.")
    text = _read_text(path)
    # Babel takes the previous wording of an obsolete string for a syntax error.
    lines = ["" if line.startswith("#~|") else line for line in text.split("\n")]
    try:
        catalog = _BoundedCatalog(locale=locale, domain=path.stem, charset="utf-8")
        PoFileParser(catalog, abort_invalid=True).parse(lines)
        _check_plural_forms(path, catalog)
    except PoFileError as error:
        # The line is where the parser noticed, counted from 0.
        problem = f"{path}, near line {error.lineno + 1}: {error}: {error.line!r}"
        raise CatalogueError(f"{problem}. Mend the file in an editor for .po files.") from error
    except (ValueError, LookupError, TypeError) as error:  # what Babel's parser lets through of a mangled file
        problem = f"{path}: the file is no catalogue: {error}"
        raise CatalogueError(f"{problem}. Mend the file in an editor for .po files.") from error
    catalog.locale = locale  # the folder decides, not the header
    for message in catalog:
        _take_previous_wording(message)
    return catalog


def _read_text(path: Path) -> str:
    """The text of a file. Raises CatalogueError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CatalogueError(f"{path}: the file cannot be opened: {error.strerror}. Check who may read it.") from error
    try:
        text = content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CatalogueError(f"{path}, line {line}: the file is not UTF-8. Save it as UTF-8.") from error
    if text.startswith("\N{ZERO WIDTH NO-BREAK SPACE}"):
        problem = f"{path}, line 1: the file begins with a byte-order mark"
        raise CatalogueError(f"{problem}. Save it as UTF-8 without one.")
    return text


def _check_plural_forms(path: Path, catalog: Catalog) -> None:
    """The formula of the header must give one of the forms for every number. Raises CatalogueError, ValueError."""
    forms = range(catalog.num_plurals)
    try:
        choose = c2py(catalog.plural_expr)
        is_right = all(choose(number) in forms for number in range(_NUMBERS_TRIED))
    except (ValueError, ZeroDivisionError):
        is_right = False
    if not is_right:
        problem = f"{path}: the line Plural-Forms cannot be used: {catalog.plural_forms}"
        raise CatalogueError(f"{problem}. Write that of the language, as `phb translations merge` does.")


def is_language(locale: str) -> bool:
    """Whether this is the code of a language, as folders are named."""
    try:
        return str(Locale.parse(locale)) == locale
    except (UnknownLocaleError, ValueError):
        return False


def format_po(catalog: Catalog) -> str:
    """The text of a .po file: in the order of the catalogue, without dates of its own, line numbers or wrapping."""
    entries = generate_po(
        catalog, omit_header=True, include_previous=True, include_lineno=False, width=_ONE_LINE, sort_by=None
    )
    return f"{_header(catalog)}\n{''.join(entries).rstrip()}\n"


def write_po_file(path: Path, catalog: Catalog) -> bool:
    """Write a catalogue, through a temporary name; True when the file changed."""
    content = format_po(catalog).encode()
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_bytes(content)
    temporary.replace(path)
    return True


def forms_of(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """The forms of a message or translation: one, or one for each plural."""
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def _take_previous_wording(message: Message) -> None:
    """Babel reads `#|` lines as notes of the translator, with the bar: move them to where they belong."""
    notes = [note for note in message.user_comments if not note.startswith("|")]
    previous = " ".join(note[1:].strip() for note in message.user_comments if note.startswith("|"))
    message.user_comments = notes
    message.previous_id = [
        "".join(unescape(part) for part in _QUOTED.findall(quoted))
        for keyword, quoted in re.findall(r'(msgctxt|msgid_plural|msgid)((?:\s*"(?:[^"\\]|\\.)*")+)', previous)
        if keyword != "msgctxt"
    ]


def _header(catalog: Catalog) -> str:
    fields = {"Project-Id-Version": catalog.domain or ""}
    if isinstance(catalog.revision_date, datetime):
        fields["PO-Revision-Date"] = f"{catalog.revision_date:%Y-%m-%d %H:%M%z}"
    if "EMAIL@ADDRESS" not in (catalog.last_translator or "EMAIL@ADDRESS"):
        fields["Last-Translator"] = catalog.last_translator
    if catalog.locale_identifier:
        fields |= {"Language": catalog.locale_identifier, "Plural-Forms": catalog.plural_forms}
    fields |= {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    comment = catalog.header_comment.rstrip()
    notes = [comment] if comment and "EMAIL@ADDRESS" not in comment else []  # Babel's own comment says nothing
    lines = [f'"{name}: {value}\\n"' for name, value in fields.items()]
    return "\n".join([*notes, 'msgid ""', 'msgstr ""', *lines, ""])
