"""Several waves as one sample: pooled estimates of waves that were drawn independently."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dashboard.analysis.estimation.calibration import NOT_CALIBRATED, Ints
from dashboard.analysis.estimation.design import Calibration, SampleDesign


def stack_waves(waves: Sequence[SampleDesign]) -> SampleDesign:
    """One design of several independent waves, their units below one another: values are stacked in the same order.

    Each wave keeps its own strata, clusters and margins, so that variances add. Every estimator then gives the pooled
    figure, in which a wave counts as much as its weights add up to.
    """
    most = max((len(wave.calibration.margins) for wave in waves if wave.calibration), default=0)
    calibration = None
    if most:
        calibration = Calibration(
            tuple(_numbered_apart([_margin(wave, number) for wave in waves]) for number in range(most)),
            np.concatenate([wave.calibration.design_weights if wave.calibration else wave.weights for wave in waves]),
        )
    population = None
    if any(wave.population is not None for wave in waves):
        population = np.concatenate(
            [np.full(len(wave.weights), np.inf) if wave.population is None else wave.population for wave in waves]
        )
    return SampleDesign(
        weights=np.concatenate([wave.weights for wave in waves]),
        strata=_numbered_apart([wave.stratum for wave in waves]),
        clusters=_numbered_apart([wave.cluster for wave in waves]),
        population=population,
        calibration=calibration,
    )


def _margin(wave: SampleDesign, number: int) -> Ints:
    if wave.calibration is None or number >= len(wave.calibration.margins):
        return np.full(len(wave.weights), NOT_CALIBRATED, dtype=np.int64)
    return wave.calibration.margins[number]


def _numbered_apart(parts: Sequence[Ints]) -> Ints:
    """The numbers of all parts, those of each part above those of the part before; `NOT_CALIBRATED` stays."""
    offset, moved = 0, []
    for part in parts:
        moved.append(np.where(part >= 0, part + offset, part))
        offset += int(part.max(initial=-1)) + 1
    return np.concatenate(moved)
