"""Made-up responses as the columns that the store takes in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas
from numpy.typing import NDArray

from survey.demo.generate import Batch
from survey.store.bulk import Columns
from survey.store.responses import Status
from survey.store.waves import Wave


def response_columns(batches: Sequence[Batch], wave: Wave) -> Columns:
    """Rows of `responses`, in the order of when they began."""
    ids = _joined(batches, "ids", np.int64)
    order = np.argsort(ids)
    size = len(ids)
    return {
        "response": ids[order],
        "return_hash": np.array([name for batch in batches for name in batch.return_hashes], dtype=object)[order],
        "wave": _same(wave.id, size),
        "version": _same(wave.version, size),
        "vintage": _same(wave.vintage, size),
        "area": pandas.Categorical([area for batch in batches for area in batch.areas])[order],
        "started_at": _moments(_first_moments(batches))[order],
    }


def event_columns(batches: Sequence[Batch], pages: Sequence[str]) -> Columns:
    """Rows of `events`, oldest first; `pages` names what the batches number."""
    counts = _joined(batches, "pages_saved", np.int64)
    moments = _joined(batches, "event_moments", np.int64)
    order = np.argsort(moments, kind="stable")
    place_in_response = np.arange(len(moments)) - np.repeat(np.cumsum(counts) - counts, counts)
    texts: dict[str, int] = {}
    numbers = []
    for batch in batches:
        known = np.array([texts.setdefault(text, len(texts)) for text in batch.texts], dtype=np.int32)
        numbers.append(known[np.frombuffer(batch.event_texts, dtype=np.int32)])
    return {
        "response": np.repeat(_joined(batches, "ids", np.int64), counts)[order],
        "seq": (place_in_response + 1).astype(np.int32)[order],
        "page": pandas.Categorical.from_codes(_joined(batches, "event_pages", np.int16)[order], categories=list(pages)),
        "answers": pandas.Categorical.from_codes(np.concatenate(numbers)[order], categories=list(texts)),
        "locale": _repeated(batches, "locales", counts)[order],
        "format": _repeated(batches, "formats", counts)[order],
        "mode": _repeated(batches, "modes", counts)[order],
        "saved_at": _moments(moments)[order],
    }


def status_columns(batches: Sequence[Batch]) -> Columns:
    """Rows of `statuses`: who sent, a few seconds after the last page."""
    sent = _joined(batches, "sent", np.int8).astype(bool)
    counts = _joined(batches, "pages_saved", np.int64)
    last_moments = _joined(batches, "event_moments", np.int64)[np.cumsum(counts) - 1]
    return {
        "response": _joined(batches, "ids", np.int64)[sent],
        "seq": (counts + 1).astype(np.int32)[sent],
        "status": _same(Status.SUBMITTED.value, int(sent.sum())),
        "locale": pandas.Categorical([locale for batch in batches for locale in batch.locales])[sent],
        "format": pandas.Categorical([kind for batch in batches for kind in batch.formats])[sent],
        "mode": pandas.Categorical([mode for batch in batches for mode in batch.modes])[sent],
        "set_at": _moments(last_moments)[sent],
    }


def _first_moments(batches: Sequence[Batch]) -> NDArray[np.int64]:
    counts = _joined(batches, "pages_saved", np.int64)
    first: NDArray[np.int64] = _joined(batches, "event_moments", np.int64)[np.cumsum(counts) - counts]
    return first


def _joined(batches: Sequence[Batch], name: str, kind: Any) -> NDArray[Any]:
    arrays = [getattr(batch, name) for batch in batches]
    return np.concatenate([np.frombuffer(array, dtype=array.typecode) for array in arrays]).astype(kind)


def _repeated(batches: Sequence[Batch], name: str, counts: NDArray[np.int64]) -> pandas.Categorical:
    words = pandas.Categorical([word for batch in batches for word in getattr(batch, name)])
    return pandas.Categorical.from_codes(np.repeat(words.codes, counts), categories=words.categories)


def _same(word: str, size: int) -> pandas.Categorical:
    return pandas.Categorical.from_codes(np.zeros(size, dtype=np.int8), categories=[word])


def _moments(milliseconds: NDArray[np.int64]) -> NDArray[np.datetime64]:
    return milliseconds.astype("datetime64[ms]")
