"""Translations: found in questionnaires, code and pages, merged by context, and counted honestly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from jinja2 import TemplateSyntaxError

from survey.po_files import CatalogueError, format_po, read_po_file, write_po_file
from survey.questionnaire.load import load_file
from survey.questionnaire.stages import Stage
from survey.translations.extract import extract_interface, extract_questionnaire, write_templates
from survey.translations.merge import merge_catalogue, merge_folder
from survey.translations.status import CatalogueStatus, catalogue_status, folder_status

QUESTIONNAIRE = {
    "id": "tea",
    "version": "1",
    "status": "draft",
    "language": "en-GB",
    "title": "Tea",
    "purpose": "To know who likes tea.",
    "minutes": 1,
    "contact": {"name": "The tea team", "email": "tea@example.org", "phone": "01632 960 001"},
    "sections": [
        {
            "id": "tea",
            "title": "Tea",
            "pages": [
                {
                    "id": "like",
                    "items": [
                        {
                            "id": "like",
                            "type": "choice",
                            "text": {"self": "Do you like tea?", "proxy": "Does the person like tea?"},
                            "options": [{"code": "yes", "text": "Yes"}, {"code": "no", "text": "No"}],
                        }
                    ],
                }
            ],
        }
    ],
}


def _template(*strings: tuple[str | None, str | tuple[str, str]]) -> Catalog:
    template = Catalog(domain="tea", header_comment="", fuzzy=False)
    for context, source in strings:
        template.add(source, context=context)
    return template


def _catalogue(*messages: Message) -> Catalog:
    catalogue = Catalog("pl", "tea", "# Polish", fuzzy=False)
    for message in messages:
        catalogue[message.id] = message
    return catalogue


def _message(context: str | None, source: str, string: str, *flags: str) -> Message:
    return Message(source, string, context=context, flags=flags)


def _only(catalogue: Catalog) -> Message:
    (message,) = (message for message in catalogue if message.id)
    return message


# --- Finding strings --------------------------------------------------------------


def test_a_questionnaires_strings_have_a_context_a_note_and_the_order_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "tea.json"
    path.write_text(json.dumps(QUESTIONNAIRE))
    template = extract_questionnaire(load_file(path))
    found = [(message.context, message.id) for message in template if message.id]
    assert found == [
        ("title", "Tea"),
        ("purpose", "To know who likes tea."),
        ("section.tea.title", "Tea"),
        ("item.like.text.self", "Do you like tea?"),
        ("item.like.text.proxy", "Does the person like tea?"),
        ("item.like.option.yes.text", "Yes"),
        ("item.like.option.no.text", "No"),
    ]
    assert all(message.auto_comments for message in template if message.id)


def test_a_wording_by_number_is_one_string_with_two_forms_and_a_note_on_answers_in_it(tmp_path: Path) -> None:
    written = json.loads(json.dumps(QUESTIONNAIRE))
    many = {"id": "cups", "type": "number", "text": "How many cups?", "min": 0, "max": 9}
    asked = {
        "id": "why",
        "type": "short_text",
        "text": {"count": "cups", "one": "Why one?", "other": "Why {cups|so many}?"},
    }
    written["sections"][0]["pages"] += [{"id": "cups", "items": [many]}, {"id": "why", "items": [asked]}]
    path = tmp_path / "tea.json"
    path.write_text(json.dumps(written))
    template = extract_questionnaire(load_file(path))
    found = {message.context: message for message in template if message.id}
    assert found["item.why.text"].id == ("Why one?", "Why {cups|so many}?")
    assert any("braces" in note for note in found["item.why.text"].auto_comments)
    assert not any("braces" in note for note in found["item.cups.text"].auto_comments)
    polish = merge_catalogue(template, Catalog("pl", "tea"))
    text = format_po(polish)
    assert 'msgid_plural "Why {cups|so many}?"\nmsgstr[0] ""\nmsgstr[1] ""\nmsgstr[2] ""\n' in text


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A small package with strings in code and in a page, and one where nobody should look."""
    files = {
        "shop/views.py": (
            "from flask_babel import gettext as _, lazy_gettext as _l, ngettext, pgettext\n"
            "# Translators: a button\n"
            'SEND = _l("Send")\n'
            'COUNTED = ngettext("%(num)s cup", "%(num)s cups", 2)\n'
            'OPEN = pgettext("door", "Open")\n'
            'SHARED = _("Tea")\n'
        ),
        "shop/templates/page.html": '<h1>{{ _("Tea") }}</h1><p>{{ _("Welcome, %(name)s", name=name) }}</p>',
        "shop/frontend/node_modules/gyp/build.py": '_("not ours")\n',
    }
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return tmp_path / "shop"


def test_strings_are_found_in_code_and_pages_with_their_files_and_notes(package: Path) -> None:
    template, _ = extract_interface(package)
    found = {(message.context, message.id): message for message in template if message.id}
    assert list(found) == [
        (None, "Tea"),
        (None, "Welcome, %(name)s"),
        (None, "Send"),
        (None, ("%(num)s cup", "%(num)s cups")),
        ("door", "Open"),
    ]
    assert found[None, "Send"].auto_comments == ["a button"]
    assert [place for place, _ in found[None, "Tea"].locations] == ["shop/templates/page.html", "shop/views.py"]


def test_what_only_the_group_and_staff_see_is_a_catalogue_of_its_own(package: Path) -> None:
    (package / "review").mkdir()
    (package / "review" / "views.py").write_text('_("Tea")\n_("Your vote")\n')
    interface, workspace = extract_interface(package)
    assert {message.id for message in workspace if message.id} == {"Your vote"}
    assert "Tea" in interface


def test_a_page_that_cannot_be_read_stops_the_search(package: Path) -> None:
    (package / "templates" / "broken.html").write_text("{% if %}")
    with pytest.raises(TemplateSyntaxError):
        extract_interface(package)


def test_templates_for_other_programs_say_the_same_on_every_machine(package: Path, tmp_path: Path) -> None:
    templates = {"interface": extract_interface(package)[0]}
    assert write_templates(tmp_path, templates) == [tmp_path / "interface.pot"]
    assert write_templates(tmp_path, templates) == []
    text = (tmp_path / "interface.pot").read_text()
    assert str(tmp_path) not in text
    assert "POT-Creation-Date" not in text


# --- Merging ----------------------------------------------------------------------


def test_the_same_words_keep_translation_flags_and_notes() -> None:
    old = _message("item.a.text", "Do you like tea?", "Czy lubi Pan/Pani herbatę?", "machine-draft")
    old.user_comments = ["ask Anna"]
    merged = _only(merge_catalogue(_template(("item.a.text", "Do you like tea?")), _catalogue(old)))
    assert merged.string == "Czy lubi Pan/Pani herbatę?"
    assert merged.flags == {"machine-draft"}
    assert merged.user_comments == ["ask Anna"]
    assert merged.previous_id == []


def test_other_words_in_the_same_context_keep_the_translation_as_fuzzy_with_the_old_words() -> None:
    old = _message("item.a.text", "Do you like tea?", "Czy lubi Pan/Pani herbatę?", "machine-draft")
    new = ("item.a.text", "Which of these hot drinks would you choose in the morning?")
    merged = _only(merge_catalogue(_template(new), _catalogue(old)))
    assert merged.id == new[1]
    assert merged.string == "Czy lubi Pan/Pani herbatę?"
    assert merged.flags == {"fuzzy", "machine-draft"}
    assert merged.previous_id == ["Do you like tea?"]


def test_words_changed_twice_keep_those_the_translation_was_made_for() -> None:
    catalogue = _catalogue(_message("item.a.text", "One", "Jeden"))
    for words in ("Two", "Three"):
        catalogue = merge_catalogue(_template(("item.a.text", words)), catalogue)
    assert (_only(catalogue).id, _only(catalogue).previous_id) == ("Three", ["One"])
    back = _only(merge_catalogue(_template(("item.a.text", "One")), catalogue))
    assert (back.string, back.previous_id, back.fuzzy) == ("Jeden", [], True)


def test_a_translation_never_moves_to_another_context() -> None:
    old = _message("item.a.text", "Do you like tea?", "Czy lubi Pan/Pani herbatę?")
    merged = merge_catalogue(_template(("item.b.text", "Do you like tea?")), _catalogue(old))
    assert _only(merged).string in (None, "")
    assert [message.context for message in merged.obsolete.values()] == ["item.a.text"]


def test_what_is_gone_becomes_obsolete_and_comes_back_fuzzy(tmp_path: Path) -> None:
    path = tmp_path / "tea.po"
    with_tea = _template((None, "Tea"), (None, "Milk"))
    catalogue = _catalogue(_message(None, "Tea", "Herbata", "machine-draft"), _message(None, "Milk", "Mleko"))
    write_po_file(path, merge_catalogue(_template((None, "Milk")), catalogue))
    without = read_po_file(path, "pl")
    assert [message.id for message in without if message.id] == ["Milk"]
    assert '#~ msgid "Tea"' in format_po(without)
    again = merge_catalogue(with_tea, without)
    tea, milk = (message for message in again if message.id)
    assert (tea.string, tea.fuzzy) == ("Herbata", True)
    assert (milk.string, milk.fuzzy) == ("Mleko", False)
    assert again.obsolete == {}


def test_what_was_never_translated_leaves_nothing_behind() -> None:
    merged = merge_catalogue(_template((None, "Milk")), _catalogue(_message(None, "Tea", "")))
    assert merged.obsolete == {}


def test_several_strings_of_one_context_are_not_taken_for_rewordings_of_each_other() -> None:
    catalogue = _catalogue(_message("door", "Open", "Otwórz"), _message("door", "Shut", "Zamknij"))
    merged = merge_catalogue(_template(("door", "Open"), ("door", "Lock")), catalogue)
    lock = merged.get("Lock", "door")
    assert lock is not None
    assert lock.string in (None, "")


def test_a_string_that_learns_to_count_is_fuzzy() -> None:
    catalogue = _catalogue(_message(None, "%(num)s cups", "%(num)s filiżanek"))
    merged = merge_catalogue(_template((None, ("%(num)s cups", "%(num)s cups of tea"))), catalogue)
    assert _only(merged).fuzzy
    assert _only(merged).string == ("%(num)s filiżanek", "", ""), "Polish has three forms"


def test_merging_again_changes_nothing(tmp_path: Path) -> None:
    templates = {"tea": _template(("title", "Tea"), (None, "Milk"))}
    changed = merge_folder(tmp_path, templates, ["pl", "ur"])
    assert [path.relative_to(tmp_path).as_posix() for path in changed] == [
        "pl/LC_MESSAGES/tea.po",
        "ur/LC_MESSAGES/tea.po",
    ]
    assert merge_folder(tmp_path, templates) == []
    templates["tea"].add("Sugar")
    assert len(merge_folder(tmp_path, templates)) == 2


def test_nothing_is_written_when_one_catalogue_is_broken(tmp_path: Path) -> None:
    templates = {"tea": _template((None, "Tea"))}
    merge_folder(tmp_path, templates, ["pl", "ur"])
    broken = tmp_path / "ur" / "LC_MESSAGES" / "tea.po"
    broken.write_text('msgid "Tea\nnonsense')
    before = (tmp_path / "pl" / "LC_MESSAGES" / "tea.po").read_bytes()
    templates["tea"].add("Milk")
    with pytest.raises(CatalogueError, match=r"ur.LC_MESSAGES.tea\.po"):
        merge_folder(tmp_path, templates)
    assert (tmp_path / "pl" / "LC_MESSAGES" / "tea.po").read_bytes() == before


@pytest.mark.parametrize("locale", ["xx", "../pl", "Polish", ""])
def test_a_language_nobody_knows_is_not_begun(tmp_path: Path, locale: str) -> None:
    with pytest.raises(CatalogueError, match="is not a language"):
        merge_folder(tmp_path, {"tea": _template((None, "Tea"))}, [locale])
    assert list(tmp_path.iterdir()) == []


# --- Counting ---------------------------------------------------------------------


def test_every_string_counts_once_by_how_far_it_is() -> None:
    template = _template(*((f"item.{name}.text", name) for name in ("done", "draft", "both", "unsure", "new", "other")))
    catalogue = _catalogue(
        _message("item.done.text", "done", "gotowe"),
        _message("item.draft.text", "draft", "szkic", "machine-draft"),
        _message("item.both.text", "both", "oba", "machine-draft", "fuzzy"),
        _message("item.unsure.text", "unsure", "może", "fuzzy"),
        _message("item.other.text", "older words", "inne"),
        _message("item.gone.text", "gone", "nie ma"),
    )
    status = catalogue_status(template, catalogue)
    counts = {Stage.MISSING: 1, Stage.STALE: 3, Stage.MACHINE: 1, Stage.DRAFTED: 1}
    assert status == CatalogueStatus(
        locale="pl",
        name="tea",
        counts={stage: counts.get(stage, 0) for stage in Stage},
        obsolete=1,
        out_of_date=True,
        problems=(),
    )
    assert status.total == 6
    assert catalogue_status(template, merge_catalogue(template, catalogue)).out_of_date is False


def test_what_cannot_be_served_is_told_with_the_words_and_what_is_worth_a_look_too() -> None:
    template = _template((None, "Call <b>999</b>"), (None, "Yes"), (None, "No"))
    words = (_message(None, "Call <b>999</b>", "Dzwoń"), _message(None, "Yes", "Tak" * 9), _message(None, "No", "Nie"))
    status = catalogue_status(template, _catalogue(*words))
    lost, long = status.problems
    assert (lost.source, lost.stops, long.source, long.stops) == ("Call <b>999</b>", True, "Yes", False)
    assert lost.message.endswith("(</b>, <b> is missing): 'Dzwoń'")
    assert not status.is_sound
    assert catalogue_status(template, _catalogue(*words[1:])).is_sound


def test_a_fuzzy_translation_is_nobodys_problem_yet() -> None:
    status = catalogue_status(_template((None, "Yes")), _catalogue(_message(None, "Yes", "<b>Tak</b>", "fuzzy")))
    assert status.problems == ()


def test_a_text_that_learns_to_count_keeps_its_translation_and_shows_what_is_left_to_do() -> None:
    catalogue = _catalogue(_message("item.tea.text", "Your cups", "Twoje filiżanki"))
    merged = _only(merge_catalogue(_template(("item.tea.text", ("Your cup", "Your cups"))), catalogue))
    assert (merged.fuzzy, merged.string) == (True, ("Twoje filiżanki", "", ""))
    assert merged.previous_id == ["Your cups"]


def test_a_plural_with_a_form_left_out_is_missing() -> None:
    source = ("%(num)s cup", "%(num)s cups")
    catalogue = _catalogue(Message(source, ("%(num)s filiżanka", "", "")))
    status = catalogue_status(_template((None, source)), catalogue)
    assert status.counts[Stage.MISSING] == 1
    assert [problem.message for problem in status.problems] == ["a form is empty: ''"] * 2


def test_a_file_that_cannot_be_read_is_named_beside_the_others(tmp_path: Path) -> None:
    templates = {"tea": _template((None, "Tea"))}
    merge_folder(tmp_path, templates, ["pl", "ur"])
    (tmp_path / "ur" / "LC_MESSAGES" / "tea.po").write_text("a letter to my aunt")
    polish, urdu = folder_status(tmp_path, templates)
    assert polish.is_sound
    assert not urdu.is_sound
    assert urdu.broken[0].startswith(str(tmp_path / "ur" / "LC_MESSAGES" / "tea.po"))
    assert urdu.counts[Stage.MISSING] == 1


def test_what_an_installation_decided_is_counted_with_what_ships(tmp_path: Path) -> None:
    templates = {"tea": _template((None, "Tea"), (None, "Milk"))}
    shipped, decided = tmp_path / "shipped", tmp_path / "decided"
    merge_folder(shipped, templates, ["pl"])
    words = (_message(None, "Tea", "Herbata", "adjudicated"), _message(None, "Milk", "Mleko", "machine-draft"))
    write_po_file(decided / "pl" / "LC_MESSAGES" / "tea.po", _catalogue(*words))
    (status,) = folder_status(shipped, templates, decided)
    assert status.counts[Stage.ADJUDICATED] == 1
    assert status.counts[Stage.MISSING] == 1, "what nobody decided is not counted"
    (decided / "pl" / "LC_MESSAGES" / "tea.po").write_text("nothing")
    (status,) = folder_status(shipped, templates, decided)
    assert len(status.broken) == 1


def test_easy_read_has_catalogues_of_pages_alone(tmp_path: Path) -> None:
    templates = {name: Catalog(domain=name, header_comment="", fuzzy=False) for name in ("interface", "results", "tea")}
    merge_folder(tmp_path, templates, ["pl", "en_GB@easyread"])
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.po")) == [
        "en_GB@easyread/LC_MESSAGES/interface.po",
        "en_GB@easyread/LC_MESSAGES/results.po",
        "pl/LC_MESSAGES/interface.po",
        "pl/LC_MESSAGES/results.po",
        "pl/LC_MESSAGES/tea.po",
    ]
    assert [(each.locale, each.name) for each in folder_status(tmp_path, templates)] == [
        ("en_GB@easyread", "interface"),
        ("en_GB@easyread", "results"),
        ("pl", "interface"),
        ("pl", "results"),
        ("pl", "tea"),
    ]


def test_welsh_has_all_its_six_forms_in_the_file_too(tmp_path: Path) -> None:
    template = Catalog(domain="tea", header_comment="", fuzzy=False)
    template.add(("%(num)s cup", "%(num)s cups"))
    merge_folder(tmp_path, {"tea": template}, ["cy"])
    welsh = read_po_file(tmp_path / "cy" / "LC_MESSAGES" / "tea.po", "cy")
    assert welsh.num_plurals == 6


def test_a_language_keeps_the_catalogues_it_has_and_lacks_the_others_in_good_order(tmp_path: Path) -> None:
    templates = {"tea": _template((None, "Tea")), "milk": _template((None, "Milk"))}
    for name, template in templates.items():
        template.domain = name
    merge_folder(tmp_path, {"tea": templates["tea"]}, ["pl"])
    assert merge_folder(tmp_path, templates) == []
    found = {status.name: status for status in folder_status(tmp_path, templates)}
    assert not found["milk"].out_of_date
    assert found["milk"].counts[Stage.MISSING] == 1
    assert len(merge_folder(tmp_path, templates, ["pl"])) == 1
