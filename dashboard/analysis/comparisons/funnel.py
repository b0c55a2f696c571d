"""Between which shares a place of a given size would lie if it were like everyone."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np

from dashboard.analysis.comparisons.published import Floats


def funnel_limits(share: Floats, effective: Floats, level: float) -> tuple[Floats, Floats]:
    """Funnel limits around `share` for `effective` people, all (cells,): p₀ ± z √(p₀(1 - p₀)/n); may leave 0 to 1.

    D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24 (2005)
    1185-1202. Where people weigh differently the variance is inflated by the design effect, so n is the effective
    number. `level` 0.95 has z = 1.960, 0.998 has z = 3.090.

    80.642448% for 7 people: from 51.373565% at 95%, from 34.494842% at 99.8% (UKHSA, PHEindicatormethods).
    """
    reach = NormalDist().inv_cdf((1 + level) / 2) * np.sqrt(share * (1 - share) / effective)
    return share - reach, share + reach
