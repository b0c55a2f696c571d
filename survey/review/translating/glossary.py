"""The glossary of a language: which words we always translate alike, and how."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for

from survey.coproduction.refusals import Refused
from survey.coproduction.saying_rules import as_kept
from survey.i18n import language
from survey.respondent.site import current_site
from survey.review.door import Answer, Guest, admit, deed
from survey.review.reasons import explain
from survey.review.translating.people import names_of
from survey.review.translating.strings import check_address
from survey.staff.rights import Right
from survey.store.translating.glossary import Term, glossary_of, write_term

glossary = Blueprint("glossary", __name__)

_FIELDS = ("term", "words", "note", "was")


@glossary.get("/glossary/<locale>")
def show_terms(locale: str) -> Answer:
    """All terms of a language, and the form for another one or for one to change."""
    guest = admit(Right.TRANSLATE)
    if not isinstance(guest, Guest):
        return guest
    check_address(locale)
    change = next((term for term in _terms(locale) if term.term == request.args.get("term")), None)
    typed = {} if change is None else {"term": change.term, "words": change.words, "note": change.note}
    return _draw(locale, {**typed, "was": change.words if change else ""}, ())


@glossary.post("/glossary/<locale>")
def save_term(locale: str) -> Answer:
    """Write a term, or write it anew. What somebody else has written meanwhile is not overwritten."""
    guest = admit(Right.TRANSLATE)
    if not isinstance(guest, Guest):
        return guest
    check_address(locale)
    typed = {name: request.form.get(name, "") for name in _FIELDS}
    doing = deed(guest, "write glossary", f"{locale} glossary")
    store = current_site().store
    try:
        write_term(store, doing, locale, typed["term"], typed["words"], typed["note"], was=typed["was"])
    except Refused as refused:
        stands = next((term.words for term in _terms(locale) if term.term == as_kept(typed["term"])), "")
        return _draw(locale, {**typed, "was": stands}, explain(refused)), 409 if stands else 422
    return redirect(url_for("review.translating.glossary.show_terms", locale=locale), 303)


def _terms(locale: str) -> tuple[Term, ...]:
    return glossary_of(current_site().store, locale)


def _draw(locale: str, typed: dict[str, str], why_not: list[str] | tuple[str, ...]) -> str:
    terms = _terms(locale)
    names = names_of(term.account for term in terms)
    into = language(locale)
    return render_template(
        "review/translating/glossary.html", into=into, terms=terms, names=names, typed=typed, why_not=why_not
    )
