"""Intervals for a proportion, plain or weighted: between which limits the share of everyone may lie."""

from __future__ import annotations

from math import inf, log, log1p, sqrt
from statistics import NormalDist

from scipy import special, stats


def wilson(share: float, base: float, level: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval of a share of `base` people, as two shares between 0 and 1.

    With z the normal quantile of (1 + level) / 2, p the share and n the base:

        (p + z²/2n ± z √(p(1 - p)/n + z²/4n²)) / (1 + z²/n)

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
    Statistical Association 22 (1927) 209-212. Unlike p ± z·se it never leaves 0 to 1 and is not empty at p = 0.

    65 of 100: 0.5525 to 0.7364 at 95%, 0.4955 to 0.7784 at 99.8%. 0 of 10: 0 to 0.2775.

    `share` and `base` may be rounded, or weighted with an effective base. Raises ValueError when they make no sense.
    """
    _check(share, base, level)
    z = NormalDist().inv_cdf((1 + level) / 2)
    middle = share + z * z / (2 * base)
    reach = z * sqrt(share * (1 - share) / base + z * z / (4 * base * base))
    scale = 1 + z * z / base
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


def logit(share: float, effective: float, degrees: float, level: float = 0.95) -> tuple[float, float]:
    """Limits of a weighted share, symmetric on the logit scale.

    With n the effective number of people, p(1 - p) / variance, and t the quantile of Student's distribution with
    `degrees` of freedom (clusters less strata), the standard error of log(p / (1 - p)) is 1/√(n p(1 - p)), and the
    limits are the shares at log(p / (1 - p)) ± t/√(n p(1 - p)).

    T. Lumley, "Complex Surveys" (2010), 2.3; `svyciprop(method = "logit")` of R's survey.
    A share of 0.64 of 190 effective people with 197 degrees of freedom: 0.5689 to 0.7055.

    The logit of 0 and of 1 is infinite: there the limits are those of Korn and Graubard.
    """
    _check(share, effective, level, degrees)
    if share in (0, 1):
        return korn_graubard(share, effective, degrees, level=level)
    middle = log(share) - log1p(-share)
    reach = float(stats.t.ppf((1 + level) / 2, degrees)) / sqrt(effective * share * (1 - share))
    return float(special.expit(middle - reach)), float(special.expit(middle + reach))


def korn_graubard(
    share: float, effective: float, degrees: float, base: float = inf, level: float = 0.95
) -> tuple[float, float]:
    """Exact limits of a weighted share, from quantiles of the beta distribution.

    The effective number of people n is first made smaller for the few degrees of freedom, n · (t_{base-1} / t_degrees)²
    with quantiles at (1 + level) / 2; then the limits are those that Clopper and Pearson give x = n p of n:
    the quantile at (1 - level) / 2 of beta(x, n - x + 1) and that at (1 + level) / 2 of beta(x + 1, n - x).

    E. L. Korn and B. I. Graubard, "Confidence intervals for proportions with small expected number of positive counts
    estimated from survey data", Survey Methodology 24 (1998) 193-201; `svyciprop(method = "beta")` of R's survey.
    A share of 0 of 10 effective people of 10, with 9 degrees of freedom: 0 to 0.3085, Clopper and Pearson's.
    A share of 0.64 of 190 effective people of 200, with 197 degrees of freedom: 0.5673 to 0.7082.

    `effective` cannot be had from a variance where the share is 0 or 1 (it is 0 there): give Kish's.
    """
    _check(share, effective, level, degrees)
    upper = (1 + level) / 2
    shrunk = effective
    if degrees < base - 1:
        shrunk *= float(stats.t.ppf(upper, base - 1) / stats.t.ppf(upper, degrees)) ** 2
    counted = shrunk * share
    low = 0.0 if share == 0 else float(stats.beta.ppf(1 - upper, counted, shrunk - counted + 1))
    high = 1.0 if share == 1 else float(stats.beta.ppf(upper, counted + 1, shrunk - counted))
    return low, high


def _check(share: float, base: float, level: float, degrees: float = 1) -> None:
    if not (0 <= share <= 1 and base > 0 and 0 < level < 1 and degrees > 0):
        raise ValueError(f"no interval for a share of {share} of {base} at level {level} ({degrees} degrees)")
