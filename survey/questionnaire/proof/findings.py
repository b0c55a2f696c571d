"""What can be proved wrong with the ways through a questionnaire: pages nobody sees, conditions that say nothing."""

from __future__ import annotations

from collections.abc import Iterator

from survey.questionnaire.condition_model import Comparison, Condition, Operator
from survey.questionnaire.conditions import evaluate
from survey.questionnaire.model import Item, Questionnaire, answered_parts
from survey.questionnaire.pipes import THIS, pipes_in
from survey.questionnaire.problems import Finding, Location, Severity, shown
from survey.questionnaire.proof.encoding import Place, PlacedPage, PlacedSection
from survey.questionnaire.proof.formulas import TRUE, Undecided
from survey.questionnaire.proof.reachability import Proof
from survey.questionnaire.proof.reasons import Part, contradiction, in_words, reasons
from survey.questionnaire.walk import strings_of

__all__ = ["PROOF_NAMES", "Proof", "Undecided", "find_proof_problems"]

PROOF_NAMES = (
    "section-unreachable",
    "page-unreachable",
    "row-unreachable",
    "condition-contradiction",
    "condition-always",
    "skip-loses",
    "no-end",
    "end-never",
    "soft-always",
    "soft-never",
    "pipe-unanswered",
    "too-tangled",
)
"""The rules that can be reported here."""


def find_proof_problems(questionnaire: Questionnaire) -> Iterator[Finding]:
    """What is wrong with the ways through a questionnaire in which the other checks found no error.

    What it says is exact: every set of answers is considered, nothing is tried at random.
    """
    try:
        proof = Proof(questionnaire)
        yield from _find_in_places(proof)
        yield from _find_in_wording(proof, questionnaire)
    except Undecided:
        message = "The conditions are so tangled that it cannot be said who is asked what."
        yield Finding((), "too-tangled", message, "Ask for less in one condition, or split the questionnaire.")


def _find_in_places(proof: Proof) -> Iterator[Finding]:
    """Section by section; of what nobody comes to, only that is said, and nothing of what is in it or behind it."""
    for section in proof.encoding.sections:
        yield from _find_at(proof, section.place)
        if not proof.could_be(section.place.shown):
            continue
        for page in section.pages:
            yield from _find_at(proof, page.place)
            if proof.could_be(page.place.shown):
                yield from _find_on_page(proof, page)
            if not proof.could_be(page.after):
                message = "The survey ends here for everyone, whatever they answer."
                remedy = "Let some answers go on; nobody gets to what comes behind."
                yield Finding((*page.place.location, "end", "when"), "no-end", message, remedy)
                return


def _find_on_page(proof: Proof, page: PlacedPage) -> Iterator[Finding]:
    for row in page.rows:
        yield from _find_at(proof, row)
    yield from _find_end(proof, page)
    for position, item in enumerate(page.page.items):
        yield from _find_soft(proof, page, (*page.place.location, "items", position), item)


# --- Sections, pages and rows -----------------------------------------------------


def _find_at(proof: Proof, place: Place) -> Iterator[Finding]:
    if not proof.could_be(place.shown):
        yield _unreachable(proof, place)
        return
    if not place.off and not proof.can_be(place.shown):
        clash = proof.clash(place.needs, -proof.encoding.switched)
        message = f"Nobody comes to this {place.kind} as things are: {reasons(proof, clash, place)}."
        remedy = "Switch it off too, or change its condition."
        yield Finding(_at(place), f"{place.kind}-unreachable", message, remedy, Severity.WARNING)
    if place.condition is None:
        return
    whole = Part(_at(place), place.condition, wanted=True)
    always = list(_find_always(proof, place, whole))
    yield from always
    if not always:
        yield from _find_dead_parts(proof, place, whole)
        yield from _find_lost(proof, place, whole)


def _at(place: Place) -> Location:
    return place.location if place.condition is None else (*place.location, "show_if")


def _unreachable(proof: Proof, place: Place) -> Finding:
    if place.condition is not None:
        whole = Part(_at(place), place.condition, wanted=True)
        if not proof.could_be_by_itself(whole.literal(proof)):
            return _contradicts_itself(proof, whole)
    clash = proof.clash(place.needs)
    message = f"Nobody can come to this {place.kind}: {reasons(proof, clash, place)}."
    remedy = "Change one of these conditions, or take it out."
    return Finding(_at(place), f"{place.kind}-unreachable", message, remedy)


def _contradicts_itself(proof: Proof, part: Part) -> Finding:
    location, message = contradiction(proof, part)
    return Finding(location, "condition-contradiction", message, "Say what was meant, or take it out.")


def _find_always(proof: Proof, place: Place, whole: Part) -> Iterator[Finding]:
    """Conditions that are true wherever they are asked, and parts beside others that no answer makes untrue."""
    remedy = "Take it out, or say what was meant."
    if not proof.could_be(place.before, -whole.literal(proof)):
        message = f"This is true for everyone who comes here, so it says nothing: {in_words(whole.condition)}."
        yield Finding(whole.location, "condition-always", message, remedy, Severity.WARNING)
        return
    for part in whole.all_parts():
        for each in () if part.one_is_enough else part.parts():
            if not proof.could_be_by_itself(-each.literal(proof)):
                wanted = "true" if each.wanted else "false"
                message = f"This is always {wanted}, so it says nothing: {in_words(each.condition)}."
                yield Finding(each.location, "condition-always", message, remedy, Severity.WARNING)


def _find_dead_parts(proof: Proof, place: Place, part: Part) -> Iterator[Finding]:
    """Parts of which one would be enough and that never are what they should be, where the place is shown."""
    choices = part.parts()
    for each in choices:
        if not part.one_is_enough or len(choices) == 1 or proof.could_be(place.shown, each.literal(proof)):
            yield from _find_dead_parts(proof, place, each)
        elif not proof.could_be_by_itself(each.literal(proof)):
            yield _contradicts_itself(proof, each)
        elif not _only_careful(each):
            wanted = "true" if each.wanted else "false"
            because = reasons(proof, proof.clash(place.needs, each.literal(proof)), place)
            message = f"This is never {wanted} for anyone who comes here: {in_words(each.condition)}, but {because}."
            remedy = "Take it out, or change what leads here."
            yield Finding(each.location, "condition-contradiction", message, remedy, Severity.WARNING)


def _only_careful(part: Part) -> bool:
    """Whether it only lets those through who left an item out, which does no harm where nobody can."""
    condition = part.condition
    return (
        isinstance(condition, Comparison)
        and condition.operator is Operator.ANSWERED
        and condition.operand is not part.wanted
    )


def _find_lost(proof: Proof, place: Place, whole: Part) -> Iterator[Finding]:
    """Gates that shut out a few answers, and, because unknown is not shown, all who leave the gate out with them.

    Where the conditions that lead here ask whether the gate was answered, the author has thought of it.
    """
    seen = {
        comparison.item
        for need in place.needs
        if need.condition is not None
        for comparison in _comparisons(Part((), need.condition, wanted=True))
        if comparison.operator is Operator.ANSWERED
    }
    for part in whole.all_parts():
        gate = part.condition
        if not isinstance(gate, Comparison) or gate.item in seen or not _shuts_out(gate.operator, part.wanted):
            continue
        if _loses(proof, place, whole.condition, gate, part.wanted):
            seen.add(gate.item)
            message = (
                f"Who leaves {shown(gate.item)} out does not come to this {place.kind}, "
                f"although every answer but those named here leads to it."
            )
            remedy = f'Join it by `any` with {{"item": "{gate.item}", "answered": false}}, or ask for `answered` too.'
            yield Finding(part.location, "skip-loses", message, remedy, Severity.WARNING)


def _comparisons(part: Part) -> Iterator[Comparison]:
    return (each.condition for each in part.all_parts() if isinstance(each.condition, Comparison))


def _shuts_out(operator: Operator, wanted: bool) -> bool:
    return operator in ((Operator.IS_NOT, Operator.NONE_OF) if wanted else (Operator.IS, Operator.ANY_OF))


def _loses(proof: Proof, place: Place, condition: Condition, gate: Comparison, wanted: bool) -> bool:
    """Whether there is someone who was asked and left out the gate and does not come here, but would with any answer.

    Any answer but those the gate shuts out; the other answers stay as they are.
    """
    encoding = proof.encoding
    space, asked_at = encoding.spaces[gate.item], encoding.asked_at[gate.item]
    led_on = [
        encoding.truth(condition, True, {gate.item: value})
        for value in space.single_values()
        if evaluate(gate, {gate.item: value}, encoding.items) is wanted
    ]
    left_out = (place.before, asked_at.shown, -space.answered, -encoding.true(condition))
    return bool(led_on) and -TRUE not in led_on and proof.could_be(*left_out, *led_on)


# --- Ends and soft checks ---------------------------------------------------------


def _find_end(proof: Proof, page: PlacedPage) -> Iterator[Finding]:
    end = page.page.end
    if end is None or end.when is None:
        return
    place, whole = page.place, Part((*page.place.location, "end", "when"), end.when, wanted=True)
    if proof.could_be(place.shown, whole.literal(proof)):
        return
    if proof.could_be_by_itself(whole.literal(proof)):
        because = reasons(proof, proof.clash(place.needs, whole.literal(proof)), place)
        message = f"The survey never ends here, because this is never true: {in_words(end.when)}, but {because}."
    else:
        message = f"The survey never ends here. {contradiction(proof, whole)[1]}"
    yield Finding(whole.location, "end-never", message, "Say which answer is a no, or take the end out.")


def _find_soft(proof: Proof, page: PlacedPage, location: Location, item: Item) -> Iterator[Finding]:
    spaces = proof.encoding.spaces
    own = [spaces[part.id].valued for part in answered_parts(item) if part.id in spaces]
    valued = proof.encoding.formulas.some(own) if own else TRUE
    for number, soft in enumerate(item.soft):
        hit, place = proof.encoding.true(soft.when), (*location, "soft", number, "when")
        if not proof.could_be(page.place.shown, hit):
            message = f"No answer is ever asked about again, because this is never true: {in_words(soft.when)}."
            yield Finding(place, "soft-never", message, "Say which answers are odd, or take the check out.")
        elif not proof.could_be(page.place.shown, valued, -hit):
            message = f"Every answer is asked about again, because this is always true: {in_words(soft.when)}."
            yield Finding(place, "soft-always", message, "Say which answers are odd, or take the check out.")


# --- Wording ----------------------------------------------------------------------


def _find_in_wording(proof: Proof, questionnaire: Questionnaire) -> Iterator[Finding]:
    for location, text in strings_of(questionnaire):
        for pipe in pipes_in(text) if location[0] == "sections" else ():
            if pipe.item == THIS or pipe.otherwise is not None:
                continue
            space = proof.encoding.spaces.get(pipe.item)
            unanswered = TRUE if space is None else -space.answered
            if proof.could_be(*_read_at(proof, location), unanswered):
                message = f"{shown(pipe.item)} may have no answer where this is read."
                remedy = f"Write `{{{pipe.item}|words when there is no answer}}`."
                yield Finding(location, "pipe-unanswered", message, remedy)


def _read_at(proof: Proof, location: Location) -> tuple[int, ...]:
    """What holds for those who read the text at a location."""
    section: PlacedSection = proof.encoding.sections[int(location[1])]
    if location[2] != "pages":
        return (section.place.shown,)
    page = section.pages[int(location[3])]
    if location[4:5] != ("items",):
        return (page.place.shown,)
    item = page.page.items[int(location[5])]
    here = (page.place.shown, *((proof.encoding.switched,) if item.off else ()))
    if location[6:7] == ("soft",):
        return (*here, proof.encoding.true(item.soft[int(location[7])].when))
    row = next((row for row in page.rows if row.location == location[:8]), None)
    return here if row is None else (*here, row.shown)
