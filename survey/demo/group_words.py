"""What the made-up group wrote of itself and said about the questions; every person and every word is made up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from survey.coproduction.membership import Profile, TextKind
from survey.coproduction.people import Naming, Office
from survey.coproduction.saying import Kind, Place
from survey.coproduction.suggestions import AddOption, AddQuestion, Change, Reword
from survey.questionnaire.model import ChoiceItem, Option, Variants
from survey.store.accounts import Role

GROUP: Mapping[str, Role] = {
    "lee": Role.LIVED_EXPERIENCE,
    "noor": Role.LIVED_EXPERIENCE,
    "kim": Role.LIVED_EXPERIENCE,
    "tom": Role.LIVED_EXPERIENCE,
    "cara": Role.CARER,
    "sue": Role.GROUP_STAFF,
    "raj": Role.GROUP_STAFF,
    "fay": Role.FACILITATOR,
}
OFFICES: Mapping[Office, str] = {
    Office.FACILITATOR: "fay",
    Office.NAMED_CONTACT: "fay",
    Office.CO_CHAIR_LIVED: "lee",
    Office.CO_CHAIR: "sue",
    Office.SPONSOR: "sam",
}
PROFILES: Mapping[str, Profile] = {
    "lee": Profile(display_name="Lee", naming=Naming.REAL),
    "noor": Profile(display_name="N.", naming=Naming.DISPLAY, about={"language": "urdu"}),
    "kim": Profile(naming=Naming.ANONYMOUS, needs_words="Please send papers in large print."),
    "cara": Profile(display_name="Cara", naming=Naming.REAL, wants_pay=False),
    "sue": Profile(naming=Naming.REAL, lives_it=True),
}
TEXTS: Mapping[TextKind, Mapping[str, str]] = {
    TextKind.PURPOSE: {
        "purpose": "We write the questions of the yearly survey together, so that people like us can answer them.",
        "can_change": "The words, the answers, the order, and which questions are asked.",
        "cannot_change": "Nobody is asked for a name. The survey stays free to answer or to leave.",
        "difference": "What we agree on is asked the year after. You can read here what became of each thing you said.",
    },
    TextKind.AGREEMENT: {
        "words": "We meet when carers can come. Papers go out ten working days before. Breaks are for everyone."
    },
    TextKind.CONDUCT: {
        "words": "We let each other finish. We speak of our own lives, not of others'. What is told here stays here."
    },
}

TITLES = ("The questions for next year", "What we did not get to last time")

PLAN = {
    "purpose": "To make the yearly survey easier to answer, and to ask what matters to people with a budget.",
    "can_change": "The words, the answers, the order, and which questions are asked.",
    "cannot_change": "Nobody is asked for a name, and the main questions stay about ten minutes long.",
    "difference": "What you agree on will be asked next year.",
    "contact": "Fay, the facilitator: 01632 960 124",
}
LOAD_REASON = "It is the whole survey, once a year. You can read it in parts, over four weeks."


@dataclass(frozen=True)
class Said:
    """A comment of the made-up group."""

    by: str
    item: str
    kind: Kind
    words: str

    @property
    def place(self) -> Place:
        """What it hangs on."""
        return Place(self.item)


FIRST_SAID = (
    Said("lee", "missing_help", Kind.ANSWER_OPTIONS, "Getting there was my trouble. It is not in the list."),
    Said("noor", "know_whom", Kind.CLARITY, "“Something went wrong” sounds like an accident."),
    Said("kim", "unfair", Kind.SENSITIVITY, "This comes without warning. Say first that it can be left out."),
    Said("tom", "", Kind.OTHER, "It is long. Can some of it be left for another year?"),
    Said("cara", "carer_asked", Kind.ASSUMPTIONS, "It takes for granted that I see myself as a carer."),
    Said("sue", "reviewed", Kind.MEMORY, "Twelve months is hard to remember for most of us."),
    Said("raj", "held_how", Kind.READING, "The words for the three ways are the words of our office."),
)
SECOND_SAID = (
    Said("noor", "talk_matters", Kind.CLARITY, "What is “a good life”? I would ask what matters to me."),
    Said("tom", "enough", Kind.ANSWER_OPTIONS, "I ask my family for money. That is more than topping up."),
    Said("lee", "got", Kind.READING, "Seven answers for each line is a lot to hear on the phone."),
    Said("raj", "effort", Kind.CLARITY, "Whose work? Mine, or that of whoever helps me?"),
)


@dataclass(frozen=True)
class Suggested:
    """A change that somebody of the made-up group suggested."""

    by: str
    change: Change
    why: str


FIRST_SUGGESTED = (
    Suggested(
        "lee",
        AddOption(item="missing_help", code="getting_there", words="Help to get to meetings", before="none"),
        "I missed two meetings because nobody could drive me.",
    ),
    Suggested(
        "noor",
        Reword(
            item="know_whom",
            field="text",
            variant="self",
            words="If you were not happy with the budget, would you know who to ask?",
        ),
        "People are unhappy long before something goes wrong.",
    ),
    Suggested(
        "raj",
        Reword(item="held_how", field="hint", words="Your letter about the budget says this."),
        "Many have the letter at hand.",
    ),
    Suggested(
        "kim",
        AddQuestion(
            question=ChoiceItem(
                id="heard_back",
                type="choice",
                text=Variants(
                    self="Did anyone tell you what came of what you said last time?",
                    proxy="Did anyone tell the person what came of what they said last time?",
                ),
                options=(
                    Option(code="yes", text="Yes"),
                    Option(code="no", text="No"),
                    Option(code="first_time", text="This is my first time"),
                ),
            ),
            after="know_whom",
        ),
        "If nobody tells us, why should we answer again?",
    ),
)
SECOND_SUGGESTED = Suggested(
    "noor",
    Reword(
        item="talk_matters",
        field="text",
        variant="self",
        words="Did someone take time to find out what matters most to you?",
    ),
    "“A good life” is a word of plans. What matters to me I can say.",
)
STOP = "“Last time” hurts people who were never asked. Sort out what those are to tick."
REPLY = "There is an answer for them now: “This is my first time”. Nobody has to say more."
SPONSOR_SAYS = (
    "Thank you. We will ask what you agreed on. The survey stays as long as it is this year. Next year we look at that"
    " first."
)
