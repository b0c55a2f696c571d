"""What was decided here: written as catalogues of this installation, served at once, and brought home."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from survey.adjudication.drafts import Key, Step
from survey.i18n import INTERFACE, Languages
from survey.po_files import CatalogueError, read_po_file, write_po_file
from survey.store.accounts import Role, add_account
from survey.store.connect import open_store
from survey.translations.overlay import collect_folder, decided_folder, take_over, write_decided
from tests.survey.store.builders import NOON, config_for
from tests.survey.store.translating.conftest import NAMES, Desk, reworded

CONTROL = Key("pl", "tea", "item.control.text", "How much control?")
CUPS = Key("pl", "tea", "item.cups.text", "One cup")
FORMS = ("Jedna filiżanka", "{cups} filiżanki", "{cups} filiżanek")


@dataclass
class Kept:
    """A desk with the folder that it decides into."""

    desk: Desk
    folder: Path

    @property
    def path(self) -> Path:
        return self.folder / "pl" / "LC_MESSAGES" / "tea.po"

    def write(self) -> bool:
        return write_decided(self.desk.store, self.folder, "pl", "tea", template())

    def strings(self) -> dict[str | None, tuple[object, set[str]]]:
        return {
            message.context: (message.string, {flag for flag in message.flags if not flag.endswith("-format")})
            for message in read_po_file(self.path, "pl")
            if message.id
        }


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    config = config_for(tmp_path)
    with closing(open_store(config)) as store:
        people = {name: add_account(store, name, Role.TRANSLATOR, NOON) for name in NAMES}
        yield Kept(Desk(store, people), decided_folder(config.data))


def template() -> Catalog:
    made = Catalog(domain="tea", header_comment="", fuzzy=False)
    made.add(("One cup", "{cups} cups"), context="item.cups.text", auto_comments=["Question"])
    made.add("How much control?", context="item.control.text")
    made.add("Tea", context="title")
    return made


def test_what_was_decided_is_a_catalogue_and_nothing_else_is(kept: Kept) -> None:
    kept.desk.step("ana", Step.DRAFT, "Ile kontroli?", key=CONTROL)
    assert kept.write() is False
    assert not kept.folder.exists()
    kept.desk.step("ben", Step.DRAFT, "Jaka kontrola?", key=CONTROL)
    kept.desk.step("cat", Step.REVIEW, "Jaka kontrola?", key=CONTROL)
    assert kept.write() is False
    kept.desk.step("dee", Step.ADJUDICATE, "Ile kontroli?", key=CONTROL)
    kept.desk.decide(*FORMS, key=CUPS, plural="{cups} cups")
    assert kept.write() is True
    assert kept.strings() == {
        "item.cups.text": (FORMS, {"adjudicated"}),
        "item.control.text": ("Ile kontroli?", {"adjudicated"}),
    }
    assert "#. Question\n" in kept.path.read_text(encoding="utf-8")
    assert kept.write() is False
    kept.desk.step("ana", Step.PRETEST, "Ile kontroli?", key=CONTROL, note="Three people understood it.")
    assert kept.write() is True
    assert kept.strings()["item.control.text"] == ("Ile kontroli?", {"pretested"})


def test_words_that_an_earlier_version_asks_stay_served(kept: Kept) -> None:
    old = reworded(CONTROL, "How much power?")
    kept.desk.decide("Ile władzy?", key=old)
    kept.desk.decide("Ile kontroli?", key=CONTROL)
    kept.write()
    write_po_file(kept.folder / "pl" / "LC_MESSAGES" / "interface.po", Catalog("pl", INTERFACE))
    messages = Languages(kept.folder).catalogue("tea", "pl").messages
    assert messages["item.control.text", "How much power?"] == "Ile władzy?"
    assert messages["item.control.text", "How much control?"] == "Ile kontroli?"


def test_words_that_somebody_put_into_the_file_stay(kept: Kept) -> None:
    by_hand = Catalog("pl", "tea", fuzzy=False)
    by_hand.add("Tea", "Herbata", context="title")
    by_hand.add("How much control?", "Co?", context="item.control.text", flags=["machine-draft"])
    write_po_file(kept.path, by_hand)
    kept.desk.decide("Ile kontroli?", key=CONTROL)
    kept.write()
    assert kept.strings() == {
        "item.control.text": ("Ile kontroli?", {"adjudicated"}),
        "title": ("Herbata", set()),
    }


def test_a_broken_file_is_put_aside_and_said(kept: Kept, caplog: pytest.LogCaptureFixture) -> None:
    kept.path.parent.mkdir(parents=True)
    kept.path.write_text("a letter to my aunt")
    kept.desk.decide("Ile kontroli?", key=CONTROL)
    assert kept.write() is True
    assert list(kept.strings()) == ["item.control.text"]
    assert kept.path.with_name("tea.po.broken").read_text() == "a letter to my aunt"
    assert str(kept.path) in caplog.text


# --- Bringing it home -----------------------------------------------------------------


def shipped_file(folder: Path) -> Path:
    path = folder / "pl" / "LC_MESSAGES" / "tea.po"
    shipped = Catalog("pl", "tea", fuzzy=False)
    shipped.add("Tea", "Czaj", context="title", flags=["fuzzy", "machine-draft"], previous_id=["Cha"])
    shipped.add(("One cup", "{cups} cups"), FORMS, context="item.cups.text", flags=["adjudicated"])
    shipped.add("How much say?", "Ile?", context="item.control.text")
    shipped.add("Milk", "Mleko", context="item.milk.text")
    write_po_file(path, shipped)
    return path


def test_what_was_decided_takes_the_place_of_what_ships_and_the_rest_is_named(tmp_path: Path) -> None:
    path = shipped_file(tmp_path / "shipped")
    decided = Catalog("pl", "tea", fuzzy=False)
    decided.add("Tea", "Herbata", context="title", flags=["pretested"])
    decided.add(("One cup", "{cups} cups"), FORMS, context="item.cups.text", flags=["adjudicated"])
    decided.add("How much control?", "Ile kontroli?", context="item.control.text", flags=["adjudicated"])
    decided.add("Milk", "<b>Mleko</b>", context="item.milk.text", flags=["adjudicated"])
    decided.add("Sugar", "Cukier", context="item.sugar.text")
    write_po_file(tmp_path / "here" / "pl" / "LC_MESSAGES" / "tea.po", decided)
    (collected,) = collect_folder(tmp_path / "here", tmp_path / "shipped")
    assert (collected.locale, collected.name, collected.taken) == ("pl", "tea", 1)
    assert collected.left == ("item.control.text", "item.milk.text")
    title = read_po_file(path, "pl").get("Tea", "title")
    assert title is not None
    assert (title.string, title.flags, title.previous_id) == ("Herbata", {"pretested"}, [])
    milk = read_po_file(path, "pl").get("Milk", "item.milk.text")
    assert milk is not None
    assert milk.string == "Mleko"
    assert collect_folder(tmp_path / "here", tmp_path / "shipped")[0].taken == 0


def test_nothing_is_brought_home_where_a_file_is_broken_or_a_catalogue_is_not_there(tmp_path: Path) -> None:
    path = shipped_file(tmp_path / "shipped")
    before = path.read_bytes()
    here = tmp_path / "here" / "pl" / "LC_MESSAGES"
    write_po_file(here / "tea.po", Catalog("pl", "tea", fuzzy=False))
    (here / "zoo.po").write_text("a letter to my aunt")
    with pytest.raises(CatalogueError, match=r"zoo\.po is not there"):
        collect_folder(tmp_path / "here", tmp_path / "shipped")
    path.with_name("zoo.po").write_bytes(before)
    with pytest.raises(CatalogueError, match=r"zoo\.po, near line 1"):
        collect_folder(tmp_path / "here", tmp_path / "shipped")
    assert path.read_bytes() == before
    assert collect_folder(tmp_path / "nowhere", tmp_path / "shipped") == []


def test_a_draft_is_not_taken_over(tmp_path: Path) -> None:
    shipped, draft = Catalog("pl", "tea"), Catalog("pl", "tea")
    shipped.add("Tea", "Czaj", context="title")
    draft[("Tea")] = Message("Tea", "Herbata", context="title", flags=["reviewed"])
    assert take_over(shipped, draft) == (0, ())
