"""The site that is looked at: the gallery with every state and format for every type, the annual survey, results."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from dashboard.public.app import create_results
from dashboard.public.speech import make_tongue
from survey import resources
from survey.app import create_app
from survey.config import load_config
from survey.export.wording import write_wording
from survey.i18n import RESULTS, shipped_languages
from survey.questionnaire.load import load_file
from survey.store.connect import open_store
from survey.store.postcode_loading import load_postcodes
from survey.store.waves import open_wave
from tests.browser import served
from tests.dashboard.public.conftest import DAYS, NO_FINDING, SIGNED, TODAY
from tests.dashboard.releases import write_release
from tests.journeys.gallery import GALLERY
from tests.survey.respondent.conftest import Visitor

SURVEYS = {"gallery": "trial", "phb-annual": "practice"}
"""The questionnaires, and the waves they are asked in."""
NEEDED = ("taking-part", "answering", "done-before", "stops", "people", "unwell")
"""Pages of the gallery whose answers decide that every other page is asked."""
FINDING = {"id": 1, "item": "talk_matters", "found": "Planning was rushed.", "promise": "An hour each.", "owner": "ICB"}


@dataclass(frozen=True)
class Looked:
    """A running site, and the cookies of people who have come to where every page can be opened."""

    url: str
    cookies: dict[tuple[str, str], str]
    """By questionnaire and locale; under `sent` those of people who have sent their answers."""


@contextmanager
def running_site(folder: Path, locales: tuple[str, ...]) -> Iterator[Looked]:
    """Serve the site from threads of this process, with somebody on the way in each survey and locale."""
    data, questionnaires = folder / "data", folder / "questionnaires"
    for name in SURVEYS:
        write_survey(name, questionnaires)
    data.mkdir()
    config = load_config({"PHB_DATA": str(data), "PHB_QUESTIONNAIRES": str(questionnaires)})
    sample = resources.SHIPPED / "data" / "postcodes" / "sample.csv"
    load_postcodes(sample, config.data, resources.AREAS, lambda step, done, of: None)
    store = open_store(config)
    for name, wave in SURVEYS.items():
        questionnaire = load_file(config.questionnaires / f"{name}.json")
        open_wave(
            store,
            wave=wave,
            questionnaire=questionnaire,
            vintage="2026",
            open_link=True,
            made_up=wave == "practice",
            now=datetime.now(UTC),
        )
    app = create_app(config, store)
    cookies = {(name, locale): begun(app.test_client(), name, locale) for name in SURVEYS for locale in locales}
    cookies |= {("sent", locale): begun(app.test_client(), "phb-annual", locale, send=True) for locale in locales}
    with served(DispatcherMiddleware(app, {"/results": results(folder / "releases")})) as url:
        yield Looked(url, cookies)
    store.close()


def write_survey(name: str, folder: Path) -> None:
    """Copy a questionnaire and its media; of the gallery, give every item each format and something to ask about."""
    source = json.loads((resources.QUESTIONNAIRES / f"{name}.json").read_text(encoding="utf-8"))
    if name == "gallery":
        for section in source["sections"]:
            for page in section["pages"]:
                for item in page["items"]:
                    complete(item, page["id"])
    shutil.copytree(resources.QUESTIONNAIRES / name, folder / name)  # makes the folder too
    (folder / f"{name}.json").write_text(json.dumps(source), encoding="utf-8")


def complete(item: dict[str, Any], page: str) -> None:
    """Give an item what it lacks: Easy Read, a recording, a film, a soft check."""
    formats = item.setdefault("formats", {})
    formats.setdefault("easyread", {"text": "What do you think?", "image": "question.svg"})
    formats.setdefault("audio", {"file": "season.ogg"})
    formats.setdefault("bsl", {"video": "season.mp4", "captions": "season.vtt", "transcript": "Spring or autumn?"})
    if item["type"] != "statement" and "soft" not in item and page not in NEEDED:
        asked = f"{item['id']}__{item['rows'][-1]['code']}" if item["type"] == "grid" else item["id"]
        helped = {"item": "answering", "is": "supported"}
        item["soft"] = [
            {"when": {"all": [{"item": asked, "answered": True}, helped]}, "text": "You have help with it."}
        ]


def begun(client: FlaskClient, name: str, locale: str, *, send: bool = False) -> str:
    """The cookie of somebody who has agreed to take part, and of the gallery has answered what decides on the path."""
    visitor = Visitor(client, {"Accept-Language": locale})
    visitor.open(f"/?survey={SURVEYS[name]}").press().press(taking_part="yes").press()
    for page in NEEDED[1:] if name == "gallery" else ():
        visitor.open(f"/survey/{page}").press(("", ""), **GALLERY[page].right)
    if send:
        visitor.open("/survey/check").press()
    cookie = client.get_cookie("phb")
    assert cookie is not None
    return cookie.value


def results(folder: Path) -> Any:
    """The public pages of one signed release."""
    folder.mkdir()
    write_release(folder, wave="2026", public_on=date(2027, 1, 1).isoformat(), **SIGNED)
    write_wording(load_file(resources.QUESTIONNAIRES / "phb-annual.json"), shipped_languages(), folder / "2026")
    told = {"as_of": "2026-12-01", "findings": [{**NO_FINDING, **DAYS, **FINDING}]}
    (folder / "2026" / "findings.json").write_text(json.dumps(told), encoding="utf-8")
    speech = [make_tongue(catalogue) for catalogue in shipped_languages().catalogues(RESULTS)]
    return create_results(folder, speech=lambda: speech, today=lambda: TODAY)
