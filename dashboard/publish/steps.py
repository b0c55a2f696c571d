"""The steps of a release: provisional, signed, public on a day, put right. What may be asked for, what it then says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from dashboard.analysis.rounding import nearest_five
from dashboard.publish.analysis_file import AnalysisFile
from dashboard.publish.estimates import UNWEIGHTED, WEIGHTED
from dashboard.publish.method import (
    describe_method,
    describe_number,
    describe_weighted,
    describe_weighting,
    write_notes,
)
from dashboard.publish.study import Study
from dashboard.release import Facts, Step

LONGEST_TEXT = 1000
"""Characters of a note or a reason."""


class StepError(Exception):
    """A step that cannot be taken; the message says why and what to do."""


@dataclass(frozen=True)
class Signature:
    """That an analyst stands for the estimates, with a note for readers, and when they become public if that is set."""

    by: str
    note: str = ""
    public_on: date | None = None


@dataclass(frozen=True)
class Again:
    """That estimates are to be made again, by whom and why."""

    by: str
    because: str


def check_steps(signature: Signature | None, again: Again | None, now: datetime) -> None:
    """Raise StepError unless these steps may be taken today."""
    for name, text in (
        ("The note", signature.note if signature else ""),
        ("The reason", again.because if again else ""),
    ):
        if len(text) > LONGEST_TEXT:
            raise StepError(f"{name} has {len(text)} characters; {LONGEST_TEXT} are the most.")
    if again is not None and not again.because.strip():
        raise StepError("Say why the estimates are made again: readers of every later release are told.")
    if signature is not None and signature.public_on is not None and signature.public_on < now.date():
        raise StepError(
            f"The public day {signature.public_on} is before the signing, on {now.date()}. Choose today or a later day."
        )


def check_same_questions(file: AnalysisFile, before: Facts | None) -> None:
    """Raise StepError when a release of the wave was made with other questions than the file's."""
    names = ("id", "version")
    if before is None or all(file.questionnaire[name] == before.questionnaire[name] for name in names):
        return
    theirs, ours = (" ".join(which[name] for name in names) for which in (file.questionnaire, before.questionnaire))
    raise StepError(
        f"The analysis file in {file.folder} is of the questionnaire {theirs}; release {before.number} of wave "
        f"{file.wave} was made with {ours}. Export the wave again, and publish that file."
    )


def check_making(
    file: AnalysisFile, signature: Signature | None, again: Again | None, *, has_estimates: bool, weighted: bool
) -> None:
    """Raise StepError unless a wave is ready for these steps."""
    if signature is not None and file.is_open and not has_estimates:
        raise StepError(f"Wave {file.wave} has no estimates to sign: close it and publish it first.")
    if again is not None and not has_estimates:
        raise StepError(f"Wave {file.wave} has no estimates yet that could be made again: publish it without --again.")
    if not weighted and has_estimates and again is None:
        raise StepError(f"The estimates of wave {file.wave} are made. --unweighted goes with --again now.")


def first_facts(file: AnalysisFile, responses: int, data_until: str | None, *, number: int, now: datetime) -> Facts:
    """Facts of a release without estimates."""
    return Facts(
        number=number,
        wave=file.wave,
        released_at=now.isoformat(timespec="seconds"),
        data_until=data_until,
        step=Step.PROVISIONAL,
        signed_by=None,
        signed_at=None,
        made_up=file.made_up,
        vintage=file.vintage,
        opened_on=file.opened_on,
        closed_on=file.closed_on,
        questionnaire=dict(file.questionnaire),
        pooled_waves=(file.wave,),
        has_estimates=False,
        responses=nearest_five(responses),
        method=describe_method(),
        methods={UNWEIGHTED: describe_number(file)},
        notes=write_notes(file),
        sign_note="",
        public_on=None,
        estimates_from=0,
        corrections=(),
    )


def with_estimates(facts: Facts, study: Study) -> Facts:
    """Facts of a release that makes estimates."""
    weighted = {WEIGHTED: describe_weighted(study.file, study.weightings)} if study.weighted else {}
    return replace(
        facts,
        has_estimates=True,
        pooled_waves=study.window,
        estimates_from=facts.number,
        method={**facts.method, "weighting": describe_weighting(study.weightings[-1])},
        methods={**facts.methods, **weighted},
    )


def taken_over(facts: Facts, earlier: Facts) -> Facts:
    """Facts of a release that keeps the estimates of an earlier one, and whoever signed them."""
    return replace(
        facts,
        step=earlier.step,
        signed_by=earlier.signed_by,
        signed_at=earlier.signed_at,
        pooled_waves=earlier.pooled_waves,
        has_estimates=True,
        method=earlier.method,
        methods=earlier.methods,
        notes=earlier.notes,
        sign_note=earlier.sign_note,
        public_on=earlier.public_on,
        estimates_from=earlier.estimates_from,
        corrections=earlier.corrections,
    )


def put_right(facts: Facts, earlier: Facts, again: Again, now: datetime, *, keeps_weighting: bool) -> Facts:
    """Facts of a release that makes estimates again: not signed yet, with one more correction.

    With `keeps_weighting` what was said of the weights stays: fewer than ten new people would change it.
    """
    correction = {
        "release": str(facts.number),
        "on": now.date().isoformat(),
        "by": again.by,
        "what": again.because.strip(),
    }
    note = (
        f"Estimates were made again in release {facts.number}: {again.because.strip()} A figure changed only where at "
        "least ten new people stand behind it, and what changed says nothing of fewer; other figures stay as they were."
    )
    return replace(
        facts,
        method=facts.method | ({"weighting": earlier.method["weighting"]} if keeps_weighting else {}),
        methods=earlier.methods if keeps_weighting else earlier.methods | facts.methods,
        notes=(*facts.notes, note),
        corrections=(*earlier.corrections, correction),
    )


def signed(facts: Facts, signature: Signature, now: datetime) -> Facts:
    """Facts of a release that is signed. A public day that was declared stays, unless another is."""
    return replace(
        facts,
        step=Step.SIGNED,
        signed_by=signature.by,
        signed_at=now.isoformat(timespec="seconds"),
        sign_note=signature.note.strip(),
        public_on=signature.public_on.isoformat() if signature.public_on else facts.public_on,
    )
