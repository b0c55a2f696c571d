"""Reading a draft: question by question, as an outline, as its map, and as a pack to print."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from survey.coproduction.reading import check_marks_read
from survey.coproduction.refusals import Refused
from survey.headers import OWN_FRAME
from survey.map.page import content_policy, draw_page
from survey.questionnaire.in_words import Words
from survey.respondent.alone import draw_alone
from survey.respondent.site import current_site, look_as
from survey.review.door import Answer, Guest, admit, deed
from survey.review.reading.asked import Asking
from survey.review.reading.draft import open_draft
from survey.review.reading.looks import read_look, write_look
from survey.review.reading.pack import by_section, pack_draft, tell_how
from survey.review.reading.pack_pdf import name_pdf, write_pdf
from survey.review.reading.page import describe_draft, describe_question
from survey.review.reading.words import KINDS
from survey.store.group.acting import note_refusal
from survey.store.group.reading_progress import mark_read

reading = Blueprint("reading", __name__)


@reading.get("/rounds/<int:number>/questions/<int:question>")
def show_question(number: int, question: int) -> Answer:
    """One question of a draft, and all that helps to judge it."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    draft = open_draft(number, guest)
    numbered = draft.find(question)
    look = read_look(draft, request.args)
    return render_template("review/reading/question.html", **describe_question(draft, numbered, look, guest))


@reading.post("/rounds/<int:number>/questions/<int:question>")
def go_on(number: int, question: int) -> Answer:
    """Note that somebody has read a question, and show the next one; after the last one the round."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    try:
        draft = open_draft(number, guest)
        check_marks_read(draft.round, guest.person)
    except Refused as refused:
        note_refusal(current_site().store, deed(guest, "mark question read", f"round {number}"), str(refused))
        raise
    numbered = draft.find(question)
    mark_read(current_site().store, draft.round.id, guest.account.id, numbered.item.id, current_site().now())
    if question == len(draft.numbered):
        return redirect(f"/review/rounds/{draft.round.id}", 303)
    following = url_for("review.reading.show_question", number=draft.round.id, question=question + 1)
    return redirect(f"{following}?{write_look(read_look(draft, request.form))}", 303)


@reading.get("/rounds/<int:number>/frame/<int:question>")
def show_alone(number: int, question: int) -> Answer:
    """A question as people will see it, for the frame on its page and by itself. It changes and keeps nothing."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    draft = open_draft(number, guest)
    numbered = draft.find(question)
    look = read_look(draft, request.args)
    look_as(look.locale, look.format)
    is_framed = "framed" in request.args
    response = make_response(draw_alone(draft.alone(numbered, look), is_framed=is_framed))
    response.headers.extend(OWN_FRAME)
    return response


@reading.get("/rounds/<int:number>/order")
def show_order(number: int) -> Answer:
    """All questions in order, with who is asked them."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    draft = open_draft(number, guest)
    look, asking = read_look(draft, {}), Asking(draft.numbered, Words(draft.questionnaire))
    listed = [
        [(numbered, draft.alone(numbered, look), asking.tell(numbered)) for numbered in section]
        for section in by_section(draft.numbered)
    ]
    return render_template("review/reading/order.html", **describe_draft(draft), listed=listed)


@reading.get("/rounds/<int:number>/map")
def show_map(number: int) -> Response | AnyResponse | tuple[str, int]:
    """The map of who is asked what: a page of its own that is allowed its own styles and nothing else."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    response = make_response(draw_page(open_draft(number, guest).questionnaire))
    response.headers["Content-Security-Policy"] = content_policy()
    return response


@reading.get("/rounds/<int:number>/pack")
def show_pack(number: int) -> Answer:
    """The whole draft to print, in the language and format of the reader."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    draft = open_draft(number, guest)
    look = read_look(draft, request.args)
    look_as(look.locale, look.format)
    return render_template(
        "review/reading/pack.html",
        **describe_draft(draft),
        packed=pack_draft(draft, look),
        look=look,
        spoken=current_site().languages.offered,
        kinds=KINDS,
        tell_how=tell_how,
        is_large=_is_large(),
    )


@reading.get("/rounds/<int:number>/pack.pdf")
def send_pack(number: int) -> Answer:
    """The same as a tagged PDF."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    draft = open_draft(number, guest)
    look = read_look(draft, request.args)
    look_as(look.locale, look.format)
    written = write_pdf(draft, look, is_large=_is_large())
    response = make_response(written)
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name_pdf(draft, is_large=_is_large())}"'
    return response


def _is_large() -> bool:
    return request.args.get("print") == "large"
