"""Catalogue files: the same content is the same bytes, and nothing a translator wrote is lost on the way."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from hypothesis import given
from hypothesis import strategies as st

from survey.po_files import CatalogueError, format_po, read_po_file, write_po_file

WRITTEN_BY_A_TRANSLATOR = """\
# Polish, by the translation group
msgid ""
msgstr ""
"Project-Id-Version: phb-annual\\n"
"PO-Revision-Date: 2026-03-04 05:06+0000\\n"
"Last-Translator: Anna Nowak <anna@example.org>\\n"
"Language: pl\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

# asked the group on Tuesday
#. Question
#, fuzzy, machine-draft
#| msgid "Do you have \\"a say\\" in what happens with the money that was put aside for you, and with the plan?"
msgctxt "item.say.text.self"
msgid "Do you have a say?"
msgstr "Czy ma Pan/Pani coś do powiedzenia?"

#: survey/templates/page.html survey/views.py
#, python-format
msgid "%(count)s answer"
msgid_plural "%(count)s answers"
msgstr[0] "%(count)s odpowiedź"
msgstr[1] "%(count)s odpowiedzi"
msgstr[2] "%(count)s odpowiedzi"

# it may come back
#~ msgctxt "item.gone.text"
#~ msgid "Gone"
#~ msgstr "Nie ma"
"""


def _write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "phb-annual.po"
    path.write_text(text, encoding="utf-8")
    return path


def test_reading_and_writing_changes_not_one_byte(tmp_path: Path) -> None:
    path = _write(tmp_path, WRITTEN_BY_A_TRANSLATOR)
    assert format_po(read_po_file(path, "pl")) == WRITTEN_BY_A_TRANSLATOR


def test_a_file_is_touched_only_when_something_changed(tmp_path: Path) -> None:
    path = _write(tmp_path, WRITTEN_BY_A_TRANSLATOR)
    catalogue = read_po_file(path, "pl")
    assert write_po_file(path, catalogue) is False
    catalogue.add("New", context="item.new.text")
    assert write_po_file(path, catalogue) is True
    assert [file.name for file in tmp_path.iterdir()] == ["phb-annual.po"]


def test_the_previous_words_are_read_from_lines_as_other_programs_cut_them(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        "\n".join(
            [
                "#, fuzzy",
                '#| msgctxt "item.say.text.self"',
                '#| msgid ""',
                '#| "Do you have a say "',
                '#| "in it?"',
                'msgctxt "item.say.text.self"',
                'msgid "Do you have a say?"',
                'msgstr "Czy?"',
                "",
                '#~| msgid "Older"',
                '#~ msgid "Old"',
                '#~ msgstr "Stare"',
            ]
        ),
    )
    catalogue = read_po_file(path, "pl")
    message = catalogue.get("Do you have a say?", "item.say.text.self")
    assert message is not None
    assert message.previous_id == ["Do you have a say in it?"]
    assert message.user_comments == []
    assert [old.id for old in catalogue.obsolete.values()] == ["Old"]


def test_a_new_file_has_no_date_no_name_and_no_path_of_this_machine(tmp_path: Path) -> None:
    catalogue = Catalog("ur", "phb-annual", "# Urdu")
    catalogue.add("Yes", locations=[("survey/views.py", 12)])
    assert format_po(catalogue) == (
        "# Urdu\n"
        'msgid ""\n'
        'msgstr ""\n'
        '"Project-Id-Version: phb-annual\\n"\n'
        '"Language: ur\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        "\n"
        "#: survey/views.py\n"
        'msgid "Yes"\n'
        'msgstr ""\n'
    )


def test_the_folder_decides_the_language_not_the_header(tmp_path: Path) -> None:
    path = _write(tmp_path, WRITTEN_BY_A_TRANSLATOR.replace("Language: pl", "Language: de"))
    assert '"Language: pl\\n"' in format_po(read_po_file(path, "pl"))


def test_a_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = _write(tmp_path, WRITTEN_BY_A_TRANSLATOR + '\nmsgid "No translation follows"\nmsgid "Next"\nmsgstr ""\n')
    with pytest.raises(CatalogueError, match=r"phb-annual\.po, near line \d+: missing msgstr"):
        read_po_file(path, "pl")


def test_a_file_that_is_not_utf_8_says_so(tmp_path: Path) -> None:
    path = tmp_path / "interface.po"
    path.write_bytes('msgid "Yes"\nmsgstr "Źle"\n'.encode("iso8859-2"))
    with pytest.raises(CatalogueError, match="not UTF-8"):
        read_po_file(path, "pl")


def test_a_file_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="cannot be opened"):
        read_po_file(tmp_path / "none.po", "pl")


@given(st.binary(max_size=200), st.integers(0, len(WRITTEN_BY_A_TRANSLATOR)), st.integers(0, 60))
def test_a_mangled_file_is_read_or_refused_and_nothing_else(junk: bytes, at: int, lost: int) -> None:
    content = WRITTEN_BY_A_TRANSLATOR.encode()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "phb-annual.po"
        path.write_bytes(content[:at] + junk + content[at + lost :])
        with suppress(CatalogueError):
            format_po(read_po_file(path, "pl"))


@pytest.mark.parametrize("header", ["nplurals=4000000000; plural=n!=1;", 'npl"\n"urals=4000000000; plural=n!=1;'])
def test_no_room_is_made_for_more_forms_than_a_language_has(tmp_path: Path, header: str) -> None:
    path = tmp_path / "many.po"
    counted = 'msgid "cup"\nmsgid_plural "cups"\nmsgstr[0] "a"\n'
    path.write_text(f'msgid ""\nmsgstr ""\n"Plural-Forms: {header}\\n"\n\n{counted}')
    with pytest.raises(CatalogueError, match="a plural has 4000000000 forms"):
        read_po_file(path, "pl")
    path.write_text(f'msgid ""\nmsgstr ""\n"Plural-Forms: {header}\\n"\n')
    with pytest.raises(CatalogueError, match="a plural has 4000000000 forms"):
        read_po_file(path, "pl")


@pytest.mark.parametrize("formula", ["nplurals=3; plural=n", "nplurals=3; plural=1/0", "nplurals=3; plural=;"])
def test_a_formula_that_gives_no_form_is_refused(tmp_path: Path, formula: str) -> None:
    start = WRITTEN_BY_A_TRANSLATOR.index("nplurals=")
    end = WRITTEN_BY_A_TRANSLATOR.index("\\n", start)
    path = _write(tmp_path, WRITTEN_BY_A_TRANSLATOR[:start] + formula + WRITTEN_BY_A_TRANSLATOR[end:])
    with pytest.raises(CatalogueError, match=r"Plural-Forms cannot be used|is no catalogue"):
        read_po_file(path, "pl")


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=150)


@given(WORDS, WORDS, WORDS, st.booleans())
def test_any_words_come_back_as_they_were(source: str, translation: str, previous: str, drafted: bool) -> None:
    catalogue = Catalog("ur", "phb-annual", "# Urdu")
    flags = ["fuzzy", "machine-draft"] if drafted else ["fuzzy"]
    catalogue.add(source, translation, flags=flags, previous_id=previous, context="item.a.text")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "phb-annual.po"
        write_po_file(path, catalogue)
        message = read_po_file(path, "ur").get(source, "item.a.text")
    assert message is not None
    assert message.string == translation
    assert message.flags >= set(flags)
    assert message.previous_id == [previous]
