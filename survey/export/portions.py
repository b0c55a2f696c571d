"""A portion of a wave put into the table: withdrawn responses without answers, the others by their version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from survey.export.one_by_one import add_response
from survey.export.response_table import ResponseTable
from survey.export.together import add_responses, add_withdrawn
from survey.export.version import Version
from survey.store.analysis import Portion
from survey.store.responses import Status


def add_portion(table: ResponseTable, names: Sequence[str], portion: Portion, versions: Mapping[str, Version]) -> None:
    """Put the responses of a portion into the next rows; `names` are what the file calls them."""
    version_of = portion.begun["version"].to_numpy()
    withdrawn = (portion.begun["status"] == Status.WITHDRAWN.value).to_numpy()
    if withdrawn.any():
        places = np.flatnonzero(withdrawn)
        add_withdrawn(table, [names[place] for place in places.tolist()], portion, places)
    for version_id in sorted(set(version_of[~withdrawn].tolist())):
        places = np.flatnonzero((version_of == version_id) & ~withdrawn)
        version = versions[version_id]
        if version.repeats:
            for place in places.tolist():
                add_response(table, names[place], portion.stored(place), version)
        else:
            add_responses(table, [names[place] for place in places.tolist()], portion, places, version)
