"""The parts of the method page in plain words: what was done, who sees what, our numbers beside published ones."""

from __future__ import annotations

from dashboard import html
from dashboard.access import Stage
from dashboard.address import Address
from dashboard.parts import Child, Column, TableCell, draw_download, draw_table
from dashboard.views.method import Method
from dashboard.words import _

_SUBJECTS = {
    "who_counts": _("Who counts"),
    "base": _("What a share is of"),
    "weighting": _("Weighting"),
    "intervals": _("Likely ranges"),
    "rounding": _("Rounding"),
    "hiding": _("What is not shown, to protect people"),
    "pooling": _("Years together"),
    "comparisons": _("Comparisons and changes"),
    "benchmark": _("Benchmarks"),
    "areas": _("Areas"),
}
WHO_SEES = {
    Stage.COUNTS: (
        _("While the survey is open: how many answered"),
        _("The survey team, the co-production group and ICS staff"),
        _("Counts alone, to the nearest 5; nothing of what people said"),
    ),
    Stage.PROVISIONAL: (
        _("Provisional results"),
        _("The survey team, the co-production group and ICS staff, all at the same time"),
        _("Not to be passed on: an analyst has not signed them"),
    ),
    Stage.SIGNED: (
        _("Signed results"),
        _("The survey team, the co-production group and ICS staff, all at the same time"),
        _("An analyst stands for them; a day is set from which they are public"),
    ),
    Stage.PUBLIC: (
        _("Public results"),
        _("Everyone, without signing in"),
        _("The same numbers; nobody sees more of what people said"),
    ),
}
"""Of each step its name, who sees it, and what to know; of the trial wave, which the team alone sees, nothing."""


def draw_making(view: Method) -> list[Child]:
    """What the release says of how its numbers were made, subject by subject."""
    facts = view.setting.release.facts
    parts: list[Child] = [html.H2(_("What was done"), id="made", className="nhsuk-heading-m")]
    for subject, words in facts.method.items():
        parts.append(html.H3(_SUBJECTS.get(subject, subject), className="nhsuk-heading-s"))
        parts.append(html.P(words))
    return parts


def draw_who_sees() -> list[Child]:
    """One row for each step of a release."""
    title = _("Who sees what, and when")
    columns = [Column(_("Step")), Column(_("Who sees it")), Column(_("What to know"))]
    rows = [[TableCell(words) for words in row] for row in WHO_SEES.values()]
    return [
        html.H2(title, id="who-sees", className="nhsuk-heading-m"),
        draw_table(title, columns, rows, under_heading=True),
    ]


def draw_oracles(prefix: str, address: Address, view: Method) -> list[Child]:
    """What others published beside what we get from the same data."""
    title = _("Our numbers beside R’s")
    heading = html.H2(title, id="oracles", className="nhsuk-heading-m")
    if not view.oracles:
        return [heading, html.P(_("The numbers that were published elsewhere cannot be read just now."))]
    columns = [
        Column(_("Number")),
        Column(_("Published by")),
        Column(_("Published"), numeric=True),
        Column(_("Ours"), numeric=True),
        Column(_("Difference"), numeric=True),
    ]
    rows = [
        [TableCell(text) for text in (each.what, each.reference, each.published, each.ours, each.difference)]
        for each in view.oracles
    ]
    words = {"numbers": len(view.oracles)}
    return [
        heading,
        html.P(
            _(
                "We compute %(numbers)d numbers that others have published, from the same public data. Ours agree in "
                "every figure that they published, or in the first seven."
            )
            % words
        ),
        draw_table(title, columns, rows, under_heading=True),
        draw_download(prefix, address, "oracles"),
    ]
