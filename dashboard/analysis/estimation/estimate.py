"""An estimate: a number with all that is needed to judge it, and the reasons why there may be none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class NoEstimate(ValueError):
    """There is no estimate, or none whose uncertainty could be told; the message says why."""


class NoRespondents(NoEstimate):
    """Nobody answered."""


class OneRespondent(NoEstimate):
    """One person answered: there is a figure, theirs, and no way to tell how far it is from everyone's."""


class LonelyCluster(NoEstimate):
    """A stratum of which one cluster was drawn tells nothing about how much its clusters differ."""


class Variance(Enum):
    """How the standard error was made."""

    LINEARISED = "linearised"
    JACKKNIFE = "jackknife"


class Limits(Enum):
    """How low and high were made."""

    STUDENT = "student"
    LOGIT = "logit"
    KORN_GRAUBARD = "korn_graubard"
    WOODRUFF = "woodruff"


@dataclass(frozen=True)
class Method:
    """How a number was made."""

    variance: Variance
    calibrated: bool
    """Whether the known margins were taken into account in the standard error."""
    limits: Limits
    degrees: int
    """Degrees of freedom: clusters less strata among those who answered."""
    level: float


@dataclass(frozen=True)
class Estimate:
    """A number about everyone, from those who answered."""

    value: float
    standard_error: float
    low: float
    high: float
    weighted_base: float
    base: int
    """People who answered, not weighted."""
    effective: float
    """What the base is worth: base / design effect."""
    design_effect: float
    """Variance against that of as many people drawn one by one, with replacement, who weigh the same.

    Where all gave the same answer both are 0, and this is Kish's, of the weights alone. Where the margins fix the
    number (the share of a category people were weighted to) it is 0, and `effective` infinite.
    """
    method: Method
