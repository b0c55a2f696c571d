"""The tables of the store, and which version of them a file holds.

Every TIMESTAMP is UTC. Answers are only ever added (`events`, `statuses`); what is updated in place are a wave's
closing time and what became of a sign-in link.
"""

from __future__ import annotations

SCHEMA_VERSION = "1"

TABLES = """
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
