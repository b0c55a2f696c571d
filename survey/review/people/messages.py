"""What is said when something about the people of the group is refused."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from survey.coproduction.membership import MemberReason

EXPLAINED: Mapping[StrEnum, object] = {
    MemberReason.NO_NAME: _l("Type a name."),
    MemberReason.NAME_LONG: _l("This name is too long. It can have up to 100 letters."),
    MemberReason.NAME_HIDDEN: _l("There are hidden characters in this name. Type it again."),
    MemberReason.NAME_TAKEN: _l("Somebody else has this name. Choose another one."),
    MemberReason.NO_DISPLAY_NAME: _l("Type the name that you want to be shown."),
    MemberReason.NEEDS_LONG: _l("This text is too long. It can have up to 1,000 letters."),
    MemberReason.NEEDS_HIDDEN: _l("There are hidden characters in this text. Type it again."),
    MemberReason.EMAIL_WRONG: _l("Type an e-mail address like name@example.org, or leave it empty."),
    MemberReason.EMAIL_NOT_IN_PERSON: _l(
        "You came in with a link that was shown to somebody else. Sign in with your own."
    ),
    MemberReason.MINUTES_WRONG: _l("Type how many minutes, in digits. It can be 0, and up to 2400."),
    MemberReason.NO_SUCH_CHOICE: _l("Choose one of the answers that are offered."),
    MemberReason.NOT_STAFF: _l("Only staff can say this. You are here with lived experience already."),
    MemberReason.NO_SUPPORTER: _l("Type the name of the person who helps."),
    MemberReason.SUPPORTER_LONG: _l("This name is too long. It can have up to 100 letters."),
    MemberReason.SUPPORTER_HIDDEN: _l("There are hidden characters in this name. Type it again."),
    MemberReason.DAY_WRONG: _l("Type a month that has come already, in digits, like 3 2024."),
    MemberReason.NO_REASON: _l("Write why."),
    MemberReason.REASON_LONG: _l("The reason is too long. It can have up to 500 letters."),
    MemberReason.REASON_HIDDEN: _l("There are hidden characters in the reason. Type it again."),
    MemberReason.NOT_IN_GROUP: _l("This person is not in the group."),
    MemberReason.HAS_LEFT: _l("This person is not in the group any more."),
    MemberReason.NOT_ONESELF: _l("You cannot take yourself out of the group. Ask somebody else to do it."),
    MemberReason.OFFICE_TAKEN: _l("Somebody else has this task. It must be taken from them first."),
    MemberReason.OFFICE_NOT_HELD: _l("This person does not have this task now."),
    MemberReason.NEEDS_LIVED_SIDE: _l("This co-chair must be a member with lived experience or a carer."),
    MemberReason.NEEDS_A_VOTE: _l("A co-chair must be a member with a vote. A facilitator has no vote."),
    MemberReason.NEEDS_FACILITATOR_SEAT: _l("Only a facilitator can have this task. A facilitator has no vote."),
    MemberReason.CO_CHAIR_ALREADY: _l("This person is a co-chair already. The two co-chairs must be two people."),
}
