"""When and where the made-up waves are answered: their weeks, their areas, and how unevenly people come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from random import Random

from survey.areas import Area

WEEKS = (30, 17, 9, 15, 8, 6, 11, 6)
"""How responses are spread over the eight weeks: they come with the invitation and with two reminders."""
DAYS_OF_WEEK = (1.15, 1.2, 1.1, 1.05, 0.9, 0.6, 0.55)
HOURS = (9, 10, 10, 11, 11, 12, 13, 14, 14, 15, 16, 17, 18, 19, 19, 20, 20, 21)

MOST, FEWEST = 3, 3
SHARE_OF_MOST, SHARE_OF_FEWEST = 0.2, 0.01
"""Three areas hold a fifth of all responses, three others a hundredth."""


@dataclass(frozen=True)
class MadeUpWave:
    """A wave of the demonstration."""

    id: str
    vintage: str
    opens_on: date
    fortune: float
    """How much better things go than in the first wave."""

    @property
    def opened_at(self) -> datetime:
        """Nine in the morning of the first day."""
        return datetime(self.opens_on.year, self.opens_on.month, self.opens_on.day, 9, tzinfo=UTC)

    @property
    def closed_at(self) -> datetime:
        """Eight weeks and a day later."""
        return self.opened_at + timedelta(weeks=len(WEEKS), days=1)


WAVES = (
    MadeUpWave("2024", "2023", date(2024, 5, 13), 0.0),
    MadeUpWave("2025", "2023", date(2025, 5, 12), 0.1),
    MadeUpWave("2026", "2026", date(2026, 5, 11), 0.15),
)


@dataclass(frozen=True)
class Places:
    """The areas of a wave, how likely each is, and how well things go there."""

    areas: tuple[Area, ...]
    running: tuple[float, ...]
    fortunes: tuple[float, ...]

    def pick(self, random: Random) -> tuple[Area, float]:
        """An area by its share, and its fortune."""
        [number] = random.choices(range(len(self.areas)), cum_weights=self.running)
        return self.areas[number], self.fortunes[number]


def find_places(areas: Sequence[Area], lasting: Sequence[str], seed: int) -> Places:
    """Shares of the areas of a wave; `lasting` are codes on every list, from which the largest and smallest come."""
    random = Random(f"{seed}/areas")
    extremes = random.sample(sorted(lasting), MOST + FEWEST)
    most, fewest = extremes[:MOST], extremes[MOST:]
    sizes = {area.code: Random(f"{seed}/{area.code}").lognormvariate(0, 0.35) for area in areas}
    others = sum(size for code, size in sizes.items() if code not in extremes)
    rest = 1 - SHARE_OF_MOST - SHARE_OF_FEWEST
    shares = {code: rest * size / others for code, size in sizes.items()}
    shares |= dict.fromkeys(most, SHARE_OF_MOST / MOST) | dict.fromkeys(fewest, SHARE_OF_FEWEST / FEWEST)
    return Places(
        tuple(areas),
        tuple(accumulate(shares[area.code] for area in areas)),
        tuple(Random(f"{seed}/{area.code}/fortune").gauss(0, 0.25) for area in areas),
    )


def draw_start(random: Random, wave: MadeUpWave) -> datetime:
    """When somebody begins: on a day of the eight weeks, by daylight or after supper."""
    [week] = random.choices(range(len(WEEKS)), weights=WEEKS)
    [day] = random.choices(range(7), weights=DAYS_OF_WEEK)
    monday = wave.opened_at.replace(hour=0) + timedelta(weeks=week, days=day)
    return monday + timedelta(hours=random.choice(HOURS), milliseconds=random.randrange(3_600_000))
