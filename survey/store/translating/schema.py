"""The tables of translation: what translators did with each string, and which languages and formats a wave offers.

Numbers of people are those of `accounts`; every TIMESTAMP is UTC.
"""

from __future__ import annotations

_STRINGS = """
create table translation_entries (
    entry bigint primary key,
    locale varchar not null,
    catalogue varchar not null,
    context varchar not null,
    source varchar not null,
    plural varchar not null,
    step varchar not null,
    forms varchar not null,
    origin varchar not null,
    account bigint not null,
    note varchar not null,
    made_at timestamp not null
);
create table translation_comments (
    comment bigint primary key,
    locale varchar not null,
    catalogue varchar not null,
    context varchar not null,
    source varchar not null,
    words varchar not null,
    account bigint not null,
    said_at timestamp not null
);
create table glossary (
    locale varchar not null,
    term varchar not null,
    words varchar not null,
    note varchar not null,
    account bigint not null,
    written_at timestamp not null,
    primary key (locale, term)
);
create table translator_credits (
    account bigint primary key,
    name varchar not null,
    changed_at timestamp not null
);
"""
"""Entries are only ever added. `context` is '' for a string of the interface, `plural` is '' for one without a wording
by number; `forms` is a JSON list. A credit with the name '' is of somebody who is not to be named."""

_OFFERS = """
create table offers (
    wave varchar not null,
    kind varchar not null,
    name varchar not null,
    tier varchar not null,
    reason varchar not null,
    because varchar not null,
    interpreter varchar not null,
    offered_by varchar not null,
    offered_at timestamp not null,
    withdrawn_at timestamp
);
create table format_reviews (
    questionnaire varchar not null,
    version varchar not null,
    format varchar not null,
    seq integer not null,
    reviewer varchar not null,
    uses_it boolean not null,
    agrees boolean not null,
    words varchar not null,
    noted_by varchar not null,
    reviewed_at timestamp not null,
    primary key (questionnaire, version, format, seq)
);
"""
"""`kind` is `language` or `format`; `reason` is `machine` for the standard one, `own` where `because` has it, '' where
none is needed. `offered_by` and `noted_by` are names as in the audit: a command has no account."""

TRANSLATING_TABLES = _STRINGS + _OFFERS
