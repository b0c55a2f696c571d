"""The page of what people said in their own words: themes as bars, and quotes."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboard import html
from dashboard.address import Address, Page
from dashboard.figures.rows import Mark, draw_bars
from dashboard.layout import draw_page
from dashboard.parts import (
    Child,
    Choice,
    Column,
    Select,
    TableCell,
    draw_chart,
    draw_columns,
    draw_download,
    draw_form,
    draw_table,
)
from dashboard.selects import select_wave
from dashboard.sentences.words import say_agreement, say_how, say_nothing_yet, say_themes, write_theme
from dashboard.views.words import InWords
from dashboard.voices import Theme, Voice
from dashboard.words import _, write_people


def draw_words(prefix: str, address: Address, view: InWords) -> list[Component]:
    """The whole page."""
    wave = select_wave(view.setting)
    if view.voice is None:
        body = _draw_nothing(prefix, address, view)
        title, caption, lead, base, selects = _("In people’s words"), "", "", "", [wave]
    else:
        body = _draw_voice(prefix, address, view, view.voice)
        title, caption, lead = view.voice.text, _("In people’s words"), say_themes(view)
        base, selects = write_people(view.voice.base), [wave, _select_question(view, view.voice)]
    return draw_page(
        prefix,
        address,
        caption=caption,
        title=title,
        setting=view.setting,
        base=base,
        lead=lead,
        body=[draw_columns(draw_form(prefix, Page.WORDS, selects), body)],
    )


def _draw_nothing(prefix: str, address: Address, view: InWords) -> list[Child]:
    body: list[Child] = [html.P(sentence) for sentence in say_nothing_yet(view)]
    if view.elsewhere is not None:
        instead = address.with_changes(wave=view.elsewhere, release=None, question=None, areas=None)
        words = _("See what people wrote in the survey of %(wave)s") % {"wave": view.elsewhere}
        body.append(html.P(html.A(words, href=instead.href(prefix), className="dash-way-on")))
    return body


def _draw_voice(prefix: str, address: Address, view: InWords, voice: Voice) -> list[Child]:
    quoted = [theme for theme in view.themes if theme.quotes]
    return [
        draw_chart(
            draw_bars([_mark(theme) for theme in view.themes]),
            title=_("Of those who wrote something, how many spoke of each theme"),
            sentence=say_themes(view),
            name=f"words-{voice.item}",
        ),
        draw_table(
            _("Themes, and how many spoke of them"),
            [Column(_("Theme")), Column(_("Share"), numeric=True), Column(_("What it means"))],
            [
                [
                    TableCell(theme.label),
                    TableCell(write_theme(theme), quiet=theme.band == "under"),
                    TableCell(theme.meaning),
                ]
                for theme in view.themes
            ],
        ),
        html.P(say_agreement(voice)),
        draw_download(prefix, address),
        html.H2(_("What people said"), className="nhsuk-heading-m"),
        *([part for theme in quoted for part in _draw_quotes(theme)] or [html.P(_("No quote has been approved."))]),
        html.H2(_("How this was made"), className="nhsuk-heading-m"),
        html.Ul([html.Li(line) for line in say_how(view)], className="nhsuk-list nhsuk-list--bullet"),
    ]


def _draw_quotes(theme: Theme) -> list[Child]:
    return [
        html.H3(theme.label, className="nhsuk-heading-s"),
        *(
            html.Blockquote(html.P(words, dir="auto"), className="nhsuk-inset-text dash-quote")
            for words in theme.quotes
        ),
    ]


def _mark(theme: Theme) -> Mark:
    if theme.band == "under":
        return Mark(theme.label, write_theme(theme), None, 0, theme.share)
    if theme.band == "over":
        return Mark(theme.label, write_theme(theme), None, theme.share, 100)
    return Mark(theme.label, write_theme(theme), theme.share)


def _select_question(view: InWords, voice: Voice) -> Select:
    choices = tuple(Choice(each.item, each.text) for each in view.voices)
    return Select("question", _("Question"), (("", choices),), voice.item)
