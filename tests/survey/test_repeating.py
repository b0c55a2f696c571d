"""Work that is done over and over: it goes on after it went wrong, and ends when it is told to."""

from __future__ import annotations

from threading import Event

import pytest

from survey.repeating import Repeating


def test_work_that_went_wrong_is_logged_and_done_again(caplog: pytest.LogCaptureFixture) -> None:
    went_wrong, done_again = Event(), Event()

    def work() -> None:
        if not went_wrong.is_set():
            went_wrong.set()
            raise OSError("the disk is full")
        done_again.set()

    clerk = Repeating("clerk", work, every=0.01)
    clerk.start()
    assert done_again.wait(timeout=30)
    clerk.close()
    assert "The clerk failed" in caplog.text
    assert "the disk is full" in caplog.text


def test_closing_waits_for_what_is_being_done_and_lets_it_know() -> None:
    begun, ended = Event(), Event()

    def work() -> None:
        begun.set()
        while not clerk.is_closing:
            pass
        ended.set()

    clerk = Repeating("clerk", work, every=60)
    clerk.start()
    assert begun.wait(timeout=30)
    clerk.close()
    assert ended.is_set()
