"""Shares of items by area as the package svy makes them, printed as JSON; to be run where svy is installed."""

from __future__ import annotations

import json
import sys
import time
from importlib.util import find_spec
from typing import Any


def estimate(path: str, items: list[str]) -> dict[str, Any]:
    """Seconds without the reading of the file, and of every figure item, area, option, share and standard error."""
    import polars
    import svy

    people = polars.read_parquet(path, columns=["meta_area", "weight", *items])
    figures = []
    began = time.perf_counter()
    for item in items:
        asked = people.select("meta_area", "weight", item).drop_nulls()
        found = svy.Sample(asked, svy.Design(wgt="weight")).estimation.prop(item, by="meta_area")
        for each in found.estimates:
            figures.append((item, each.by_level[0], each.y_level, each.est, each.se))
    return {"seconds": time.perf_counter() - began, "figures": figures}


if __name__ == "__main__":
    if find_spec("svy") is None:
        sys.exit("it is not installed; `pip install '.[witness]'` in an environment of its own adds it")
    print(json.dumps(estimate(sys.argv[1], sys.argv[2:])))
