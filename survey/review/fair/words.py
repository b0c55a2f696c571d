"""The words of the pulse, and sentences about seats, sides and shares, each whole and lazily translated."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from survey.coproduction.people import Seat, Side
from survey.coproduction.power import Power, Said, Suggested
from survey.coproduction.pulse import Share, Tick, Value
from survey.i18n import gettext

STATEMENTS: Mapping[Value, LazyString] = {
    Value.OWNERSHIP: _l("This work was mine as much as anyone's."),
    Value.OPENNESS: _l("People were open. I knew what was going on."),
    Value.SHARING_POWER: _l("Members and staff made the choices together."),
    Value.PLAIN_ENGLISH: _l("The words were plain. I could follow it all."),
    Value.RESPECT: _l("People listened to me with respect."),
    Value.EQUALITY: _l("I felt equal to everyone else in this round."),
}

SCALE: Mapping[str, LazyString] = {
    "5": _l("Yes, fully"),
    "4": _l("Mostly"),
    "3": _l("In part"),
    "2": _l("A little"),
    "1": _l("Not at all"),
    "not_say": _l("I would rather not say"),
}
"""By the number that is kept; whoever would rather not say leaves nothing."""

HELPED: Mapping[Tick, LazyString] = {
    Tick.HELPED_FINDING: _l("Charities and local groups that helped people to join"),
    Tick.HELPED_TRAINING: _l("Learning something before we began"),
    Tick.HELPED_RELATIONS: _l("Getting to know each other first"),
    Tick.HELPED_PLANNING: _l("A clear plan, and clear limits"),
    Tick.HELPED_CODE: _l("Our rules for how we treat each other"),
    Tick.HELPED_EXPERTISE: _l("People who know a lot about it"),
    Tick.HELPED_FACILITATOR: _l("The person who ran the round"),
    Tick.HELPED_INTERPRETERS: _l("People who put it into my language"),
    Tick.HELPED_PAYMENT: _l("Being paid, and getting my costs back"),
}
HARD: Mapping[Tick, LazyString] = {
    Tick.HARD_TIME: _l("Too little time"),
    Tick.HARD_MONEY: _l("Too little money or help"),
    Tick.HARD_MIX: _l("Some people were not in the room"),
    Tick.HARD_EXPECTATIONS: _l("We hoped for different things"),
    Tick.HARD_UNDERSTANDING: _l("Some staff did not see why we do this together"),
    Tick.HARD_CONTROL: _l("It was hard for some to let go of control"),
}
GOOD: Mapping[Tick, LazyString] = {
    Tick.GOOD_SUBJECT: _l("We worked on the right thing"),
    Tick.GOOD_PRACTICE: _l("The change will be easier to make"),
    Tick.GOOD_JOINING: _l("Services will work better as one"),
    Tick.GOOD_INSIGHT: _l("I learned things for my other work or life"),
    Tick.GOOD_INCLUSION: _l("We thought more of who is left out"),
    Tick.GOOD_ACTING: _l("Somebody now has to act on it"),
}
TICKS: Mapping[Tick, LazyString] = {**HELPED, **HARD, **GOOD}

SEATS: Mapping[Seat, LazyString] = {
    Seat.LIVED_EXPERIENCE: _l("Members with lived experience"),
    Seat.CARER: _l("Carers"),
    Seat.STAFF: _l("Staff"),
    Seat.FACILITATOR: _l("People who run rounds"),
}
SIDES: Mapping[Side, LazyString] = {
    Side.LIVED_EXPERIENCE: _l("Lived experience and carers"),
    Side.STAFF: _l("Staff"),
}


def say_power(power: Power) -> list[str]:
    """What is shown of comments and suggestions, a sentence for each seat."""
    said = (_say_comments(seat, figures) for seat, figures in power.said.items() if figures and figures.comments)
    made = (_say_suggestions(seat, figures) for seat, figures in power.suggested.items() if figures and figures.made)
    return [*said, *made]


def _say_comments(seat: Seat, said: Said) -> str:
    words = {"said": said.comments, "changed": said.changed}
    match seat:
        case Seat.LIVED_EXPERIENCE:
            return gettext(
                "Of %(said)s comments by members with lived experience, %(changed)s changed the text.", **words
            )
        case Seat.CARER:
            return gettext("Of %(said)s comments by carers, %(changed)s changed the text.", **words)
        case Seat.STAFF:
            return gettext("Of %(said)s comments by staff, %(changed)s changed the text.", **words)
        case Seat.FACILITATOR:
            return gettext("Of %(said)s comments by people who run rounds, %(changed)s changed the text.", **words)


def _say_suggestions(seat: Seat, suggested: Suggested) -> str:
    words = {"made": suggested.made, "agreed": suggested.agreed}
    match seat:
        case Seat.LIVED_EXPERIENCE:
            return gettext(
                "Members with lived experience made %(made)s suggestions. The group agreed to %(agreed)s.", **words
            )
        case Seat.CARER:
            return gettext("Carers made %(made)s suggestions. The group agreed to %(agreed)s.", **words)
        case Seat.STAFF:
            return gettext("Staff made %(made)s suggestions. The group agreed to %(agreed)s.", **words)
        case Seat.FACILITATOR:
            return gettext("People who run rounds made %(made)s suggestions. The group agreed to %(agreed)s.", **words)


def say_equality(number: int, shares: Mapping[Side, Share]) -> str:
    """How equal people felt in one round."""
    lived, staff = shares[Side.LIVED_EXPERIENCE], shares[Side.STAFF]
    return gettext(
        "In round %(number)s, %(lived)s of %(lived_all)s members and carers felt equal, and %(staff)s of %(staff_all)s"
        " staff.",
        number=number,
        lived=lived.agree,
        lived_all=lived.answered,
        staff=staff.agree,
        staff_all=staff.answered,
    )


def say_change(earlier: Mapping[Side, Share], later: Mapping[Side, Share]) -> str:
    """How the share of members and carers who felt equal has changed since the round before."""
    before, after = earlier[Side.LIVED_EXPERIENCE], later[Side.LIVED_EXPERIENCE]
    difference = after.agree * before.answered - before.agree * after.answered
    if difference > 0:
        return gettext("More members and carers felt equal than in the round before.")
    if difference < 0:
        return gettext("Fewer members and carers felt equal than in the round before.")
    return gettext("As many members and carers felt equal as in the round before.")
