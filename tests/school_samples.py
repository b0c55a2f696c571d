"""The samples of schools of `tests/reference` as designs, the way R's survey package reads them."""

from __future__ import annotations

from functools import cache

import numpy as np

from dashboard.analysis.estimation.calibration import Floats, Ints
from dashboard.analysis.estimation.design import SampleDesign, raked_design
from dashboard.analysis.weighting.raking import Margin, rake
from tests.reference_numbers import schools

SCHOOLS = 6194
TYPES = ("E", "H", "M")
GROWTH = ("No", "Yes")


def numbers(sample: str, column: str) -> Floats:
    """A column of numbers (schools,)."""
    return np.array([float(row[column]) for row in schools(sample)])


def coded(sample: str, column: str, categories: tuple[str, ...]) -> Ints:
    """A column of words (schools,) by their place among the categories."""
    return np.array([categories.index(row[column]) for row in schools(sample)])


def awarded(sample: str) -> Floats:
    """1 for schools eligible for awards, else 0."""
    return coded(sample, "awards", GROWTH).astype(np.float64)


def known_margins(sample: str) -> list[Margin]:
    """Type and growth of every school, with the numbers of all schools of California."""
    return [
        Margin("type", coded(sample, "stype", TYPES), np.array([4421, 755, 1018]) / SCHOOLS, TYPES),
        Margin("growth", coded(sample, "sch_wide", GROWTH), np.array([1072, 5122]) / SCHOOLS, GROWTH),
    ]


def calibrated(sample: str, design_weights: Floats) -> Floats:
    """Weights raked to the margins, adding up to all schools; a school of weight 0 keeps it."""
    raked = rake(design_weights, known_margins(sample), cap=(0, 1e9), people=np.sign(design_weights))
    weights: Floats = design_weights * raked.weights * (SCHOOLS / design_weights.sum())
    return weights


@cache
def stratified() -> SampleDesign:
    """apistrat drawn by type from a finite number, its sampling weights as they are."""
    return SampleDesign(
        weights=numbers("apistrat", "pw"),
        strata=coded("apistrat", "stype", TYPES),
        population=numbers("apistrat", "fpc"),
    )


@cache
def raked_schools() -> SampleDesign:
    """apistrat as if drawn one by one, everyone of weight 1, then raked."""
    people = np.ones(len(schools("apistrat")))
    return raked_design(rake(people, known_margins("apistrat")), np.arange(len(people)), total=SCHOOLS)


@cache
def raked_clusters() -> SampleDesign:
    """apiclus1: 15 districts of 757, raked."""
    before = numbers("apiclus1", "pw")
    raked = rake(before, known_margins("apiclus1"), cap=(0, 1e9), people=np.ones_like(before))
    return raked_design(
        raked,
        np.arange(len(before)),
        total=SCHOOLS,
        design_weights=before,
        clusters=numbers("apiclus1", "dnum").astype(np.int64),
        population=numbers("apiclus1", "fpc"),
    )
