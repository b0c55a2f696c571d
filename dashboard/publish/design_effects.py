"""How much the weights widen the ranges of each item, for England."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dashboard.analysis.estimation.grouped import estimate_shares, raked_cells
from dashboard.publish.analysis_file import Item
from dashboard.publish.counts import WaveCounts


def design_effects(counts: WaveCounts, items: Sequence[Item]) -> dict[str, float]:
    """By item, the variance of its weighted shares over that of a simple random sample of as many people.

    Both are added up over the options: Σ V(p_c) / Σ p_c(1 - p_c)/(n - 1), V linearised and aware of the calibration.
    Below 1 where the margins explain more of the answers than the uneven weights cost. Empty for an unweighted wave;
    without dimensions, and without items that fewer than two people answered, or all alike.
    """
    raked = counts.weighting.raked
    if raked is None:
        return {}
    design = raked_cells(raked, counts.cells.people.astype(np.float64))
    found = {}
    for item in items:
        if item.id not in counts.cells.by_item:
            continue
        sums = counts.cells.by_item[item.id].astype(np.float64)
        answers = design.sums(sums[:, 1 : len(item.options) + 1])
        answered = np.broadcast_to(design.sums(sums[:, :1]), answers.shape)
        shares = estimate_shares([(design, answered, answers)])
        varied = shares.value * (1 - shares.value)
        simple = np.divide(varied, shares.base - 1, where=shares.estimated, out=np.zeros_like(varied))
        if simple.sum() > 0:
            found[item.id] = float((shares.standard_error**2).sum() / simple.sum())
    return found
