"""The tables of the store, and which version of them a file holds.

Every TIMESTAMP is UTC. Answers are only ever added (`events`, `statuses`); what is updated in place are a wave's
closing time, what became of a sign-in link, and what staff and the group write: findings, themes, readings, quotes,
the records of the group (`group/schema.py`), and what translators agree on (`translating/schema.py`).
"""

from __future__ import annotations

from collections.abc import Mapping

from duckdb import DuckDBPyConnection

from survey.store.group.schema import GROUP_TABLES
from survey.store.translating.schema import TRANSLATING_TABLES

SCHEMA_VERSION = "4"

_FIRST = """
create table about_store (
    name varchar primary key,
    value varchar not null
);
create table versions (
    version varchar primary key,
    questionnaire varchar not null,
    source varchar not null,
    saved_at timestamp not null
);
create table waves (
    wave varchar primary key,
    questionnaire varchar not null,
    version varchar not null,
    vintage varchar not null,
    open_link boolean not null,
    made_up boolean not null,
    opened_at timestamp not null,
    closed_at timestamp
);
create table invitations (
    invitation bigint primary key,
    code_hash varchar not null unique,
    wave varchar not null,
    area varchar not null,
    issued_at timestamp not null
);
create table responses (
    response bigint primary key,
    return_hash varchar not null unique,
    wave varchar not null,
    version varchar not null,
    vintage varchar not null,
    area varchar,
    invitation bigint unique,
    started_at timestamp not null
);
create table events (
    response bigint not null,
    seq integer not null,
    page varchar not null,
    answers varchar not null,
    locale varchar not null,
    format varchar not null,
    mode varchar not null,
    saved_at timestamp not null
);
create table statuses (
    response bigint not null,
    seq integer not null,
    status varchar not null,
    locale varchar not null,
    format varchar not null,
    mode varchar not null,
    set_at timestamp not null,
    primary key (response, status)
);
create table accounts (
    account bigint primary key,
    name varchar not null unique,
    role varchar not null,
    added_at timestamp not null
);
create table sign_in_links (
    link bigint primary key,
    account bigint not null,
    token_hash varchar not null unique,
    code_hash varchar not null,
    made_at timestamp not null,
    expires_at timestamp not null,
    wrong_tries integer not null,
    ended_at timestamp
);
create table audit (
    happened_at timestamp not null,
    actor varchar not null,
    action varchar not null,
    subject varchar not null,
    details varchar not null
);
"""

_SECOND = """
create table findings (
    finding bigint primary key,
    wave varchar not null,
    item varchar not null,
    area varchar not null,
    found varchar not null,
    owner varchar not null,
    promise varchar not null,
    due_on date,
    first_due_on date,
    state varchar not null,
    outcome varchar not null,
    public boolean not null,
    revision integer not null,
    added_by bigint not null,
    added_at timestamp not null,
    changed_at timestamp not null
);
create table themes (
    wave varchar not null,
    item varchar not null,
    theme varchar not null,
    label varchar not null,
    meaning varchar not null,
    added_by bigint not null,
    added_at timestamp not null,
    agreed_by bigint,
    agreed_at timestamp,
    retired_at timestamp,
    primary key (wave, item, theme)
);
create table readings (
    response bigint not null,
    item varchar not null,
    seq integer not null,
    coder bigint not null,
    themes varchar not null,
    read_at timestamp not null,
    primary key (response, item, coder)
);
create table quotes (
    quote bigint primary key,
    response bigint not null,
    item varchar not null,
    seq integer not null,
    theme varchar not null,
    words varchar not null,
    proposed_by bigint not null,
    proposed_at timestamp not null,
    approved_by bigint,
    approved_at timestamp,
    refused_at timestamp
);
"""
"""Findings and what is promised about them (`item` and `area` are '' for none and for England; `revision` guards
against two who save at once; `first_due_on` is the day that was promised first). Themes of a code frame; who read
which answer and found which themes in it (`seq` is that of the event that was read, so that a reading of words that
were changed since is known to be stale; so is one from before a theme was agreed); quotes as redacted.
"""

TABLES = _FIRST + _SECOND + GROUP_TABLES + TRANSLATING_TABLES

ADDED: Mapping[str, str] = {
    "1": _SECOND + GROUP_TABLES + TRANSLATING_TABLES,
    "2": GROUP_TABLES + TRANSLATING_TABLES,
    "3": TRANSLATING_TABLES,
}
"""By the version of an older file: what it lacks of this one."""

_OFFERED_BEFORE = """
insert into {database}.offers
select wave, kind, '*', 'draft', 'machine', '', '', 'opening of the wave', opened_at, null
from {database}.waves, (values ('language'), ('format')) as kinds (kind)
"""
"""Before there were offers every wave had every language and format: so it stays, and people read what is a draft."""


def bring_up_to_date(cursor: DuckDBPyConnection, database: str) -> None:
    """Give an older database the tables that it lacks; one that is up to date stays as it is."""
    ((version,),) = cursor.execute(f"select value from {database}.about_store where name = 'schema_version'").fetchall()
    if version not in ADDED:
        return
    cursor.execute(ADDED[version].replace("create table ", f"create table {database}."))
    cursor.execute(_OFFERED_BEFORE.format(database=database))
    cursor.execute(f"update {database}.about_store set value = ? where name = 'schema_version'", [SCHEMA_VERSION])
