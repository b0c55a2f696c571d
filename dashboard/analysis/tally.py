"""Sums over people, cell by cell: how many, their weights, and the squares of their weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Tally:
    """Three sums for each cell, all of shape (rows, columns); column 0 is the base, people who answered.

    A share is `weights[:, c] / weights[:, 0]`. Sums of cells are tallies of the people in any of them.
    """

    people: NDArray[np.int64]
    weights: Floats
    squares: Floats

    @classmethod
    def unweighted(cls, people: NDArray[np.int64]) -> Tally:
        """Everyone weighs 1."""
        return cls(people, people.astype(np.float64), people.astype(np.float64))

    @classmethod
    def nobody(cls, rows: int, columns: int) -> Tally:
        """No people at all."""
        return cls.unweighted(np.zeros((rows, columns), dtype=np.int64))

    def row(self, number: int) -> Tally:
        """One row by itself."""
        only = slice(number, number + 1)
        return Tally(self.people[only], self.weights[only], self.squares[only])

    def onto(self, membership: NDArray[np.int64]) -> Tally:
        """The tallies of sets of rows: `membership` (sets, rows) is 1 where a row belongs to a set."""
        return Tally(membership @ self.people, membership @ self.weights, membership @ self.squares)

    @property
    def effective(self) -> Floats:
        """Effective number of people of each row (rows,): (Σw)² / Σw² over the base.

        L. Kish, "Survey Sampling" (1965), 11.7. It is the base where all weigh the same: 10 people of weight 2 are 10;
        weights 1, 1, 2 are 16 / 6 = 2.67 people. 0 for nobody.
        """
        base, squares = self.weights[:, 0], self.squares[:, 0]
        return np.divide(base**2, squares, out=np.zeros_like(base), where=squares > 0)

    def shares(self) -> Floats:
        """Weighted shares of every column (rows, columns); 0 in rows of nobody."""
        base = self.weights[:, :1]
        return np.divide(self.weights, base, out=np.zeros_like(self.weights), where=base > 0)


def stack(tallies: list[Tally]) -> Tally:
    """The rows of several tallies below one another."""
    return Tally(
        np.vstack([tally.people for tally in tallies]),
        np.vstack([tally.weights for tally in tallies]),
        np.vstack([tally.squares for tally in tallies]),
    )
