"""A process to be killed: writes from eight threads and prints each answer once it is acknowledged.

With `compact` as its second argument it compacts its store all the while.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from threading import Thread

from survey.store import connect
from survey.store.connect import Store, open_store
from survey.store.copies import compact
from survey.store.responses import save_page
from tests.survey.store.builders import begin, config_for, said


def write_on(store: Store, key: bytes) -> None:
    state, _ = begin(store, key, now=datetime.now(UTC))
    for number in count():
        answers = {"words": f"{state.response} said {number} " + "at length " * 20}
        saved = save_page(store, state.response, page="words", answers=answers, **said(datetime.now(UTC)))
        os.write(1, f"{state.response} {saved.seq}\n".encode())


if __name__ == "__main__":
    connect.CHECKPOINT_AT = 200_000  # often, so that some kills fall into a checkpoint
    config = config_for(Path(sys.argv[1]))
    opened = open_store(config)
    for _ in range(8):
        Thread(target=write_on, args=(opened, config.code_key), daemon=True).start()
    while "compact" in sys.argv:
        compact(opened)
    sys.stdin.read()
