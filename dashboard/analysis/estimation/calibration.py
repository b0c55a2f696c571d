"""The part of an answer that known margins explain, which they make certain: least squares on their categories."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NOT_CALIBRATED = -1
NEARLY_DEPENDENT = 1e-12


def indicators(margins: Sequence[Ints]) -> Any:
    """A sparse matrix (categories of all margins, rows) with 1 where a row is in a category.

    Each margin gives the category number of every row; rows that are `NOT_CALIBRATED` are in none.
    """
    offset, places, rows = 0, [], []
    for margin in margins:
        calibrated = np.flatnonzero(margin != NOT_CALIBRATED)
        places.append(margin[calibrated] + offset)
        rows.append(calibrated)
        offset += int(margin.max(initial=-1)) + 1
    place, row = np.concatenate(places), np.concatenate(rows)
    return sparse.csr_matrix((np.ones(len(place)), (place, row)), shape=(offset, len(margins[0])))


def inverse_of_products(indicator: Any, weights: Floats) -> Floats:
    """(X'DX)⁻ for the indicators X (rows, categories) and D the weights (rows,).

    Margins overlap (each adds up to everyone), so there are many inverses; this is the smallest one, after scaling to
    a diagonal of 1. What it makes of any answer (`X (X'DX)⁻ X'D z`) is the same for all of them.
    """
    products = (indicator @ sparse.diags(weights) @ indicator.T).toarray()
    diagonal = np.diag(products)
    scale = np.divide(1.0, np.sqrt(diagonal), out=np.zeros_like(diagonal), where=diagonal > 0)
    inverse: Floats = linalg.pinvh(products * np.outer(scale, scale), rtol=NEARLY_DEPENDENT) * np.outer(scale, scale)
    return inverse
