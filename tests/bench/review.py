"""The group's pages in a large round: sixty questions, forty members, five thousand comments; server time of a view."""

from __future__ import annotations

import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from flask.testing import FlaskClient

from survey.app import create_app
from survey.config import load_config
from survey.coproduction.suggestions import CHANGE, Reword
from survey.store.accounts import Role
from survey.store.clock import to_stored
from survey.store.connect import open_store
from tests.bench.bare import create
from tests.survey.questionnaire.builders import choice, page, section
from tests.survey.questionnaire.builders import questionnaire as written
from tests.survey.review.group import Clock, Group

QUESTIONS, MEMBERS, COMMENTS, SUGGESTIONS = 60, 40, 5_000, 120
VIEWS, FEWEST_VIEWS, SECONDS = 20, 5, 10
"""Of each page so many views, or fewer where they take long."""
ROLES = (Role.LIVED_EXPERIENCE, Role.LIVED_EXPERIENCE, Role.CARER, Role.GROUP_STAFF)
PAGES = {
    "the home page": ("lee", "/review/"),
    "the round": ("lee", "/review/rounds/1"),
    "the round, for its facilitator": ("fay", "/review/rounds/1"),
    "a question": ("lee", "/review/rounds/1/questions/7"),
    "comments": ("lee", "/review/rounds/1/comments"),
    "decisions": ("lee", "/review/rounds/1/decisions"),
    "what happened to what I said": ("lee", "/review/mine"),
}

_COMMENTS = f"""
insert into comments by name
select number as comment, 1 as round, 'q' || (number % {QUESTIONS}) as item, 'text' as field, 'clarity' as kind,
    'I did not know at once what this asks of me, and read it three times.' as words,
    1 + number % {MEMBERS} as author, 'member' as hat, 'self' as way, 1 + number % {MEMBERS} as entered_by,
    $now::timestamp as said_at, $now::timestamp as confirmed_at, 'self' as confirmed_how,
    if(number % 100 = 0, 'It names somebody.', '') as hidden_because
from range(1, {COMMENTS + 1}) numbers (number)
"""
_OUTCOMES = f"""
insert into outcomes by name
select number as comment, 1 as seq, 'cannot' as became, 'The law says so.' as words, 'A law.' as power, '' as owner,
    1 as decided_by, $now::timestamp as decided_at
from range(1, {COMMENTS + 1}) numbers (number) where number % 3 > 0
"""
_SUGGESTIONS = f"""
insert into suggestions by name
select number as suggestion, 1 as round, 'q' || (number % {QUESTIONS}) as item,
    replace($change, 'q0', 'q' || (number % {QUESTIONS})) as change, 'It is shorter.' as why,
    1 + number % {MEMBERS} as author, 'member' as hat, 'self' as way, 1 as entered_by,
    $now::timestamp as suggested_at, $now::timestamp as confirmed_at, 'self' as confirmed_how, 'in_vote' as fate
from range(1, {SUGGESTIONS + 1}) numbers (number)
"""
_DECISIONS = f"""
insert into decisions by name
select number as decision, 1 as round, number as suggestion, 'open' as result, 1 as opened_by,
    $now::timestamp as opened_at, date '2026-11-02' as closes_on, '' as tally
from range(1, {SUGGESTIONS + 1}) numbers (number)
"""
_VOTES = f"""
insert into votes by name
select decision, account, 'lived_experience' as seat, 'agree' as choice, '' as words, 'self' as way,
    account as entered_by, $now::timestamp as cast_at, $now::timestamp as confirmed_at, 'self' as confirmed_how
from range(1, {SUGGESTIONS + 1}) decisions (decision), range(2, {MEMBERS + 1}) accounts (account)
where (decision + account) % 3 > 0
"""
_READ = f"""
insert into questions_read
select 1, account, 'q' || item, $now::timestamp
from range(1, {MEMBERS + 1}) accounts (account), range({QUESTIONS // 2}) items (item)
"""


def run_review(respondents: int, seconds: float) -> None:
    """Views of one after another in this process, beside a bare page of the same size in the same run."""
    print(f"\nThe group: {QUESTIONS} questions, {MEMBERS} members, {COMMENTS:,} comments; server time of a view, ms")
    print(f"{'':34}{'p50':>8}{'p95':>8}{'CPU p50':>9}{'kB':>8}{'bare CPU':>10}{'ratio':>8}")
    with tempfile.TemporaryDirectory() as folder:
        config, clock = load_config({"PHB_DATA": str(Path(folder))}), Clock()
        with closing(open_store(config)) as store:
            group = Group(create_app(config, store, now=clock), config, store, clock)
            fill(group)
            for name, (member, path) in PAGES.items():
                _print_row(name, group.client(member), path)


def fill(group: Group) -> None:
    """The people, the round and all that was said in it, straight into the tables."""
    for number in range(MEMBERS):
        names = {0: "lee", MEMBERS - 1: "fay"}
        role = Role.FACILITATOR if number == MEMBERS - 1 else ROLES[number % len(ROLES)]
        group.add(names.get(number, f"member {number}"), role)
    questions = [page(choice(f"q{number}"), id=f"page-{number}") for number in range(QUESTIONS)]
    group.open_round(
        written(*(section(f"part-{part}", *questions[part::6]) for part in range(6))).model_dump(
            mode="json", by_alias=True, exclude_defaults=True
        )
    )
    now = to_stored(group.clock())
    change = CHANGE.dump_json(Reword(item="q0", field="text", words="Is it enough?")).decode()
    for sql in (_COMMENTS, _OUTCOMES, _SUGGESTIONS, _DECISIONS, _VOTES, _READ):
        values = {"now": now, "change": change} if "$change" in sql else {"now": now}
        group.store.journal.run(lambda cursor, sql=sql, values=values: cursor.execute(sql, values))  # type: ignore[misc]


def _print_row(name: str, client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        print(f"{name:34}{f'answered {answer.status_code}':>16}", flush=True)
        return
    views, size = _time(client, path), len(answer.data)
    bare = median(view.cpu for view in _time(create(size).test_client(), "/page/1"))
    taken, cpu = [view.taken for view in views], median(view.cpu for view in views)
    p50, p95 = median(taken), quantiles(taken, n=20)[-1]
    print(f"{name:34}{p50:8.1f}{p95:8.1f}{cpu:9.1f}{size / 1000:8.1f}{bare:10.2f}{cpu / bare:8.1f}", flush=True)


@dataclass(frozen=True)
class View:
    """Milliseconds of one view, and of the processor for it: on a busy machine the first says little."""

    taken: float
    cpu: float


def _time(client: FlaskClient, path: str) -> list[View]:
    """Each view, after one that nobody counts."""
    client.get(path)
    views: list[View] = []
    until = time.monotonic() + SECONDS
    while len(views) < VIEWS and (len(views) < FEWEST_VIEWS or time.monotonic() < until):
        began, busy = time.perf_counter(), time.process_time()
        client.get(path)
        views.append(View((time.perf_counter() - began) * 1000, (time.process_time() - busy) * 1000))
    return views
