"""Addresses: read, written, and refused when nobody was given them."""

from __future__ import annotations

import contextlib
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.address import KEYS, Address, AddressError, Page, read_address, read_download

PREFIX = "/dashboard/"
names = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", fullmatch=True)


@given(page=st.sampled_from(Page), choices=st.dictionaries(st.sampled_from(KEYS), names))
def test_a_permalink_leads_back_to_the_view_it_was_made_of(page: Page, choices: dict[str, str]) -> None:
    address = Address(page, **choices)
    link = urlsplit(address.href(PREFIX))
    assert read_address(link.path, link.query, prefix=PREFIX) == address
    assert read_download(urlsplit(address.download_href(PREFIX)).query) == address


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/dashboard/", Page.OVERVIEW),
        ("/dashboard", Page.OVERVIEW),
        ("/dashboard/results", Page.RESULTS),
        ("/dashboard/results/", Page.RESULTS),
        ("/dashboard/missing", Page.MISSING),
    ],
)
def test_every_page_has_its_path(path: str, page: Page) -> None:
    assert read_address(path, "", prefix=PREFIX).page is page


@pytest.mark.parametrize("path", ["/dashboard/nowhere", "/dashboard/results/more", "/elsewhere", "", "/dashboard/../"])
def test_another_path_is_no_page(path: str) -> None:
    with pytest.raises(AddressError) as caught:
        read_address(path, "", prefix=PREFIX)
    assert caught.value.key == ""


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("wave=%00", "wave"),
        ("wave=../../etc", "wave"),
        ("question=" + "a" * 65, "question"),
        ("place=a%27%20or%201=1", "place"),
        ("place=QYG&place=QE1", "place"),
        ("areas=%FF%FE", "areas"),
        ("period=" + "x" * 2000, ""),
        ("wave=20%0d%0a26", "wave"),
    ],
)
def test_what_cannot_be_a_choice_is_refused_by_name(query: str, key: str) -> None:
    with pytest.raises(AddressError) as caught:
        read_address("/dashboard/results", query, prefix=PREFIX)
    assert caught.value.key == key


def test_unknown_keys_empty_values_and_repeats_of_the_same_are_passed_over() -> None:
    query = "?utm_source=mail&question=&place=QYG&place=QYG"
    assert read_address("/dashboard/results", query, prefix=PREFIX) == Address(Page.RESULTS, place="QYG")


@given(query=st.text(max_size=200))
def test_no_query_does_worse_than_being_refused(query: str) -> None:
    with contextlib.suppress(AddressError):
        read_address("/dashboard/results", query, prefix=PREFIX)


def test_a_download_without_a_page_is_refused() -> None:
    with pytest.raises(AddressError, match="page"):
        read_download("question=keep")
