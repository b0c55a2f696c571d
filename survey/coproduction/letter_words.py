"""What letters to members say: that there is something, and where; never anyone's words, and no way in."""

from __future__ import annotations

from enum import StrEnum


class About(StrEnum):
    """What a letter tells."""

    ROUND_OPENS = "round_opens"
    OUTCOME = "outcome"
    STOP_REPLY = "stop_reply"
    EXTENSION = "extension"
    ROUND_ENDED = "round_ended"
    ANSWER_DUE = "answer_due"
    """To the sponsor."""


_SUBJECTS = {
    About.ROUND_OPENS: "A new round is open for you",
    About.OUTCOME: "There is an answer to what you said",
    About.STOP_REPLY: "There is a reply to your stop",
    About.EXTENSION: "There is more time to decide",
    About.ROUND_ENDED: "A round has ended",
    About.ANSWER_DUE: "Your answer to a round is due",
}

_WORDS = {
    About.ROUND_OPENS: "Round {number} is open. We ask you to read the draft and to say what you think.",
    About.OUTCOME: "You said something in round {number}. Now you can read what became of it. You can also say whether"
    " the answer fits what you said.",
    About.STOP_REPLY: "You said “Stop: sort this first” in round {number}. The two co-chairs have written a reply. You"
    " see it before anyone else does.",
    About.EXTENSION: "Round {number} has a new last day. You have more time to decide.",
    About.ROUND_ENDED: "The review of round {number} has ended. You can read what came of it, and what happened to what"
    " you said.",
    About.ANSWER_DUE: "The review of round {number} has ended. The group waits for your signed answer. Everyone can"
    " see whether it has come.",
}


def letter_words(about: About, number: int) -> tuple[str, str]:
    """Subject and words of a letter about a round."""
    return _SUBJECTS[about], _WORDS[about].format(number=number)
