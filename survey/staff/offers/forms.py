"""The forms of the gate: offer something with a reason, and note what a reviewer said of a format."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import Form, RadioField, StringField, TextAreaField

from survey.adjudication.gate import Kind, Proposal, Reason, Terms, WhyNot
from survey.staff.offers.messages import FIELD_OF, REVIEW_FIELD_OF, explain


def _squeezed(text: str | None) -> str:
    return " ".join((text or "").split())


class OfferForm(Form):  # type: ignore[misc]
    """On what terms something is offered."""

    reason = RadioField(choices=[*map(str, Reason)], invalid_choice_message=_l("Choose one of the reasons"))
    because = TextAreaField(filters=[_squeezed])
    interpreter = StringField(filters=[_squeezed])

    def proposal(self, kind: Kind, name: str) -> Proposal:
        """What was typed; only after `validate` found nothing wrong."""
        return Proposal(kind, name, Reason(self.reason.data or ""), self.because.data, self.interpreter.data)

    def put(self, why_not: WhyNot) -> bool:
        """Say at its field what is refused; False where it belongs to none."""
        return _put(self, FIELD_OF.get(why_not), why_not)


class ReviewForm(Form):  # type: ignore[misc]
    """What one person said who looked at a format."""

    reviewer = StringField(filters=[_squeezed])
    uses_it = RadioField(choices=["yes", "no"], invalid_choice_message=_l("Choose yes or no"))
    agrees = RadioField(choices=["yes", "no"], invalid_choice_message=_l("Choose yes or no"))
    words = TextAreaField(filters=[_squeezed])

    def put(self, why_not: WhyNot) -> bool:
        """The same."""
        return _put(self, REVIEW_FIELD_OF.get(why_not), why_not)


def filled(terms: Terms | None, *, is_agreed: bool) -> OfferForm:
    """The form with the terms that stand; the standard reason where there are none."""
    if terms is None:
        return OfferForm(data={"reason": str(Reason.NONE if is_agreed else Reason.MACHINE)})
    return OfferForm(data={"reason": str(terms.reason), "because": terms.because, "interpreter": terms.interpreter})


def _put(form: Form, name: str | None, why_not: WhyNot) -> bool:
    if name is None:
        return False
    form[name].errors = [*form[name].errors, explain(why_not)]
    return True
