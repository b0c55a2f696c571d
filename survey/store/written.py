"""What people who sent their answers wrote in their own words: which answers there are, and the words of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey.questionnaire.answers import Answers, from_json, split_instance
from survey.questionnaire.in_words import wording
from survey.questionnaire.model import LongTextItem, Questionnaire, ShortTextItem
from survey.questionnaire.routing import Router
from survey.store.analysis import Change, last_change
from survey.store.responses import Status
from survey.store.versions import load_version

if TYPE_CHECKING:
    from survey.store.connect import Store
    from survey.store.waves import Wave

MOST_ANSWERING = 5000
"""So many of those who wrote something are read; of more a sample, by a hash of their number, always the same."""

_SENT = """
select response from responses join statuses using (response) where wave = ?
group by response having max_by(status, seq) = 'submitted'
"""
_LATEST = """
select response, page, max_by(answers, seq), max(seq) from events where response in (select unnest(?::bigint[]))
group by response, page
"""


@dataclass(frozen=True)
class Question:
    """One that is answered in people's own words."""

    item: str
    text: str


@dataclass(frozen=True, order=True)
class Answer:
    """That somebody wrote something; the words themselves are read one at a time. In a repeat all rounds together."""

    response: int
    item: str
    seq: int
    """Of the event that holds the words: other words have another."""


class Written:
    """The answers of each wave, looked for again when the wave has changed. Holds no words."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Change, tuple[Answer, ...]]] = {}

    def of(self, store: Store, wave: Wave) -> tuple[Answer, ...]:
        """Every answer in a wave to a question of `open_questions`."""
        change = last_change(store, wave.id)
        known = self._known.get(wave.id)
        if known is None or known[0] != change:
            known = self._known[wave.id] = (change, find_answers(store, wave))
        return known[1]


def open_questions(questionnaire: Questionnaire) -> tuple[Question, ...]:
    """What is answered in people's own words; a text beside an option is part of another question."""
    return tuple(
        Question(item.id, wording(item.text))
        for section in questionnaire.sections
        for page in section.pages
        for item in page.items
        if isinstance(item, LongTextItem | ShortTextItem) and not item.off
    )


def find_answers(store: Store, wave: Wave) -> tuple[Answer, ...]:
    """Who wrote something: in responses that were sent, on pages of their path."""
    items = [question.item for question in open_questions(load_version(store, wave.version))]
    with store.as_of_now() as cursor:
        some = " or ".join(["contains(answers, ?)"] * len(items)) or "false"
        asked = f"""
            select response from events where response in ({_SENT}) and ({some})
            group by response order by hash(response) limit {MOST_ANSWERING}
        """
        names = [f'"{item}' for item in items]
        responses = [response for (response,) in cursor.execute(asked, [wave.id, *names]).fetchall()]
        found = _read(store, cursor, responses, frozenset(items))
    return tuple(sorted(found))


def find_words(store: Store, answer: Answer) -> str | None:
    """The words of an answer; None when it is gone: erased, withdrawn, or other words now."""
    with store.as_of_now() as cursor:
        if not is_there(cursor, answer):
            return None
        return _read(store, cursor, [answer.response], frozenset({answer.item})).get(answer)


def is_there(cursor: DuckDBPyConnection, answer: Answer) -> bool:
    """Whether the response is still there, sent, and not withdrawn."""
    status = "select max_by(status, seq) from statuses join responses using (response) where response = ?"
    return cursor.execute(status, [answer.response]).fetchone() == (Status.SUBMITTED.value,)


def _read(
    store: Store, cursor: DuckDBPyConnection, responses: list[int], items: frozenset[str]
) -> Mapping[Answer, str]:
    """The words of every answer of these responses to these items."""
    pages: dict[int, list[tuple[Answers, int]]] = {response: [] for response in responses}
    for response, _page, answers, seq in cursor.execute(_LATEST, [responses]).fetchall():
        pages[response].append((from_json(answers), seq))
    begun = cursor.execute(
        "select response, version, area is not null from responses where response in (select unnest(?::bigint[]))",
        [responses],
    ).fetchall()
    routers = {version: Router(load_version(store, version)) for version in {version for _, version, _ in begun}}
    found = {}
    for response, version, invited in begun:
        router = routers[version]
        given = {item.id for item in router.items.values() if item.role == "area"} if invited else set()
        said = {key: value for answers, _seq in pages[response] for key, value in answers.items()}
        for item, words in _texts(router.path(said, frozenset(given)).answers, items).items():
            seq = max(seq for answers, seq in pages[response] if any(split_instance(key)[0] == item for key in answers))
            found[Answer(response, item, seq)] = words
    return found


def _texts(answers: Answers, items: frozenset[str]) -> dict[str, str]:
    texts: dict[str, list[str]] = {}
    for key, value in answers.items():
        item = split_instance(key)[0]
        if item in items and isinstance(value, str) and value.strip():
            texts.setdefault(item, []).append(value)
    return {item: "\n\n".join(parts) for item, parts in texts.items()}
