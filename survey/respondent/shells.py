"""Pages drawn once and filled for each person: the NHS.UK macros cost milliseconds, filling costs microseconds.

A template writes a slot where something depends on the person; the drawn page is cut at the slots once and kept.
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import escape

from survey.respondent.forms import Entered
from survey.respondent.live import Teller
from survey.respondent.slots import SLOT


class Shell:
    """A drawn page, cut at its slots. Never changes; safe in threads."""

    def __init__(self, html: str) -> None:
        pieces = SLOT.split(html)
        self._literals = pieces[0::3]
        self._slots = tuple(zip(pieces[1::3], pieces[2::3], strict=True))
        self.is_live = any(kind in {"live", "plain", "source"} for kind, _ in self._slots)
        """Whether some text of it names answers, so that it cannot be filled without a teller."""

    def fill(self, texts: Mapping[str, str], entered: Entered, teller: Teller | None = None) -> str:
        """The page with `texts` (safe HTML by slot name) and with what stands in its fields (escaped here)."""
        picked = {f"{name}={value}" for name, values in entered.items() for value in values}
        pieces = [self._literals[0]]
        for (kind, name), literal in zip(self._slots, self._literals[1:], strict=True):
            if kind == "flag":
                attribute, _, wanted = name.partition(" ")
                if wanted in picked:
                    pieces.append(f" {attribute}")
            elif kind == "live" and teller is not None:
                pieces.append(teller.html(name))
            elif kind == "plain" and teller is not None:
                pieces.append(escape(teller.plain(name)))
            elif kind == "source" and teller is not None:
                pieces.append(escape(teller.source(name)))
            elif name in texts:
                pieces.append(texts[name])
            elif name in entered:
                pieces.append(_shown("\n".join(entered[name])))
            pieces.append(literal)
        return "".join(pieces)


def _shown(text: str) -> str:
    """Text for a field, escaped. A NUL cannot stand in HTML; a browser drops the first line end of a text box."""
    shown = str(escape(text.replace("\0", "")))
    return f"\n{shown}" if shown.startswith(("\n", "\r")) else shown
