"""The translator's screen: what there is to do, the strings of a catalogue, and one string at a time."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from survey.adjudication.drafts import Origin, Step
from survey.coproduction.refusals import Refused
from survey.headers import OWN_FRAME
from survey.i18n import EASY_READ, gettext
from survey.questionnaire.load import QuestionnaireError
from survey.questionnaire.stages import Stage
from survey.respondent.alone import draw_alone
from survey.respondent.site import current_site, look_as
from survey.review.door import Answer, Guest, admit, deed
from survey.review.reasons import explain
from survey.review.translating.carrying import files
from survey.review.translating.credit import credit
from survey.review.translating.doing import NextStep, check_in_person, count_next_steps, next_step_for
from survey.review.translating.filtering import (
    A_PAGE,
    Wanted,
    find_strings,
    following,
    page_count,
    read_page,
    read_wanted,
)
from survey.review.translating.glossary import glossary
from survey.review.translating.grouping import group_strings
from survey.review.translating.overview import every_language
from survey.review.translating.page import describe_sheet, describe_string
from survey.review.translating.preview import preview_of, with_words
from survey.review.translating.serving import serve_decided
from survey.review.translating.similar import similar_strings
from survey.review.translating.strings import Sheet, String, open_sheet
from survey.review.translating.typing import Typed, begin_with, check_typed, read_typed
from survey.review.translating.words import STAGES
from survey.staff.rights import Right
from survey.store.translating.comments import add_comment
from survey.store.translating.entries import add_entry

translating = Blueprint("translating", __name__, url_prefix="/translate")
for _part in (glossary, credit, files):
    translating.register_blueprint(_part)

SERVING = frozenset({Step.ADJUDICATE, Step.PRETEST})
"""The steps that change what the files of decided words say."""
WRITTEN = ("words-", "note", "comment")
"""What the names of the fields begin with that people write in."""
TAKE = "take"
"""The button that makes the words that people read now one's own draft."""


@translating.get("/")
def show_overview() -> Answer:
    """Every language: how far each catalogue is, and what this person can do next."""
    guest = admit(Right.TRANSLATE)
    if not isinstance(guest, Guest):
        return guest
    rows = every_language(guest.account.id)
    return render_template("review/translating/overview.html", rows=rows, stages=STAGES, next_steps=tuple(NextStep))


@translating.get("/<locale>/<catalogue>")
def show_strings(locale: str, catalogue: str) -> Answer:
    """The strings of a catalogue in order, those that are asked for, a page at a time."""
    guest = admit(Right.TRANSLATE)
    if not isinstance(guest, Guest):
        return guest
    sheet, wanted, by = open_sheet(locale, catalogue), read_wanted(request.args), guest.account.id
    found = find_strings(sheet, wanted, by)
    pages = page_count(len(found))
    page = read_page(request.args.get("page", ""), pages)
    shown = found[(page - 1) * A_PAGE : page * A_PAGE]
    return render_template(
        "review/translating/strings.html",
        **describe_sheet(sheet),
        wanted=wanted,
        found=len(found),
        groups=group_strings(sheet, shown),
        next_steps=tuple(NextStep),
        waiting=count_next_steps(sheet.strings, by),
        next_step_of=lambda string: next_step_for(string, by),
        page=page,
        pages=pages,
    )


@translating.get("/<locale>/<catalogue>/<key>")
def show_string(locale: str, catalogue: str, key: str) -> Answer:
    """One string, and all that helps to translate it."""
    guest = admit(Right.TRANSLATE)
    if not isinstance(guest, Guest):
        return guest
    sheet = open_sheet(locale, catalogue)
    string = sheet.find(key)
    if string is None:
        abort(404)
    typed = begin_with(sheet, string, guest.account.id)
    like = request.args.get("like", "")
    for number, similar in enumerate(similar_strings(sheet, string) if like else ()):
        if like == str(number):
            typed = replace(typed, forms=(similar.words, *typed.forms[1:]), origin=Origin.MEMORY)
    return _draw(sheet, string, read_wanted(request.args), guest, typed)


@translating.post("/<locale>/<catalogue>/<key>")
def save_step(locale: str, catalogue: str, key: str) -> Answer:
    """Save what somebody did with a string, and show the next one; what cannot be saved stays in the boxes."""
    guest = admit(Right.TRANSLATE)
    if not isinstance(guest, Guest):
        return guest
    sheet, wanted = open_sheet(locale, catalogue), read_wanted(request.form)
    string = sheet.find(key)
    if string is None:
        return _draw_changed(sheet)
    name = request.form.get("step", "")
    typed = read_typed(sheet, string, request.form)
    if name == TAKE and string.served:
        typed = replace(typed, forms=string.forms)
        typed = replace(typed, origin=Origin.MACHINE if string.in_files is Stage.MACHINE else Origin.OWN)
    typed = check_typed(sheet, string, typed)
    step = Step(name) if name in list(Step) else Step.DRAFT
    is_warned = bool(typed.warnings) and request.form.get("warned") != "1" and name != TAKE
    if typed.is_wrong or is_warned or name not in (*Step, TAKE):
        return _draw(sheet, string, wanted, guest, typed), 422 if typed.is_wrong or is_warned else 200
    try:
        _save(sheet, string, step, typed, guest)
    except Refused as refused:
        again = open_sheet(locale, catalogue)
        now = again.find(key)
        if now is None:
            return _draw_changed(again)
        return _draw(again, now, wanted, guest, replace(typed, refused=explain(refused))), 409
    return _go_on(locale, catalogue, key, wanted, guest)


@translating.post("/<locale>/<catalogue>/<key>/comments")
def say(locale: str, catalogue: str, key: str) -> Answer:
    """Put down a comment on a string."""
    guest = admit(Right.TRANSLATE)
    if not isinstance(guest, Guest):
        return guest
    sheet, wanted = open_sheet(locale, catalogue), read_wanted(request.form)
    string = sheet.find(key)
    if string is None:
        return _draw_changed(sheet)
    words = request.form.get("comment", "")
    try:
        add_comment(current_site().store, deed(guest, "comment on translation", _subject(string)), string.key, words)
    except Refused as refused:
        typed = begin_with(sheet, string, guest.account.id)
        why = explain(refused)
        return _draw(sheet, string, wanted, guest, typed, comment=words, comment_error=" ".join(why)), 422
    return redirect(f"{_address(string)}{wanted.query}#comments", 303)


@translating.get("/<locale>/<catalogue>/<key>/frame")
def show_frame(locale: str, catalogue: str, key: str) -> Answer:
    """The question that a string belongs to, with its newest words. It changes and keeps nothing."""
    guest = admit(Right.TRANSLATE)
    if not isinstance(guest, Guest):
        return guest
    sheet, site = open_sheet(locale, catalogue), current_site()
    string = sheet.find(key)
    place = sheet.places.find(string.key.context) if string is not None and sheet.places is not None else None
    is_offered = locale in site.languages.locales and locale != EASY_READ
    if string is None or place is None or place.numbered is None or not is_offered:
        abort(404)
    try:
        edition = site.editions.of_draft(site.config.questionnaires / f"{catalogue}.json")
    except QuestionnaireError:  # somebody is working on the file
        abort(404)
    words = site.languages.catalogue(catalogue, locale)
    if string.newest:
        words = with_words(words, string.key.context, string.sources, string.newest)
    look_as(locale, place.format)
    response = make_response(draw_alone(preview_of(edition, place, locale, words), is_framed="framed" in request.args))
    response.headers.extend(OWN_FRAME)
    return response


def _save(sheet: Sheet, string: String, step: Step, typed: Typed, guest: Guest) -> None:
    """Raises Refused."""
    doing = deed(guest, f"translation: {step}", _subject(string))
    check_in_person(guest, doing)
    add_entry(
        current_site().store,
        doing,
        string.key,
        string.plural,
        step,
        typed.forms,
        origin=typed.origin,
        note=typed.note,
        forms_wanted=sheet.forms_wanted(string),
        seen=_entries_seen(string, step),
    )
    if step in SERVING and not serve_decided(sheet.locale, sheet.name):
        flash(gettext("It is decided. People cannot read it yet, because a file could not be written."))


def _entries_seen(string: String, step: Step) -> int | None:
    """How many entries of its history the person saw; -1 where it was something else that they saw.

    Nothing is asked of a draft, for two at once are two drafts, but that words taken over are those that were read.
    """
    seen = request.form.get("seen", "")
    if step is Step.DRAFT:
        took_others = request.form.get("step") == TAKE and request.form.get("served") != string.served_id
        return -1 if took_others else None
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 7 else -1


def _go_on(locale: str, catalogue: str, key: str, wanted: Wanted, guest: Guest) -> AnyResponse:
    sheet = open_sheet(locale, catalogue)
    after = following(sheet, wanted, guest.account.id, key) if sheet.find(key) is not None else None
    if after is None:
        flash(gettext("Saved. That was the last one here."))
        here = url_for("review.translating.show_strings", locale=locale, catalogue=catalogue)
        return redirect(f"{here}{wanted.query}", 303)
    flash(gettext("Saved. This is the next one."))
    return redirect(f"{_address(after)}{wanted.query}#string", 303)


def _draw(
    sheet: Sheet, string: String, wanted: Wanted, guest: Guest, typed: Typed, comment: str = "", comment_error: str = ""
) -> str:
    return render_template(
        "review/translating/string.html",
        **describe_string(sheet, string, wanted, guest, typed),
        comment=comment,
        comment_error=comment_error,
    )


def _draw_changed(sheet: Sheet) -> Answer:
    """The English has changed while somebody wrote, or the address never led anywhere: what was typed is given back."""
    context = request.form.get("context", "")
    now = next((string for string in sheet.strings if context and string.key.context == context), None)
    typed = [text for name, text in request.form.items() if name.startswith(WRITTEN) and text.strip()]
    page = render_template("review/translating/changed.html", **describe_sheet(sheet), now=now, typed=typed)
    return page, 409 if now is not None else 404


def _address(string: String) -> str:
    locale, catalogue = string.key.locale, string.key.catalogue
    return url_for("review.translating.show_string", locale=locale, catalogue=catalogue, key=string.id)


def _subject(string: String) -> str:
    return f"{string.key.locale} {string.key.catalogue} {string.key.context or string.id}"
