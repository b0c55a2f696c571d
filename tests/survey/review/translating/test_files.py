"""Taking texts away as a PO file and bringing them back; addresses that lead nowhere; a new English."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from survey.app import create_app
from survey.config import load_config
from survey.po_files import forms_of, read_po_file
from survey.resources import QUESTIONNAIRES
from survey.review.translating.bringing import LARGEST_FILE, BrokenFile, read_upload, without_notes
from survey.review.translating.strings import open_sheet
from survey.store.accounts import Role
from survey.store.connect import open_store
from tests.survey.review.conftest import TEMPLATES
from tests.survey.review.group import Clock, Group
from tests.survey.review.translating.conftest import ANNUAL, address_of, plain

BRING = "/review/translate/bring/ur/phb-annual"
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
GOOD = 'msgctxt "item.taking_part.text"\nmsgid "Do you want to take part?"\nmsgstr "کیا آپ شامل ہوں گے؟"\n\n'


def bring(group: Group, content: bytes) -> TestResponse:
    client = group.client("ali")
    token = group.token(client, BRING)
    return client.post(BRING, data={"csrf_token": token, "file": (io.BytesIO(content), "mine.po")})


def drafts(group: Group) -> list[tuple[str, str]]:
    return [
        (str(step), json.loads(forms)[0])
        for step, forms in group.store.rows("select step, forms from translation_entries")
    ]


def test_a_file_goes_out_with_the_newest_words_and_comes_back_as_drafts(group: Group, tmp_path: Path) -> None:
    assert bring(group, (HEADER + GOOD).encode()).location == ANNUAL
    assert drafts(group) == [("draft", "کیا آپ شامل ہوں گے؟")]
    taken = group.get("bano", f"{ANNUAL}.po")
    assert taken.headers["Content-Type"] == "text/x-gettext-translation; charset=utf-8"
    assert taken.headers["Content-Disposition"] == 'attachment; filename="phb-annual.ur.po"'
    path = tmp_path / "phb-annual.po"
    path.write_bytes(taken.data)
    found = read_po_file(path, "ur")
    message = found.get("Do you want to take part?", "item.taking_part.text")
    assert message is not None
    assert forms_of(message.string) == ("کیا آپ شامل ہوں گے؟",)
    assert not message.flags & {"machine-draft", "reviewed", "adjudicated", "fuzzy"}
    title = found.get("Personal health budget survey", "title")
    assert title is not None
    assert "machine-draft" in title.flags
    assert bring(group, taken.data).status_code == 303
    assert len(drafts(group)) == 1, "nothing in it is new"


def test_nothing_is_taken_from_a_file_that_is_broken(group: Group) -> None:
    text = HEADER + GOOD
    broken = (
        GOOD.replace("item.taking_part.text", "purpose")
        + 'msgctxt "title"\nmsgid "Personal health budget survey"\nmsgstr "{uses}"\n'
    )
    for content, why in (
        (b"", "Choose a file first."),
        (b"\xef\xbb\xbf" + text.encode(), "byte-order mark (BOM)"),
        (text.encode("utf-16"), "byte-order mark (BOM)"),
        (text.encode().replace("کیا".encode(), b"\xe9\xe8"), "This file is not UTF-8."),
        (text.encode() + b'msgid "no end\n', "This is no PO file that we can read."),
        (b"\x00\x01\x02PK", "This is no PO file that we can read."),
        ((text + broken).encode(), "Some texts in this file cannot be used."),
    ):
        answer = bring(group, content)
        assert answer.status_code == 422, why
        said = plain(answer.get_data(as_text=True))
        assert why in said
        assert "Nothing was taken from this file." in said
        assert "phb-annual.po" not in said
    assert drafts(group) == []


def test_a_file_that_is_far_too_large_is_not_even_read(group: Group) -> None:
    with group.app.test_request_context():
        sheet = open_sheet("ur", "results")
        with pytest.raises(BrokenFile, match="too large"):
            read_upload(sheet, b"#" * (LARGEST_FILE + 1))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_notes_of_a_file_are_not_even_compared(end: str) -> None:
    noted = f"# by hand{end}#: a.py:1{end} #. why{end}#| msgid 'b'{end}#, fuzzy{end}msgid 'a'{end}#~ msgid '#'{end}"
    assert without_notes(noted.encode()).split() == b"#, fuzzy msgid 'a' #~ msgid '#'".split()


def test_addresses_that_lead_nowhere_are_answered_kindly(group: Group) -> None:
    here = address_of(group, "item.taking_part.text")
    for path in (
        "/review/translate/xx/phb-annual",
        "/review/translate/en/interface",
        "/review/translate/ur/nothing",
        "/review/translate/ur/..%2f..%2fsecret.po",
        "/review/translate/en_GB@easyread/phb-annual",
        f"{ANNUAL}/ffffffffffff",
        f"{ANNUAL}/ffffffffffff/frame",
        f"{ANNUAL}/%00",
        "/review/translate/glossary/tlh",
        "/review/translate/bring/xx/phb-annual",
        here.replace("/ur/", "/ur_PK/"),
    ):
        answer = group.get("ali", path)
        assert answer.status_code == 404, path
        assert "<h1" in answer.get_data(as_text=True)
    for query in ("stage=x&do=y&page=z", "page=-1", "page=99999999999", "page=٣", "q=%00%ff", f"q={'a' * 5000}"):
        assert group.get("ali", f"{ANNUAL}?{query}").status_code == 200, query
    assert group.get("ali", f"{here}?like=99&stage=%00").status_code == 200


def test_a_folder_whose_name_is_no_language_costs_nobody_the_others(group: Group) -> None:
    for name in ("PL", "zh_CN", "nothing"):
        folder = group.config.data / "translations" / name / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "interface.po").write_text(HEADER)
        assert group.get("ali", f"/review/translate/{name}/interface").status_code == 404
    assert f'href="{ANNUAL}"' in group.text("ali", "/review/translate/")


def test_words_that_somebody_has_written_here_already_do_not_come_back_with_an_older_file(group: Group) -> None:
    older = group.get("ali", f"{ANNUAL}.po").data
    path = address_of(group, "item.taking_part.text", "bano")
    draft = {"step": "draft", "words-0": "کیا آپ شامل ہوں گے؟"}
    assert group.post("bano", path, seen_on="/review/translate/credit", **draft).status_code == 303
    assert bring(group, older).status_code == 303
    assert drafts(group) == [("draft", "کیا آپ شامل ہوں گے؟")]


@contextmanager
def translated_alone(tmp_path: Path) -> Iterator[tuple[Group, Path]]:
    """Ali translates the one questionnaire of a folder, whose file a test can change."""
    folder = tmp_path / "questionnaires"
    folder.mkdir()
    file = folder / "phb-annual.json"
    shutil.copy(QUESTIONNAIRES / "phb-annual.json", file)
    config = load_config({"PHB_DATA": str(tmp_path / "data"), "PHB_QUESTIONNAIRES": str(folder)})
    clock = Clock()
    with closing(open_store(config)) as store:
        group = Group(create_app(config, store, now=clock), config, store, clock)
        group.app.jinja_env.bytecode_cache = TEMPLATES
        group.add("ali", Role.TRANSLATOR)
        yield group, file


def test_a_file_of_questions_that_breaks_while_somebody_translates_costs_them_nothing(tmp_path: Path) -> None:
    with translated_alone(tmp_path) as (group, file):
        path = address_of(group, "item.taking_part.text")
        file.write_text("{")
        sent = {"step": "draft", "words-0": "کیا آپ شامل ہوں گے؟"}
        assert group.post("ali", path, seen_on="/review/translate/credit", **sent).status_code == 303
        assert drafts(group) == [("draft", "کیا آپ شامل ہوں گے؟")]
        assert group.get("ali", f"{path}/frame").status_code == 404, "it is drawn from the file"


def test_a_new_english_keeps_the_old_words_beside_it_and_waits_for_drafts(tmp_path: Path) -> None:
    with translated_alone(tmp_path) as (group, file):
        before = address_of(group, "item.taking_part.text")
        sent = {"context": "item.taking_part.text", "step": "draft", "words-0": "کیا آپ شامل ہوں گے؟"}
        assert group.post("ali", before, **sent).status_code == 303
        file.write_text(file.read_text().replace("Do you want to take part?", "Would you like to take part?"))

        answer = group.post("ali", before, seen_on="/review/translate/credit", **{**sent, "words-0": "نیا مسودہ"})
        assert answer.status_code == 409
        said = answer.get_data(as_text=True)
        assert "Would you like to take part?" in said
        assert "نیا مسودہ" in said
        now = address_of(group, "item.taking_part.text")
        assert now != before
        page = group.text("ali", now)
        assert "The English has changed. The words below were made for the English as it was." in page
        assert "<del>Do</del> you <del>want</del> to take part?" in page
        assert "<ins>Would</ins> you <ins>like</ins> to take part?" in page
        assert "This was for the English as it was:" in page
        assert "The English, because there is no translation that fits." in page
        exported = group.text("ali", f"{ANNUAL}.po")
        assert '#| msgid "Do you want to take part?"' in exported
        assert group.post("ali", now, seen_on="/review/translate/credit", **sent).status_code == 303
