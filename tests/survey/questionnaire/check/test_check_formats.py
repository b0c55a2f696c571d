"""The files that formats name are in the folder, and the files in the folder are named."""

from __future__ import annotations

from survey.questionnaire.check.formats import MEDIA_NAMES, MediaKind, find_media_problems, media_of
from survey.questionnaire.problems import json_path
from tests.survey.questionnaire.builders import choice, option, page, questionnaire
from tests.survey.questionnaire.defects import grid

FORMATS = {
    "easyread": {"text": "Short words.", "image": "choose.svg"},
    "audio": {"file": "keep.ogg"},
    "bsl": {"video": "keep.mp4", "captions": "keep.vtt", "transcript": "What is signed."},
}
SURVEY = questionnaire(
    page({**choice("keep", formats=FORMATS), "options": [option("yes", easyread={"image": "yes.svg"}), option("no")]}),
    page(grid("got", rows=[{"code": "home", "text": "Home", "easyread": {"image": "home.png"}}])),
)
NAMED = {"choose.svg", "keep.ogg", "keep.mp4", "keep.vtt", "yes.svg", "home.png"}
ITEM = "$.sections[0].pages[0].items[0]"


def test_every_file_is_named_with_its_kind_and_place() -> None:
    assert {media.name for media in media_of(SURVEY)} == NAMED
    assert {media.kind for media in media_of(SURVEY)} == set(MediaKind)
    assert json_path(next(media_of(SURVEY)).location) == f"{ITEM}.formats.easyread.image"


def test_nothing_is_said_of_a_folder_that_holds_just_what_is_named_also_in_other_languages() -> None:
    assert list(find_media_problems(SURVEY, NAMED | {"ur/keep.ogg", "pl/keep.mp4"})) == []


def test_a_file_that_is_not_there_is_said_where_it_is_named_with_the_nearest_name() -> None:
    (missing, _) = find_media_problems(SURVEY, NAMED - {"keep.ogg"} | {"keeps.ogg"})
    assert (missing.rule, json_path(missing.location)) == (MEDIA_NAMES[0], f"{ITEM}.formats.audio.file")
    assert missing.remedy == "Did you mean `keeps.ogg`?"


def test_a_file_in_the_folder_of_a_language_does_not_stand_in_for_the_one_everybody_gets() -> None:
    (missing,) = find_media_problems(SURVEY, NAMED - {"keep.ogg"} | {"ur/keep.ogg"})
    assert missing.rule == "media-missing"


def test_a_file_that_nothing_names_is_said() -> None:
    (unused,) = find_media_problems(SURVEY, NAMED | {"old.svg"})
    assert (unused.rule, unused.location) == (MEDIA_NAMES[1], ())
    assert "`old.svg`" in unused.message
