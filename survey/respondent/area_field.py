"""The field for an NHS area: by its name, or by a postcode, of which nothing stays but the area and a fifth.

The postcode is looked up while the form is read. It goes into no answer, no message and no page, not even back into its
box: what is shown again is the area it led to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from wtforms import ValidationError

from survey.i18n import gettext
from survey.postcodes import PostcodeError, PostcodePlace, PostcodeProblem, is_elsewhere, read_postcode
from survey.questionnaire.answers import AnswerError, AnswerProblemKind, Answers, Value
from survey.questionnaire.model import Item
from survey.respondent.answer_fields import AnswerField
from survey.respondent.drawings import PREFIX
from survey.respondent.site import current_site

FIFTH = "fifth"


class AreaField(AnswerField):
    """A native select, and a box for a postcode where a file of postcodes is loaded.

    A postcode and another area, picked just now, contradict each other: the page asks for one of them. An area that
    stood in the select already is replaced by the postcode's.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._postcode = ""
        self._stood = ""
        self.postcode_is_wrong = False

    @property
    def by_postcode(self) -> bool:
        """Whether areas can be found by postcode now."""
        return bool(self.areas.vintage) and current_site().postcodes.is_loaded

    @property
    def anchor(self) -> str:
        """The box of the postcode where that is wrong."""
        return self.postcode_name if self.postcode_is_wrong else str(self.name)

    @property
    def postcode_name(self) -> str:
        """The name and id of the box."""
        return postcode_name(self.item)

    @property
    def stood_name(self) -> str:
        """The name of the hidden input that says what stood in the select when the page was drawn."""
        return f"{self.name}__stood"

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        """Keep what was picked, and until the form is read what was typed."""
        super().process(formdata, *args, **kwargs)
        if formdata is not None and self.by_postcode:
            self._postcode = " ".join(formdata.getlist(self.postcode_name)).strip()
            self._stood = " ".join(formdata.getlist(self.stood_name)).strip()

    def entered(self) -> Mapping[str, Sequence[str]]:
        """The area to be selected again; a postcode shows as the area it led to."""
        if self._place is not None and not self._contradiction:
            return {self.name: (self._place.areas[self.areas.vintage],)}
        return super().entered()

    def check(self, sent: Sequence[str]) -> Value | None:
        """The area of the postcode, else the one that was picked."""
        if self._contradiction:
            raise AnswerError(self.item.id, AnswerProblemKind.ONE_ONLY)
        if self._place is not None:
            return super().check([self._place.areas[self.areas.vintage]])
        return super().check(sent)

    def pre_validate(self, form: object) -> None:
        """Look the postcode up first; what it cannot be found by becomes a message."""
        if self._problem is not None:
            self.postcode_is_wrong = True
            raise ValidationError(explain_postcode(self._problem))
        super().pre_validate(form)

    def answers(self) -> dict[str, Value]:
        """The area; with a postcode also the areas of the other lists, and the fifth."""
        found = super().answers()
        if not found or self._place is None:
            return found
        others = {f"{self.item.id}__{vintage}": code for vintage, code in self._place.areas.items()}
        others.pop(f"{self.item.id}__{self.areas.vintage}")
        fifth = {} if self._place.fifth is None else {f"{self.item.id}__{FIFTH}": self._place.fifth}
        return found | others | fifth

    def answers_beside(self, saved: Answers) -> dict[str, Value]:
        """The answers, with what an earlier postcode led to as long as the area stays the same."""
        answers = self.answers()
        if self._place is None and self.value is not None and saved.get(self.item.id) == self.value:
            own = f"{self.item.id}__"
            answers |= {key: value for key, value in saved.items() if key.startswith(own)}
        return answers

    # --- The postcode ---------------------------------------------------------------

    @property
    def _picked(self) -> str:
        return " ".join(self.raw).strip()

    @property
    def _contradiction(self) -> bool:
        if self._place is None or self._picked in ("", self._stood):
            return False
        return self._picked != self._place.areas[self.areas.vintage]

    @property
    def _place(self) -> PostcodePlace | None:
        return self._found[0]

    @property
    def _problem(self) -> PostcodeProblem | None:
        return self._found[1]

    @cached_property
    def _found(self) -> tuple[PostcodePlace | None, PostcodeProblem | None]:
        """Where the typed postcode is, or why it leads nowhere; neither where none was typed."""
        typed, self._postcode = self._postcode, ""
        if not typed:
            return None, None
        try:
            return self._look_up(read_postcode(typed)), None
        except PostcodeError as error:
            return None, error.kind

    def _look_up(self, postcode: str) -> PostcodePlace:
        place = current_site().postcodes.find(postcode)
        if place is None:
            raise PostcodeError(PostcodeProblem.OUTSIDE_ENGLAND if is_elsewhere(postcode) else PostcodeProblem.UNKNOWN)
        if place.areas.get(self.areas.vintage) not in self.areas.codes:
            raise PostcodeError(PostcodeProblem.OUTSIDE_ENGLAND if not place.areas else PostcodeProblem.UNKNOWN)
        return place


def postcode_name(item: Item) -> str:
    """The name of the box for a postcode, which no page may be given back."""
    return f"{PREFIX}{item.id}__postcode"


def is_postcode_name(name: str) -> bool:
    """Whether an input of this name may hold a postcode."""
    return name.startswith(PREFIX) and name.endswith("__postcode")


def explain_postcode(problem: PostcodeProblem) -> str:
    """The message, which says nothing of the postcode itself."""
    match problem:
        case PostcodeProblem.NOT_A_POSTCODE:
            return gettext("Type a full postcode, for example LS1 4AP. Or choose an area by its name")
        case PostcodeProblem.HALF:
            return gettext("This is only the first part of a postcode. Type all of it, for example LS1 4AP")
        case PostcodeProblem.UNKNOWN:
            return gettext("We do not know this postcode. Check each letter and number, or choose an area by its name")
        case PostcodeProblem.OUTSIDE_ENGLAND:
            return gettext("This postcode is not in England. Choose the area that your support comes from by its name")
