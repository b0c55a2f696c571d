"""The one callback: from the address to the page, and a clear page where the address leads nowhere."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from typing import Any

from dash import Dash, Input, Output
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboard.address import Address, AddressError, Page, read_address
from dashboard.data import NoRelease, ReleaseGone, ReleaseOutdated, Releases
from dashboard.footing import say_no_such_view
from dashboard.layout import draw_message
from dashboard.pages.compare import draw_compare
from dashboard.pages.method import draw_method
from dashboard.pages.missing import draw_missing
from dashboard.pages.overview import draw_overview
from dashboard.pages.profile import draw_profile
from dashboard.pages.results_of import draw_any_results
from dashboard.pages.words import draw_words
from dashboard.views.compare import show_compare
from dashboard.views.method import show_method
from dashboard.views.missing import show_missing
from dashboard.views.overview import show_overview
from dashboard.views.profile import show_profile
from dashboard.views.setting import NoSuchView
from dashboard.views.words import show_words
from dashboard.words import _

log = logging.getLogger(__name__)

_INPUTS = (("address", "pathname"), ("address", "search"))


Draw = Callable[[Releases, str, Address], list[Component]]
PAGES: Mapping[Page, Draw] = {
    Page.OVERVIEW: lambda releases, prefix, address: draw_overview(prefix, address, show_overview(releases, address)),
    Page.RESULTS: draw_any_results,
    Page.COMPARE: lambda releases, prefix, address: draw_compare(prefix, address, show_compare(releases, address)),
    Page.MISSING: lambda releases, prefix, address: draw_missing(prefix, address, show_missing(releases, address)),
    Page.PROFILE: lambda releases, prefix, address: draw_profile(prefix, address, show_profile(releases, address)),
    Page.WORDS: lambda releases, prefix, address: draw_words(prefix, address, show_words(releases, address)),
    Page.METHOD: lambda releases, prefix, address: draw_method(prefix, address, show_method(releases, address)),
}
"""What draws each page. All raise NoRelease, ReleaseGone, AddressError, NoSuchView."""


def register_callbacks(app: Dash, releases: Callable[[], Releases], prefix: str) -> None:
    """Let the address drive the page; `releases` gives what whoever asks may see."""

    @app.callback(Output("page", "children"), [Input(*source) for source in _INPUTS])
    def show(pathname: str | None, search: str | None) -> Any:
        if pathname is None:
            raise PreventUpdate
        return write_tree(draw_address(releases(), prefix, pathname, search or ""))


def draw_address(releases: Releases, prefix: str, path: str, query: str) -> list[Component]:
    """The page of an address, whatever it asks for."""
    home = Address(Page.OVERVIEW)
    try:
        address = read_address(path, query, prefix=prefix)
    except AddressError as error:
        return _draw_unreadable(prefix, error)
    try:
        return PAGES[address.page](releases, prefix, address)
    except AddressError as error:
        return _draw_unreadable(prefix, error)
    except NoSuchView as error:
        return draw_message(
            prefix,
            address,
            title=_("This cannot be shown"),
            sentences=[say_no_such_view(error.reason, error.setting)],
            link=(_("See what can be shown"), error.instead.href(prefix)),
            setting=error.setting,
        )
    except NoRelease as error:
        return _draw_no_release(prefix, home, error)
    except ReleaseOutdated:
        return draw_message(
            prefix,
            home,
            title=_("These results have to be published again"),
            sentences=[_("Another version of this program made them. Please tell whoever looks after the survey.")],
            link=None,
            setting=None,
        )
    except ReleaseGone as error:
        log.warning("a release could not be read: %s", error)
        return draw_message(
            prefix,
            home,
            title=_("These results cannot be read just now"),
            sentences=[_("They may be in the middle of being replaced. Please try again in a minute.")],
            link=(_("Try again"), address.href(prefix)),
            setting=None,
        )


def write_tree(tree: Any) -> Any:
    """What the browser is sent of components, as Dash would write them, in a fifth of the time.

    Dash asks each component for each of the twenty properties it might have; this takes those it has.
    """
    if isinstance(tree, str):
        return tree  # most of a page, so it is asked first
    if isinstance(tree, Component):
        props = vars(tree)
        if "_prop_names" in props:  # Dash's own, which keeps more than its properties; an element of ours does not
            known: Collection[str] = tree._prop_names
            props = {name: props[name] for name in props if name in known or name.startswith(("aria-", "data-"))}
        if "children" in props:
            props = {**props, "children": write_tree(props["children"])}
        return {"props": props, "type": tree._type, "namespace": tree._namespace}
    if isinstance(tree, list | tuple):
        return [write_tree(branch) for branch in tree]
    return tree


def is_readable_request(body: Any) -> bool:
    """Whether the body of a callback request is one that our own page sends; any other is refused with 400."""
    if not isinstance(body, dict) or not isinstance(body.get("inputs"), list):
        return False
    inputs = [entry for entry in body["inputs"] if isinstance(entry, dict)]
    changed = body.get("changedPropIds", [])
    return (
        body.get("output") == "page.children"
        and body.get("outputs") == {"id": "page", "property": "children"}
        and len(inputs) == len(body["inputs"])
        and [(entry.get("id"), entry.get("property")) for entry in inputs] == list(_INPUTS)
        and all(isinstance(entry.get("value"), str | None) for entry in inputs)
        and body.get("state", []) == []
        and isinstance(changed, list)
        and all(isinstance(name, str) for name in changed)
    )


def _draw_unreadable(prefix: str, error: AddressError) -> list[Component]:
    if error.key:
        sentence = _("The part “%(key)s” of the address cannot be read. The link may have been cut or mistyped.") % {
            "key": error.key
        }
    else:
        sentence = _("There is no page at this address. The link may have been cut or mistyped.")
    return draw_message(
        prefix,
        Address(Page.OVERVIEW),
        title=_("Page not found"),
        sentences=[sentence],
        link=(_("Go to the overview"), prefix),
        setting=None,
    )


def _draw_no_release(prefix: str, home: Address, error: NoRelease) -> list[Component]:
    if error.wave is None:
        return draw_message(
            prefix,
            home,
            title=_("No results yet"),
            sentences=[
                _("Nothing has been published so far. Counts appear here a few minutes after a survey opens."),
            ],
            link=None,
            setting=None,
        )
    return draw_message(
        prefix,
        home,
        title=_("No results of that survey"),
        sentences=[_("No results of a survey called “%(wave)s” have been published.") % {"wave": error.wave}],
        link=(_("See the latest results"), prefix),
        setting=None,
    )
