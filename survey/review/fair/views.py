"""The part of the workspace about burden and equality: its addresses."""

from __future__ import annotations

from flask import Blueprint

from survey.review.fair import fairness, ledger_pages, pulse_page, time_page

fair = Blueprint("fair", __name__)

fair.add_url_rule("/fair", view_func=fairness.show_fair)
fair.add_url_rule("/rounds/<int:number>/pulse", view_func=pulse_page.show_pulse)
fair.add_url_rule("/rounds/<int:number>/pulse", view_func=pulse_page.send_pulse, methods=["POST"])
fair.add_url_rule("/me/time", view_func=time_page.show_time)
fair.add_url_rule("/me/time", view_func=time_page.add_time, methods=["POST"])
fair.add_url_rule("/me/time/pay", view_func=time_page.answer_for_all, methods=["POST"])
fair.add_url_rule("/me/time/<int:number>", view_func=time_page.answer, methods=["POST"])
fair.add_url_rule("/ledger", view_func=ledger_pages.show_ledger)
fair.add_url_rule("/ledger", view_func=ledger_pages.add_entry, methods=["POST"])
fair.add_url_rule("/ledger.csv", view_func=ledger_pages.download_ledger)
fair.add_url_rule("/ledger/<int:number>", view_func=ledger_pages.show_entry)
fair.add_url_rule("/ledger/<int:number>", view_func=ledger_pages.change_entry, methods=["POST"])
fair.add_url_rule("/ledger/<int:number>/paid", view_func=ledger_pages.mark_as_paid, methods=["POST"])
