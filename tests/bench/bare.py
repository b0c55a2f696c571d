"""The baseline: a bare Flask and Jinja application with pages of a given size, no session, no store, no translation."""

from __future__ import annotations

import os

from flask import Flask, redirect, render_template, request
from jinja2 import DictLoader
from werkzeug.wrappers import Response

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Page {{ number }}</title></head><body><main>
<h1>Question {{ number }}</h1><form method="post" action="/page/{{ number }}">
{% for option in options %}
<label><input type="radio" name="answer" value="{{ option }}"> {{ option }}</label>
{% endfor %}
<button>Continue</button></form></main><!-- {{ filler }} --></body></html>"""
PAGES = 40


def create(page_bytes: int) -> Flask:
    """An application whose every page is about `page_bytes` long."""
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"page.html": PAGE})
    filler = "x" * max(0, page_bytes - 700)
    options = ["a lot", "some", "a little", "none", "not sure"]

    @app.get("/")
    @app.get("/page/<int:number>")
    def show(number: int = 1) -> str:
        return render_template("page.html", number=number, options=options, filler=filler)

    @app.post("/page/<int:number>")
    def answer(number: int) -> Response:
        request.form.get("answer")
        return redirect(f"/page/{number + 1}" if number < PAGES else "/done", 303)

    @app.get("/done")
    def done() -> str:
        return "<!DOCTYPE html><html lang='en'><title>Done</title><main><h1>Thank you</h1></main></html>"

    return app


def application() -> Flask:
    """The factory a server calls; the size comes from BENCH_PAGE_BYTES."""
    return create(int(os.environ["BENCH_PAGE_BYTES"]))
