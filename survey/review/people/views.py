"""The addresses of the group and its people."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from survey.review.people import group_page, me, members, tasks
from survey.review.people.months import moment_in_words, month_in_words

people = Blueprint("people", __name__)

people.add_url_rule("/group", "group", group_page.show_group)
people.add_url_rule("/group/conduct/agree", "agree", group_page.agree, methods=["POST"])
people.add_url_rule("/group/<kind>", "text", group_page.show_text)
people.add_url_rule("/group/<kind>/new", "ask_text", group_page.ask_text)
people.add_url_rule("/group/<kind>/new", "write_text", group_page.write_text, methods=["POST"])
people.add_url_rule("/me", "me", me.show_me)
people.add_url_rule("/me", "save_me", me.save_me, methods=["POST"])
people.add_url_rule("/members", "members", members.list_all)
people.add_url_rule("/members/add", "ask_new", members.ask_new)
people.add_url_rule("/members/add", "add", members.add, methods=["POST"])
people.add_url_rule("/members/tasks", "change_task", tasks.change_task, methods=["POST"])
people.add_url_rule("/members/<int(max=999999999):account>", "member", members.show)
people.add_url_rule("/members/<int(max=999999999):account>", "save_part", members.save_part, methods=["POST"])
people.add_url_rule("/members/<int(max=999999999):account>/link", "make_link", members.make_link, methods=["POST"])
people.add_url_rule("/members/<int(max=999999999):account>/remove", "ask_leaving", members.ask_leaving)
people.add_url_rule("/members/<int(max=999999999):account>/remove", "remove", members.remove, methods=["POST"])


@people.context_processor
def describe() -> dict[str, Any]:
    """What the templates about people may use."""
    return {"month_in_words": month_in_words, "moment_in_words": moment_in_words}
