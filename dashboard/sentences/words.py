"""The sentences about what people said in their own words."""

from __future__ import annotations

from dashboard.views.words import InWords
from dashboard.voices import Agreement, Theme
from dashboard.words import _, about, write_date, write_number, write_people


def write_theme(theme: Theme) -> str:
    """A share as the table has it: 45%, under 20%."""
    if theme.band == "under":
        return _("under %(share)d%%") % {"share": theme.share or 0}
    if theme.band == "over":
        return _("over %(share)d%%") % {"share": theme.share or 0}
    return _("%(share)d%%") % {"share": theme.share or 0}


def say_themes(view: InWords) -> str:
    """What most people spoke of."""
    shown = [theme for theme in view.themes if theme.band != "under"]
    if not shown:
        return _("People wrote about many things: of no theme did enough of them speak to show how many.")
    words = {"theme": shown[0].label, "share": _say_share(shown[0])}
    if len(shown) == 1:
        return _("People spoke most of “%(theme)s”: %(share)s of those who wrote something.") % words
    words |= {"second": shown[1].label, "other": _say_share(shown[1])}
    return (
        _("People spoke most of “%(theme)s”: %(share)s of those who wrote something; and of “%(second)s”: %(other)s.")
        % words
    )


def say_agreement(agreement: Agreement | None) -> str:
    """How far two readers agree; why that cannot be told."""
    if agreement is None:
        return _("Fewer than 20 answers have been read by two people, so it cannot be told how far readers agree.")
    words = {"answers": write_number(agreement.read_twice), "share": about(agreement.agreed)}
    if agreement.kappa is None or agreement.kappa_low is None or agreement.kappa_high is None:
        return _("Two people each read about %(answers)s answers alone; they agreed on %(share)s decisions.") % words
    words |= {
        "kappa": f"{agreement.kappa:.2f}",
        "low": f"{agreement.kappa_low:.2f}",
        "high": f"{agreement.kappa_high:.2f}",
    }
    return (
        _(
            "Two people each read about %(answers)s answers alone; they agreed on %(share)s decisions "
            "(kappa %(kappa)s, likely %(low)s to %(high)s; 1 is always, 0 no more than by chance)."
        )
        % words
    )


def say_how(view: InWords) -> tuple[str, ...]:
    """How the figures of a question came about."""
    voice = view.voice
    if voice is None or view.made_on is None:
        return ()
    return (
        _("Based on %(people)s who wrote something and whose words were read. They chose to write: others may differ.")
        % {"people": write_people(voice.base)},
        _("One of the staff suggested each theme, and another agreed. An answer may speak of several, or of none."),
        _(
            "Where two people read an answer, a theme counts if both found it in the end. A decision is whether "
            "a theme is in an answer. Agreement is of what each found before they saw the other’s; its likely range "
            "takes decisions as independent of each other."
        ),
        _("Shares are rounded, more for few people. A theme of up to 7 people is not told from one of nobody."),
        _(
            "Whatever could show who somebody is was taken out of each quote by one person, and another approved it. "
            "Only themes of at least ten people are quoted."
        ),
        _("Made on %(day)s; made again only when at least ten more people are behind it.")
        % {"day": write_date(view.made_on)},
    )


def say_nothing_yet(view: InWords) -> tuple[str, ...]:
    """What is missing where nothing has been published."""
    return (
        _("Nothing that people wrote in the survey of %(wave)s has been published yet.")
        % {"wave": view.setting.release.facts.wave},
        _(
            "For that the survey has to be closed, two people have to agree on themes and read the answers of at least "
            "ten people, and one of the staff has to publish what they found."
        ),
    )


def _say_share(theme: Theme) -> str:
    if theme.band == "over":
        return _("more than %(twentieths)d in 20") % {"twentieths": (theme.share or 0) // 5}
    return about(theme.share or 0)
