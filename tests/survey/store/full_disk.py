"""A process whose files cannot grow past a limit: fills its disk, then gets room, and prints what it saw."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from survey.store import connect
from survey.store.connect import open_store
from survey.store.journal import NotSaved
from survey.store.responses import load_response, save_page
from tests.survey.store.builders import begin, config_for, open_tiny_wave, said


def limit_files_to(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def main(folder: Path, checkpoint_at: int) -> None:
    """Fill the disk in steps, and write down what was saved and what was refused."""
    connect.CHECKPOINT_AT = checkpoint_at
    config = config_for(folder)
    store = open_store(config)
    open_tiny_wave(store)
    state, _ = begin(store, config.code_key)
    limit_files_to(2_000_000)
    saved, refused = 1, 0
    while refused < 5:
        try:
            text = f"{saved} " + "long answer " * 3000
            save_page(store, state.response, page=f"page-{saved}", answers={"words": text}, **said())
            saved += 1
        except NotSaved:
            refused += 1
        assert saved < 1000, "the disk was never full"
    read = load_response(store, state.response, fresh=True)
    assert read is not None
    limit_files_to(resource.RLIM_INFINITY)
    after = save_page(store, state.response, page="after", answers={"words": "room again"}, **said())
    store.close()
    again = open_store(config)
    reopened = load_response(again, state.response)
    assert reopened is not None
    again.close()
    found = {"saved": saved, "read_while_full": read.seq, "after": after.seq, "reopened": reopened.seq}
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
