"""The sentences about what people said in their own words."""

from __future__ import annotations

from dashboard.analysis.agreement import Strength
from dashboard.views.words import InWords
from dashboard.voices import Theme, Voice
from dashboard.words import _, about, write_date, write_number, write_people


def write_theme(theme: Theme) -> str:
    """A share as the table has it: 45%, under 20%."""
    if theme.band == "under":
        return _("under %(share)d%%") % {"share": theme.share}
    if theme.band == "over":
        return _("over %(share)d%%") % {"share": theme.share}
    return _("%(share)d%%") % {"share": theme.share}


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


def say_agreement(voice: Voice) -> str:
    """How far two readers agree; why that cannot be told."""
    if voice.agreement is None and any(theme.band for theme in voice.themes):
        return _(
            "How far two readers agree is not shown: it could say more of those themes whose shares are shown only as "
            "under or over so much."
        )
    if voice.agreement is None:
        return _("Too few answers have been read to tell how far two readers agree.")
    return _(
        "Two people each read about %(answers)s answers alone; they agreed on %(share)s decisions. Beyond chance that "
        "is %(strength)s agreement."
    ) % {
        "answers": write_number(voice.agreement.read_twice),
        "share": about(voice.agreement.agreed),
        "strength": _name_strength(voice.agreement.kappa),
    }


def _name_strength(strength: Strength) -> str:
    match strength:
        case Strength.POOR:
            return _("poor")
        case Strength.SLIGHT:
            return _("slight")
        case Strength.FAIR:
            return _("fair")
        case Strength.MODERATE:
            return _("moderate")
        case Strength.SUBSTANTIAL:
            return _("substantial")
        case Strength.ALMOST_PERFECT:
            return _("almost perfect")


def say_how(view: InWords) -> tuple[str, ...]:
    """How the figures of a question came about."""
    voice = view.voice
    if voice is None or view.made_on is None:
        return ()
    return (
        _(
            "Based on %(people)s who wrote something and whose words two of the staff have read. "
            "They chose to write: others may differ."
        )
        % {"people": write_people(voice.base)},
        _("One of the staff suggested each theme, and another agreed. An answer may speak of several, or of none."),
        _(
            "A theme counts where both readers found it in the end. A decision is whether a theme is in an answer. "
            "Agreement is of what each found before they saw the other’s, to the nearest 5%. The word for it is that "
            "of Landis and Koch (1977) for Cohen’s kappa. It is worked out from the rounded figures, so close to a "
            "border it may be one word off."
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
            "For that the survey has to be closed, two people have to agree on themes and both read the answers of at "
            "least ten people, and one of the staff has to publish what they found."
        ),
    )


def _say_share(theme: Theme) -> str:
    if theme.band == "over":
        return _("more than %(twentieths)d in 20") % {"twentieths": (theme.share) // 5}
    return about(theme.share)
