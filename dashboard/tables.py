"""The tables of a release: their columns with types, and what may not stand in them."""

from __future__ import annotations

_FIGURE = {
    "status": "VARCHAR",
    "base": "INTEGER",  # people who answered, not weighted, to the nearest 5; null unless shown
    "effective": "INTEGER",  # what the base is worth once people weigh differently, to the nearest 5
    "share": "INTEGER",  # per cent, coarser for few people; the bound where `band` is set; null unless shown
    "band": "VARCHAR",  # '' | under | over
    "low": "INTEGER",  # whole per cent; null where a band is shown
    "high": "INTEGER",
}
ESTIMATES = {
    "span": "VARCHAR",
    "vintage": "VARCHAR",
    "level": "VARCHAR",
    "area": "VARCHAR",
    "item": "VARCHAR",
    "kind": "VARCHAR",  # option | measure
    "option": "VARCHAR",  # '' for the measure
    **_FIGURE,
    "nearest_safe": "VARCHAR",  # span:level:area where the same cell is shown; null when shown, or nowhere
    "method": "VARCHAR",  # a key of `methods` in release.json
}
GROUPS = {  # England only: the options of an item by one dimension
    "span": "VARCHAR",
    "item": "VARCHAR",
    "kind": "VARCHAR",
    "option": "VARCHAR",
    "dimension": "VARCHAR",
    "category": "VARCHAR",  # an option of the dimension's question
    **_FIGURE,
    "nearest_safe": "VARCHAR",  # span:dimension:category where the same cell is shown; all groups are span::
    "method": "VARCHAR",
}
NON_RESPONSE = {  # England, the wave alone: where people stop, and what they leave out
    "kind": "VARCHAR",  # break_off | left_out | dont_know | refused
    "subject": "VARCHAR",  # the page of a break_off, else the item
    "dimension": "VARCHAR",  # '' for everyone | language | format | mode | answering
    "category": "VARCHAR",
    **_FIGURE,  # the base of a break_off: people who came that far; else people who were asked
}
INCLUSION = {
    "dimension": "VARCHAR",
    "dimension_label": "VARCHAR",
    "category": "VARCHAR",
    "label": "VARCHAR",
    "status": "VARCHAR",
    "base": "INTEGER",
    "count": "INTEGER",  # to the nearest 5
    "share": "INTEGER",
    "band": "VARCHAR",
    "low": "INTEGER",
    "high": "INTEGER",
    "benchmark_share": "DOUBLE",  # per cent
    "benchmark_of": "VARCHAR",  # phb_holders | population
    "benchmark_source": "VARCHAR",
    "benchmark_date": "VARCHAR",
    "ratio": "DOUBLE",  # to 0.1
    "ratio_low": "DOUBLE",
    "ratio_high": "DOUBLE",
    "missing": "INTEGER",  # people, to the nearest 5
    "dissimilarity": "INTEGER",  # of the whole dimension, per cent of people; null unless every group is shown
    "dissimilarity_by_chance": "INTEGER",  # what it would come to if answers were drawn from the benchmark
    "reason": "VARCHAR",  # why a comparison is not there; '' where it is
}
COVERAGE = {  # regions and areas: how many answered, beside those invited and those who have a budget
    "vintage": "VARCHAR",
    "level": "VARCHAR",
    "area": "VARCHAR",
    "count": "INTEGER",  # responses, to the nearest 5; null where a band is set
    "band": "VARCHAR",  # '' | under 10
    "invited": "INTEGER",  # to the nearest 5; null where nobody was invited by a code of their own
    "response_rate": "INTEGER",  # whole per cent of those invited, from the rounded counts
    "benchmark_share": "DOUBLE",
    "benchmark_of": "VARCHAR",
    "benchmark_source": "VARCHAR",
    "benchmark_date": "VARCHAR",
    "ratio": "DOUBLE",
    "ratio_low": "DOUBLE",
    "ratio_high": "DOUBLE",
    "missing": "INTEGER",
    "reason": "VARCHAR",  # why there is no response rate or no comparison; '' where there are
}
INDICATORS = {  # one number for the whole wave, or for a part of it
    "name": "VARCHAR",  # response_rate | r_indicator | coefficient_of_variation | unconditional | conditional
    "variable": "VARCHAR",  # of a partial indicator: region; else ''
    "category": "VARCHAR",
    "value": "DOUBLE",  # to 0.01
    "low": "DOUBLE",
    "high": "DOUBLE",
    "standard_error": "DOUBLE",  # to 0.001
    "reason": "VARCHAR",  # why it cannot be computed, or whom it is of; '' where there is nothing to say
}
COMPARISONS = {  # regions and areas against the rest of England, made from published figures alone
    "span": "VARCHAR",
    "vintage": "VARCHAR",
    "level": "VARCHAR",
    "area": "VARCHAR",
    "item": "VARCHAR",  # with a measure
    "status": "VARCHAR",
    "share": "INTEGER",  # as in the estimates; null where they have a band
    "rest": "INTEGER",  # the rest of England, whole per cent
    "difference": "INTEGER",  # points
    "low": "INTEGER",
    "high": "INTEGER",
    "p_value": "DOUBLE",  # to 0.001
    # Stands out once all comparisons of the span and the list are taken together; null where there is no difference.
    "worth_a_look": "BOOLEAN",
    "funnel_low": "INTEGER",  # 95% limits around England for this many people
    "funnel_high": "INTEGER",
    "funnel_low_998": "INTEGER",
    "funnel_high_998": "INTEGER",
    "shrunk": "INTEGER",  # drawn toward the region
    "shrunk_low": "INTEGER",
    "shrunk_high": "INTEGER",
    "detectable": "INTEGER",  # the smallest difference that this many people would probably have shown, points
    # Why a shown share is not compared: band | england (has a band) | rest (too few live elsewhere); '' where it is.
    "reason": "VARCHAR",
}
TRENDS = {  # England and the regions, wave by wave, made from published figures alone
    "item": "VARCHAR",
    "option": "VARCHAR",
    "level": "VARCHAR",
    "area": "VARCHAR",
    "wave": "VARCHAR",
    "release": "INTEGER",  # of that wave, from which the figure is taken
    **_FIGURE,
    "break_reason": "VARCHAR",  # wording | boundaries | weighting: not to be joined to the wave before; '' else
    "difference": "INTEGER",  # from the wave before, points; null where it cannot be told
    "difference_low": "INTEGER",
    "difference_high": "INTEGER",
    "p_value": "DOUBLE",
    "changed": "BOOLEAN",  # stands out once all changes of the release are taken together; null like the difference
}
FIELDWORK = {
    "dimension": "VARCHAR",  # day_week | area | mode | language | format | status | page
    "category": "VARCHAR",  # day_week: the Monday, as YYYY-MM-DD; page: the last page of those who have not sent
    "vintage": "VARCHAR",  # of the areas; '' for the other dimensions
    "count": "INTEGER",  # to the nearest 5; null where a band is set
    "band": "VARCHAR",  # '' | under 10
}
TABLES = {
    "estimates": ESTIMATES,
    "groups": GROUPS,
    "non_response": NON_RESPONSE,
    "inclusion": INCLUSION,
    "coverage": COVERAGE,
    "indicators": INDICATORS,
    "comparisons": COMPARISONS,
    "trends": TRENDS,
    "fieldwork": FIELDWORK,
}

# What may not stand in a table, in SQL and in words, by a column that the table has.
_COARSE_FIGURES = (
    ("base % 5 <> 0 or base < 10", "a base that is not a multiple of 5, or of fewer than ten people"),
    ("share not between 0 and 100", "a share that is none"),
    ("band = '' and base < 80 and share % 5 <> 0", "a share of fewer than 80 people that is not a multiple of 5"),
    ("band = '' and base < 30 and share % 10 <> 0", "a share of fewer than 30 people that is not a multiple of 10"),
    ("band <> '' and coalesce(low, high) is not null", "limits beside a band"),
    ("status not in ('shown', 'too_few', 'suppressed', 'not_asked', 'break')", "an unknown status"),
    ("status <> 'shown' and coalesce(base, share, low, high) is not null", "a number in a hidden cell"),
    ("status = 'shown' and (base is null or share is null)", "a shown cell without its number"),
)
_COARSE = {
    "base": _COARSE_FIGURES,
    "effective": (
        ("effective % 5 <> 0 or effective > base", "an effective number that is not a multiple of 5, or over its base"),
        ("status <> 'shown' and effective is not null", "a number in a hidden cell"),
    ),
    "count": (("count % 5 <> 0", "a count that is not a multiple of 5"),),
    "invited": (("invited % 5 <> 0", "invitations that are not a multiple of 5"),),
    "missing": (("missing % 5 <> 0", "missing people that are not a multiple of 5"),),
    "ratio": (("round(ratio, 1) <> ratio", "a ratio finer than a tenth"),),
    "value": (("round(value, 2) <> value", "an indicator finer than a hundredth"),),
    "p_value": (("round(p_value, 3) <> p_value", "a p-value finer than a thousandth"),),
    "difference": (("status <> 'shown' and difference is not null", "a number in a hidden cell"),),
}


def _any(*columns: str) -> str:
    return f"({' or '.join(f'{column} is not null' for column in columns)})"


def _numbers(columns: dict[str, str], *but: str) -> tuple[str, ...]:
    return tuple(name for name, kind in columns.items() if kind != "VARCHAR" and name not in but)


_DIFFERENCE = ("difference", "p_value")
_OF_TABLE = {
    "inclusion": (("status <> 'shown' and coalesce(count, missing, ratio) is not null", "a number in a hidden row"),),
    "comparisons": (
        (f"status <> 'shown' and {_any(*_numbers(COMPARISONS))}", "a number of a hidden cell"),
        (f"share is null and {_any(*_numbers(COMPARISONS, 'share'))}", "a comparison of a share that is no number"),
        (f"reason <> '' and {_any(*_DIFFERENCE, 'worth_a_look')}", "a difference beside the reason why there is none"),
        ("status = 'shown' and reason = '' and difference is null", "a comparison left out without a reason"),
    ),
    "trends": (
        (f"status <> 'shown' and {_any(*_numbers(TRENDS, 'release'))}", "a number of a hidden cell"),
        (
            f"(break_reason <> '' or band <> '') and {_any(*_DIFFERENCE, 'changed')}",
            "a change across a break or a band",
        ),
    ),
}


def forbidden(table: str) -> tuple[tuple[str, str], ...]:
    """What no row of a table may be: conditions in SQL, each with its words."""
    rules = tuple(rule for column, found in _COARSE.items() if column in TABLES[table] for rule in found)
    return (*rules, *_OF_TABLE.get(table, ()))
