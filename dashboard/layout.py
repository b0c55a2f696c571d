"""The frame of every page: header, bands, title, what its figures rest on; and a page that says why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc
from dash.development.base_component import Component

from dashboard import html
from dashboard.address import Address, Page
from dashboard.footing import say_bands, say_passed_over, say_replaced, write_release
from dashboard.parts import Child, aria
from dashboard.views.setting import Setting
from dashboard.words import _

PAGE_TITLES = {
    Page.OVERVIEW: _("Overview"),
    Page.RESULTS: _("Results"),
    Page.COMPARE: _("Compare areas"),
    Page.MISSING: _("Who is missing"),
    Page.PROFILE: _("ICS profile"),
    Page.WORDS: _("In people’s words"),
    Page.METHOD: _("Method"),
}


def draw_shell(prefix: str) -> Component:
    """The page before anything is known: what Dash asks for first. Everything else comes from the address."""
    return html.Div(
        [
            dcc.Location(id="address", refresh=False),
            html.Div(
                [
                    draw_header(prefix, Address(Page.OVERVIEW), current=None),
                    html.Main(
                        [
                            html.P(_("Loading the results"), className="nhsuk-u-visually-hidden"),
                            *[html.Div(className="dash-skeleton", **aria(hidden="true")) for _line in range(4)],
                        ],
                        className="nhsuk-width-container dash-width nhsuk-main-wrapper",
                    ),
                ],
                id="page",
            ),
        ]
    )


def draw_header(prefix: str, address: Address, *, current: Page | None, has_estimates: bool = True) -> Component:
    """The service's name and its pages; the wave and list of areas chosen go with them.

    A wave without estimates goes with the overview alone: the other pages could show nothing of it.
    """
    chosen = Address(Page.OVERVIEW, wave=address.wave, areas=address.areas)
    others = chosen if has_estimates else Address(Page.OVERVIEW)
    links = [
        html.Li(
            html.A(
                title,
                href=(chosen if page is Page.OVERVIEW else others).with_changes(page=page).href(prefix),
                className="nhsuk-header__navigation-link",
                **(aria(current="page") if page is current else {}),
            ),
            className="nhsuk-header__navigation-item",
        )
        for page, title in PAGE_TITLES.items()
    ]
    return html.Header(
        [
            html.Div(
                html.Div(
                    html.A(
                        _("Personal health budget survey: results"),
                        href=prefix,
                        className="nhsuk-header__service-name dash-service-name",
                    ),
                    className="nhsuk-header__service",
                ),
                className="nhsuk-header__container nhsuk-width-container dash-width",
            ),
            html.Nav(
                html.Div(
                    html.Ul(links, className="nhsuk-header__navigation-list dash-pages"),
                    className="nhsuk-header__navigation-container nhsuk-width-container dash-width",
                ),
                className="nhsuk-header__navigation",
                **aria(label=_("Pages")),
            ),
        ],
        className="nhsuk-header",
    )


def draw_page(
    prefix: str,
    address: Address,
    *,
    caption: str,
    title: str,
    setting: Setting | None,
    base: str = "",
    lead: str = "",
    body: Sequence[Child],
) -> list[Component]:
    """A whole page: header, bands, title, what it rests on, the sentence that says what matters, then `body`."""
    tab_title: dict[str, Any] = {"data-title": f"{PAGE_TITLES[address.page]}: {title}" if caption else title}
    return [
        draw_header(
            prefix,
            address,
            current=address.page if setting else None,
            has_estimates=setting is None or setting.release.facts.has_estimates,
        ),
        *(_draw_bands(setting) if setting else []),
        html.Main(
            [
                html.H1(
                    [html.Span([caption, " "], className="nhsuk-caption-l"), title] if caption else title,
                    className="nhsuk-heading-l dash-title",
                    tabIndex="-1",
                    **tab_title,
                ),
                *([_draw_facts(setting, base)] if setting else []),
                *([html.P(lead, className="dash-lead")] if lead else []),
                *body,
                *([_draw_method(setting), _draw_permalink(prefix, address, setting)] if setting else []),
            ],
            id="main",
            className="nhsuk-width-container dash-width nhsuk-main-wrapper",
        ),
    ]


def draw_message(
    prefix: str,
    address: Address,
    *,
    title: str,
    sentences: Sequence[str],
    link: tuple[str, str] | None,
    setting: Setting | None,
) -> list[Component]:
    """A page that says why there is nothing to see, and the way on as (text, address)."""
    body: list[Child] = [html.P(sentence) for sentence in sentences]
    if link:
        body.append(html.P(html.A(link[0], href=link[1])))
    return draw_page(prefix, address, caption="", title=title, setting=setting, body=body)


def _draw_bands(setting: Setting) -> list[Component]:
    bands = [_draw_band(name, words, kind) for kind, name, words in say_bands(setting.release.facts)]
    return [html.Div(bands, className="dash-bands")] if bands else []


def _draw_band(name: str, words: str, kind: str) -> Component:
    line = html.P([html.Strong(name), " ", words], className="nhsuk-width-container dash-width")
    return html.Section(line, className=f"app-band app-band--{kind}", **aria(label=name))


def _draw_facts(setting: Setting, base: str) -> Component:
    facts = setting.release.facts
    lines = [
        (_("Survey"), facts.wave),
        (_("Release"), write_release(facts)),
        (_("Areas"), _("as of %(vintage)s") % {"vintage": setting.vintage}),
    ]
    if base:
        lines.append((_("Based on"), base))
    parts: list[Child] = [
        html.Dl(
            [html.Div([html.Dt(name), html.Dd(words)]) for name, words in lines],
            className="dash-facts",
        )
    ]
    if setting.replaced is not None:
        parts.append(html.P(say_replaced(setting), className="nhsuk-inset-text"))
    if setting.passed_over is not None:
        parts.append(html.P(say_passed_over(setting), className="nhsuk-inset-text"))
    return html.Div(parts)


def _draw_method(setting: Setting) -> Component:
    facts = setting.release.facts
    signed = [_("Whoever signed says: %(note)s") % {"note": facts.sign_note}] if facts.sign_note else []
    lines = [*facts.method.values(), *facts.notes, *signed]
    return html.Details(
        [
            html.Summary(
                html.Span(_("How these figures were made"), className="nhsuk-details__summary-text"),
                className="nhsuk-details__summary",
            ),
            html.Div(html.Ul([html.Li(line) for line in lines]), className="nhsuk-details__text"),
        ],
        className="nhsuk-details dash-method",
    )


def _draw_permalink(prefix: str, address: Address, setting: Setting) -> Component:
    exact = address.with_changes(
        wave=setting.release.facts.wave, release=str(setting.release.facts.number), areas=setting.vintage
    )
    return html.P(
        html.A(_("A link to exactly this view, to keep or send"), href=exact.href(prefix)),
        className="dash-permalink",
    )
