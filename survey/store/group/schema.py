"""The tables of the co-production group. Numbers of people are those of `accounts`; every TIMESTAMP is UTC."""

from __future__ import annotations

from survey.store.group.schema_of_people import BURDEN_TABLES, PEOPLE_TABLES

_ROUNDS = """
create table rounds (
    round bigint primary key,
    questionnaire varchar not null,
    version varchar not null,
    title varchar not null,
    purpose varchar not null,
    can_change varchar not null,
    cannot_change varchar not null,
    difference varchar not null,
    contact varchar not null,
    say_until date,
    decide_until date,
    quorum integer not null,
    notice_reason varchar not null,
    load_reason varchar not null,
    state varchar not null,
    minutes integer not null,
    revision integer not null,
    added_by bigint not null,
    added_at timestamp not null,
    opened_at timestamp,
    closed_at timestamp,
    ended_at timestamp,
    first_decide_until date,
    sign_off_until date,
    is_extended boolean not null,
    new_version varchar not null,
    called_off_because varchar not null,
    acted_at timestamp not null
);
create table asked (
    round bigint not null,
    account bigint not null,
    primary key (round, account)
);
create table questions_read (
    round bigint not null,
    account bigint not null,
    item varchar not null,
    read_at timestamp not null,
    primary key (round, account, item)
);
create table sponsor_answers (
    round bigint primary key,
    words varchar not null,
    name varchar not null,
    office varchar not null,
    signed_by bigint not null,
    signed_at timestamp not null
);
create table gone_live (
    round bigint primary key,
    incomplete varchar not null,
    because varchar not null,
    gone_by bigint not null,
    gone_at timestamp not null
);
"""
"""`acted_at` is the moment of what was done last in a round: nothing is done before it, whatever a clock says.
`incomplete` is a JSON list of languages."""

_SAYING = """
create table typed (
    account bigint not null,
    place varchar not null,
    fields varchar not null,
    saved_at timestamp not null,
    primary key (account, place)
);
create table comments (
    comment bigint primary key,
    round bigint not null,
    item varchar not null,
    field varchar not null,
    kind varchar not null,
    words varchar not null,
    author bigint not null,
    hat varchar not null,
    way varchar not null,
    entered_by bigint not null,
    said_at timestamp not null,
    confirmed_at timestamp,
    confirmed_how varchar not null,
    hidden_because varchar not null,
    hidden_by bigint,
    hidden_at timestamp
);
create table outcomes (
    comment bigint not null,
    seq integer not null,
    became varchar not null,
    words varchar not null,
    power varchar not null,
    suggestion bigint,
    owner varchar not null,
    due_on date,
    decided_by bigint not null,
    decided_at timestamp not null,
    primary key (comment, seq)
);
create table reflections (
    comment bigint not null,
    seq integer not null,
    reflects varchar not null,
    words varchar not null,
    said_at timestamp not null,
    primary key (comment, seq)
);
create table reopenings (
    comment bigint primary key,
    after_seq integer not null,
    words varchar not null,
    reopened_at timestamp not null
);
create table suggestions (
    suggestion bigint primary key,
    round bigint not null,
    item varchar not null,
    change varchar not null,
    why varchar not null,
    author bigint not null,
    comment bigint,
    hat varchar not null,
    way varchar not null,
    entered_by bigint not null,
    suggested_at timestamp not null,
    confirmed_at timestamp,
    confirmed_how varchar not null,
    fate varchar not null,
    settled_at timestamp
);
create table stories (
    story bigint primary key,
    round bigint not null,
    author bigint not null,
    words varchar not null,
    way varchar not null,
    entered_by bigint not null,
    told_at timestamp not null,
    confirmed_at timestamp,
    confirmed_how varchar not null,
    hidden_because varchar not null,
    hidden_by bigint,
    hidden_at timestamp
);
"""
"""`typed` is what somebody has typed and not sent yet, the fields of a form as JSON. `confirmed_how` is `self`, or by
whom and how the member's confirmation was taken; without a moment it says why there will be none (taken back, refused),
and '' means that the entry waits. A comment can be reopened once, so its reopening is keyed by it;
`after_seq` is the outcome it was reopened on, as `seq` of a reflection is the one it is about."""

_DECIDING = """
create table decisions (
    decision bigint primary key,
    round bigint not null,
    suggestion bigint unique,
    result varchar not null,
    opened_by bigint not null,
    opened_at timestamp not null,
    closes_on date not null,
    counted_at timestamp,
    settled_at timestamp,
    tally varchar not null
);
create table votes (
    decision bigint not null,
    account bigint not null,
    seat varchar not null,
    choice varchar not null,
    words varchar not null,
    way varchar not null,
    entered_by bigint not null,
    cast_at timestamp not null,
    confirmed_at timestamp,
    confirmed_how varchar not null,
    primary key (decision, account)
);
create table stops (
    decision bigint not null,
    author bigint not null,
    words varchar not null,
    reply varchar not null,
    replied_by varchar not null,
    replied_at timestamp,
    seen_at timestamp,
    cleared_by varchar not null,
    cleared_at timestamp,
    primary key (decision, author)
);
create table casting_votes (
    decision bigint not null,
    account bigint not null,
    agrees boolean not null,
    cast_at timestamp not null,
    primary key (decision, account)
);
"""
"""`tally` is JSON, '' while votes are sealed. `replied_by` is a JSON list of accounts. A tie is decided by both
co-chairs with a casting vote each."""

GROUP_TABLES = PEOPLE_TABLES + _ROUNDS + _SAYING + _DECIDING + BURDEN_TABLES
