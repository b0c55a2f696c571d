"""Translating one string: two drafts, a review, a decision that is served at once, and everything that is refused."""

from __future__ import annotations

import io
import re

from werkzeug.test import TestResponse

from survey.i18n import Languages
from survey.questionnaire.stages import Stage
from survey.resources import TRANSLATIONS
from survey.respondent.site import current_site
from survey.store.group.links import show_link
from survey.translations.overlay import decided_folder
from tests.survey.review.group import Group
from tests.survey.review.translating.conftest import ANNUAL, address_of, plain

CHEAP = "/review/translate/credit"
"""A page to take a token from that is drawn at once."""
CONTEXT = "item.taking_part.text"
SOURCE = "Do you want to take part?"
ALI, BANO, CEM = "کیا آپ شامل ہوں گے؟", "کیا آپ شرکت کریں گے؟", "کیا آپ حصہ لیں گے؟"


def send(group: Group, name: str, path: str, step: str, words: str = "", **fields: str) -> int:
    """Send the boxes as they stand on the page, with other words."""
    sent = {"step": step, "words-0": words, **hidden_fields(group.text(name, path)), **fields}
    return group.post(name, path, seen_on=CHEAP, **sent).status_code


def hidden_fields(page: str) -> dict[str, str]:
    """What the form of a page says was seen."""
    return dict(re.findall(r'name="(seen|served)" value="(\w+)"', page))


def audited(group: Group) -> int:
    ((rows,),) = group.store.rows("select count(*) from audit")
    return int(rows)


def served(group: Group, context: str = CONTEXT, source: str = SOURCE) -> str:
    with group.app.app_context():
        return current_site().languages.catalogue("phb-annual", "ur").messages[context, source]


def test_a_string_goes_through_two_drafts_a_review_and_a_decision_and_is_served_at_once(group: Group) -> None:
    path = address_of(group, CONTEXT)
    before = served(group)
    begun = plain(group.text("ali", path))
    assert "Made by a computer" in begun
    assert "It needs two drafts by two people first." in begun

    assert send(group, "ali", path, "draft", ALI, note="Warmer than before") == 303
    assert ALI in group.text("ali", f"{path}/frame"), "the newest draft stands in its place"
    assert 'lang="ur" dir="rtl"' in group.text("ali", f"{path}/frame")
    second = group.text("bano", path)
    assert "Write your own draft first" in second
    assert f'dir="rtl">\n{before}</textarea>' in second, "a draft is written without the other's words"
    assert send(group, "bano", path, "draft", BANO) == 303

    review = group.text("cem", path)
    assert f"\n{ALI}</textarea>" in review
    assert "Warmer than before" in review
    assert send(group, "cem", path, "review", CEM) == 303
    assert served(group) == before
    assert send(group, "dua", path, "adjudicate", CEM) == 303

    assert served(group) == CEM
    kept = Languages(TRANSLATIONS, decided_folder(group.config.data)).catalogue("phb-annual", "ur")
    assert kept.messages[CONTEXT, SOURCE] == CEM
    assert kept.stages[CONTEXT, SOURCE] is Stage.ADJUDICATED
    done = plain(group.text("ali", path))
    assert done.index("Decision : dua") < done.index("Review : cem") < done.index("Draft : bano")
    assert send(group, "ali", path, "pretest", CEM, note="Three people read it aloud with ease.") == 303
    assert "Decided and tried out" in plain(group.text("ali", path))
    assert f'msgstr "{CEM}"' in group.text("ali", f"{ANNUAL}.po")

    reader = group.app.test_client()
    reader.get("/language/ur")
    assert "<bdi>" not in reader.get("/accessibility").text.split('id="gaps"')[1].split("</ul>")[0]
    assert send_name(group, "Cem & co", "cem").status_code == 303
    assert "<bdi>Cem &amp; co</bdi>" in reader.get("/accessibility").text, "who wants to be named is"


REFUSED = (
    ("ali", "adjudicate", "You drafted or reviewed it. Somebody else decides."),
    ("cem", "adjudicate", "You drafted or reviewed it. Somebody else decides."),
    ("dua", "pretest", "It is not decided yet."),
    ("ali", "draft", "It was reviewed already. Now somebody decides."),
)


def test_a_step_that_is_not_for_this_person_is_refused_with_one_audit_row(group: Group) -> None:
    path = address_of(group, CONTEXT)
    for who, does, words in (("ali", "draft", ALI), ("bano", "draft", BANO), ("cem", "review", CEM)):
        assert send(group, who, path, does, words) == 303
    for name, step, why in REFUSED:
        assert why in group.text(name, path), "the page says so before anybody tries"
        before = audited(group)
        sent = {"seen": "3", "step": step, "words-0": "میرے الفاظ"}
        answer = group.post(name, path, seen_on=CHEAP, **sent)
        assert (answer.status_code, audited(group) - before) == (409, 1)
        said = answer.get_data(as_text=True)
        assert "میرے الفاظ" in said
        assert why in said
        assert "Error: " in said


def test_who_takes_over_what_stands_there_has_drafted_the_computers_words(group: Group) -> None:
    path = address_of(group, CONTEXT)
    assert "my draft is the same" in group.text("ali", path)
    assert send(group, "ali", path, "take", "other words in the box do not matter") == 303
    said = group.text("ali", path)
    assert "The computer’s words, taken over as they were." in said
    assert group.store.rows("select origin, forms from translation_entries") == [("machine", f'["{served(group)}"]')]


def test_words_are_taken_over_only_as_they_were_read(group: Group) -> None:
    path = address_of(group, CONTEXT)
    read = hidden_fields(group.text("ali", path))
    for who, does, words in (("ali", "draft", ALI), ("bano", "draft", BANO), ("cem", "review", CEM)):
        assert send(group, who, path, does, words) == 303
    assert send(group, "dua", path, "adjudicate", CEM) == 303
    before = audited(group)
    answer = group.post("ali", path, seen_on=CHEAP, step="take", **read)
    assert (answer.status_code, audited(group) - before) == (409, 1)
    assert "Somebody else has changed this meanwhile." in answer.get_data(as_text=True)
    assert group.store.rows("select count(*) from translation_entries") == [(4,)]
    assert send(group, "ali", path, "take") == 303


def test_who_helps_several_people_in_cannot_be_all_of_them(group: Group) -> None:
    path = address_of(group, CONTEXT)
    for name in ("lee", "noor"):
        link = show_link(group.store, group.deed("fay"), group.config.code_key, group.accounts[name].id)
        client = group.app.test_client()
        entrance = f"/staff/sign-in/{link.token}"
        client.post(entrance, data={"csrf_token": group.token(client, entrance)})
        before, token = audited(group), group.token(client, CHEAP)
        sent = {"step": "draft", "seen": "0", "words-0": ALI, "csrf_token": token}
        answer = client.post(path, data=sent)
        assert (answer.status_code, audited(group) - before) == (409, 1)
        assert ALI in answer.get_data(as_text=True)
        file = {"csrf_token": token, "file": (io.BytesIO(group.get("ali", f"{ANNUAL}.po").data), "mine.po")}
        answer = client.post("/review/translate/bring/ur/phb-annual", data=file)
        assert (answer.status_code, audited(group) - before) == (409, 2)
    assert group.store.rows("select * from translation_entries") == []


def test_two_people_who_save_at_once_lose_nothing(group: Group) -> None:
    path = address_of(group, CONTEXT)
    for name, words in (("ali", ALI), ("bano", BANO)):
        assert group.post(name, path, seen_on=CHEAP, step="draft", seen="0", **{"words-0": words}).status_code == 303
    assert group.post("cem", path, seen_on=CHEAP, step="draft", seen="0", **{"words-0": CEM}).status_code == 409
    assert group.post("cem", path, seen_on=CHEAP, step="review", seen="2", **{"words-0": CEM}).status_code == 303
    late = group.post("dua", path, seen_on=CHEAP, step="review", seen="2", **{"words-0": "میرا جائزہ"})
    assert late.status_code == 409
    said = late.get_data(as_text=True)
    assert "Somebody else has changed this meanwhile." in said
    assert "میرا جائزہ" in said
    assert CEM in said


def test_an_english_that_changed_while_somebody_wrote_is_told_and_their_words_are_kept(group: Group) -> None:
    now = address_of(group, CONTEXT)
    old = f"{ANNUAL}/0123456789ab"
    fields = {"step": "draft", "context": CONTEXT, "words-0": ALI}
    answer = group.post("ali", old, seen_on=CHEAP, **fields)
    assert answer.status_code == 409
    said = answer.get_data(as_text=True)
    for words in (ALI, SOURCE, now):
        assert words in said
    assert re.findall(r'dir="auto">(.*)</blockquote>', said) == [ALI], "and nothing that the form has of its own"
    gone = group.post("ali", old, seen_on=CHEAP, **{**fields, "context": "item.nothing.text"})
    assert gone.status_code == 404
    assert ALI in gone.get_data(as_text=True)
    assert group.post("ali", f"{old}/comments", seen_on=CHEAP, comment="Why so?").status_code == 404
    assert group.store.rows("select count(*) from translation_entries") == [(0,)]


BROKEN = (
    ("", "Write the translation here."),
    ("<script>alert(1)</script>", "Keep the signs"),
    ("\u202eکیا آپ حصہ لیں گے؟", "There are hidden characters"),
    ("کیا {uses} حصہ", "Keep what stands in braces"),
    ("a" * 1_048_576, "This text is too long."),
)


def test_words_that_would_break_a_page_are_told_at_the_box_and_kept(group: Group) -> None:
    path = address_of(group, CONTEXT)
    before = audited(group)
    for words, why in BROKEN:
        answer = group.post("ali", path, seen_on=CHEAP, step="draft", seen="0", **{"words-0": words}, note="A note")
        assert answer.status_code == 422
        said = answer.get_data(as_text=True)
        assert why in plain(said)
        assert 'href="#words-0"' in said
        assert f"{words[:20].replace('<', '&lt;').replace('>', '&gt;')}" in said
        assert "\nA note</textarea>" in said
        assert "<script>alert" not in said
    assert audited(group) == before
    assert group.store.rows("select count(*) from translation_entries") == [(0,)]


def test_a_long_translation_is_a_warning_and_is_saved_when_it_is_sent_again(group: Group) -> None:
    path = address_of(group, CONTEXT)
    long = "ہاں " * 60
    first = group.post("ali", path, seen_on=CHEAP, step="draft", seen="0", **{"words-0": long})
    assert first.status_code == 422
    said = first.get_data(as_text=True)
    assert "This is far longer than the English." in said
    assert 'name="warned" value="1"' in said
    assert "There is a problem" not in said
    assert (
        group.post("ali", path, seen_on=CHEAP, step="draft", seen="0", warned="1", **{"words-0": long}).status_code
        == 303
    )


def test_only_checking_saves_nothing(group: Group) -> None:
    path = address_of(group, CONTEXT)
    answer = group.post("ali", path, seen_on=CHEAP, step="check", **{"words-0": ALI})
    assert answer.status_code == 200
    assert f"\n{ALI}</textarea>" in answer.get_data(as_text=True)
    assert group.store.rows("select count(*) from translation_entries") == [(0,)]


def test_words_of_ones_own_are_not_called_the_computers_because_those_were_checked_before(group: Group) -> None:
    path = address_of(group, CONTEXT)
    checked = group.post("ali", path, seen_on=CHEAP, step="check", **{"words-0": served(group)})
    origin = re.search(r'name="origin" value="(\w+)"', checked.get_data(as_text=True))
    assert origin is not None
    assert send(group, "ali", path, "draft", ALI, origin=origin[1]) == 303
    assert group.store.rows("select origin, forms from translation_entries") == [("own", f'["{ALI}"]')]


def test_what_was_typed_is_given_back_even_to_somebody_for_whom_there_is_nothing_left_to_do(group: Group) -> None:
    path = address_of(group, CONTEXT)
    for who, does, words in (("ali", "draft", ALI), ("bano", "draft", ALI), ("cem", "review", CEM)):
        assert send(group, who, path, does, words) == 303
    assert 'name="words-0"' not in group.text("ali", path)
    answer = group.post("ali", path, seen_on=CHEAP, step="draft", seen="1", **{"words-0": BANO}, note="Read it aloud")
    assert answer.status_code == 409
    said = answer.get_data(as_text=True)
    assert 'id="words-0"' in said, "where the summary of what went wrong leads"
    for words in (BANO, "Read it aloud"):
        assert f'dir="auto">{words}</blockquote>' in said


def test_every_plural_form_has_a_box_with_numbers_that_it_is_for(group: Group) -> None:
    path = address_of(group, "Choose+only", sheet="/review/translate/pl/interface")
    page = group.text("ali", path)
    assert page.count('<textarea class="nhsuk-textarea" id="words-') == 3
    assert "Words for the numbers 2, 3, 4, 22" in page
    words = {"words-0": "Wybierz %(count)s", "words-1": "", "words-2": "Wybierz tylko %(count)s"}
    answer = group.post("ali", path, seen_on=CHEAP, step="draft", **words)
    assert answer.status_code == 422
    said = answer.get_data(as_text=True)
    assert 'id="words-1-error"' in said
    assert 'id="words-0-error"' not in said
    assert "Wybierz tylko %(count)s" in said


def test_after_saving_comes_the_next_string_of_the_same_filter(group: Group) -> None:
    page = group.text("ali", f"{ANNUAL}?do=first&q=item.talk_matters")
    paths = re.findall(rf'"({ANNUAL}/[0-9a-f]{{12}}\?do=first&amp;q=item.talk_matters)"', page)
    assert len(paths) > 2
    first, second = (path.partition("?")[0] for path in paths[:2])
    taken = {"step": "take", "do": "first", "q": "item.talk_matters"}
    answer = group.post("ali", first, seen_on=CHEAP, **taken, **hidden_fields(group.text("ali", first)))
    assert answer.location == f"{second}?do=first&q=item.talk_matters#string"
    assert 'id="string" tabindex="-1"' in group.text("ali", second)
    assert first not in group.text("ali", f"{ANNUAL}?do=first&q=item.talk_matters")
    last = paths[-1].partition("?")[0]
    done = group.post("ali", last, seen_on=CHEAP, **taken, **hidden_fields(group.text("ali", last)))
    assert done.location == f"{ANNUAL}?do=first&q=item.talk_matters"


def send_name(group: Group, chosen: str, name: str = "ali") -> TestResponse:
    client = group.client(name)
    return client.post(CHEAP, data={"name": chosen, "csrf_token": group.token(client, CHEAP)})


def test_what_translators_say_stands_with_the_string_under_the_name_they_chose(group: Group) -> None:
    path = address_of(group, CONTEXT)
    assert group.post("ali", f"{path}/comments", seen_on=CHEAP, comment="<b>Formal</b> here?").status_code == 303
    assert "<bdi>ali</bdi>" in group.text("bano", path)
    assert "&lt;b&gt;Formal&lt;/b&gt; here?" in group.text("bano", path)
    assert send_name(group, "Ali from Leeds").status_code == 303
    assert "Ali from Leeds" in group.text("bano", path)
    assert send_name(group, "").status_code == 303
    assert "somebody who is not named here" in group.text("bano", path)
    assert "You have chosen not to be named." in plain(group.text("ali", CHEAP))
    assert send_name(group, "\u202eevil").status_code == 422
    empty = group.post("ali", f"{path}/comments", seen_on=CHEAP, comment=" ")
    assert empty.status_code == 422
    assert 'id="comment-error"' in empty.get_data(as_text=True)


def test_the_wordings_of_one_text_stand_side_by_side(group: Group) -> None:
    path = address_of(group, "item.talk_matters.text.proxy")
    page = group.text("ali", path)
    assert "Someone who answers for another adult" in page
    others = page[page.index('id="variants-heading"') :]
    assert "Someone who answers for themselves" in others
    assert "Easy Read" in others
    assert "a good life looks like for you?" in others
    assert "for the person?" in plain(page[: page.index('id="variants-heading"')])


def test_terms_of_the_glossary_and_texts_like_it_help(group: Group) -> None:
    glossary = "/review/translate/glossary/ur"
    assert group.post("ali", glossary, term="take part", words="حصہ لینا", note="Not: join", was="").status_code == 303
    path = address_of(group, CONTEXT)
    page = group.text("bano", path)
    assert "حصہ لینا" in page
    assert "Not: join" in page
    clash = group.post("bano", glossary, term="take part", words="شامل ہونا", note="", was="")
    assert clash.status_code == 409
    assert "شامل ہونا" in clash.get_data(as_text=True)
    assert "حصہ لینا" in group.text("ali", glossary)
    changed = group.post("bano", glossary, term="take part", words="شامل ہونا", note="", was="حصہ لینا")
    assert changed.status_code == 303
    assert group.post("bano", glossary, term="take part", words="", note="", was="شامل ہونا").status_code == 303
    assert "There are none yet." in group.text("bano", glossary)
