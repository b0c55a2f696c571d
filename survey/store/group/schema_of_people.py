"""The tables of the group's people: who they are, what they need, and the time and money it takes."""

from __future__ import annotations

PEOPLE_TABLES = """
create table departures (
    account bigint primary key,
    reason varchar not null,
    gone_at timestamp not null
);
create table shown_links (
    link bigint primary key,
    account bigint not null,
    shown_by bigint not null,
    shown_at timestamp not null
);
create table members (
    account bigint primary key,
    display_name varchar not null,
    naming varchar not null,
    first_involved date,
    lives_it boolean not null,
    way varchar not null,
    supporter varchar not null,
    email varchar not null,
    needs varchar not null,
    needs_words varchar not null,
    minutes_a_month integer not null,
    wants_pay boolean not null,
    about varchar not null,
    revision integer not null,
    changed_at timestamp not null,
    said_at timestamp
);
create table offices (
    office varchar not null,
    account bigint not null,
    since timestamp not null,
    until timestamp
);
create table group_texts (
    kind varchar not null,
    version integer not null,
    words varchar not null,
    added_by bigint not null,
    added_at timestamp not null,
    primary key (kind, version)
);
create table text_agreements (
    kind varchar not null,
    version integer not null,
    account bigint not null,
    agreed_at timestamp not null,
    primary key (kind, version, account)
);
"""
"""Accounts that have left (they cannot sign in; what they said stays). Sign-in links that were shown to somebody
else than their owner. Members: `said_at` is when they first said something of themselves, NULL before; `needs`
and `about` (what they tell of themselves for the group's make-up) are JSON. Texts of the group, each version
whole, as JSON."""

BURDEN_TABLES = """
create table ledger (
    entry bigint primary key,
    account bigint not null,
    round bigint,
    kind varchar not null,
    on_day date not null,
    minutes integer not null,
    offered_pence integer not null,
    expenses_pence integer not null,
    declined boolean not null,
    note varchar not null,
    due_on date,
    paid_on date,
    added_by bigint not null,
    added_at timestamp not null,
    revision integer not null
);
create table pulses (
    round bigint not null,
    side varchar not null,
    answers varchar not null,
    words varchar not null
);
create table pulses_given (
    round bigint not null,
    account bigint not null,
    given_at timestamp not null,
    primary key (round, account)
);
create table letters (
    letter bigint primary key,
    account bigint not null,
    subject varchar not null,
    words varchar not null,
    made_at timestamp not null,
    sent_at timestamp,
    tries integer not null,
    tried_at timestamp,
    last_problem varchar not null
);
"""
"""A pulse has no account, and who has given one is kept without it: what somebody answered is nobody's to know.
Letters wait here until they are sent."""
