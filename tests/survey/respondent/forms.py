"""Reading a page as a program does that walks the survey: the one form in <main>, its fields and its buttons."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class ReadField:
    """A field as the page holds it: `values` are those that would be sent, `options` those that could be chosen."""

    kind: str
    values: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)


@dataclass
class ReadForm:
    """The form of a page."""

    action: str | None = None
    fields: dict[str, ReadField] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    """Name and value; an unnamed button is ("", "")."""

    def sent(self) -> dict[str, list[str]]:
        """What a browser would send with the first button."""
        return {name: list(read.values) for name, read in self.fields.items() if read.values}

    @property
    def answers(self) -> dict[str, list[str]]:
        """What stands in the fields of questions."""
        return {
            name: read.values for name, read in self.fields.items() if name.startswith("answer-") and any(read.values)
        }


class PageReader(HTMLParser):
    """Collects the title, the heading, the forms in <main> and the language of what a person hears."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.lang = ""
        self.dir = ""
        self.title = ""
        self._heading = ""
        self.text = ""
        self.forms: list[ReadForm] = []
        self.links: list[str] = []
        self._open: list[str] = []
        self._textarea: ReadField | None = None
        self._select: ReadField | None = None
        self.feed(html)

    @property
    def form(self) -> ReadForm:
        """The one form of the page."""
        assert len(self.forms) == 1, f"{len(self.forms)} forms"
        return self.forms[0]

    @property
    def heading(self) -> str:
        """The words of the heading."""
        return " ".join(self._heading.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.lang, self.dir = found.get("lang", ""), found.get("dir", "")
        if tag in {"title", "h1", "main", "script", "style"}:
            self._open.append(tag)
        if tag == "a":
            self.links.append(found.get("href", ""))
        if "main" not in self._open:
            return
        if tag == "form":
            self.forms.append(ReadForm(found.get("action")))
        elif tag == "input":
            self._input(found)
        elif tag == "textarea":
            self._textarea = self._field(found["name"], "textarea")
            self._textarea.values.append("")
        elif tag == "select":
            self._select = self._field(found["name"], "select")
        elif tag == "option" and self._select is not None:
            self._select.options.append(found["value"])
            if "selected" in found:
                self._select.values = [found["value"]]
        elif tag == "button" and found.get("type") == "submit":
            self.forms[-1].buttons.append((found.get("name", ""), found.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            self._open.remove(tag)
        if tag == "textarea" and self._textarea is not None:
            self._textarea.values = [text.removeprefix("\n") for text in self._textarea.values]
            self._textarea = None
        if tag == "select" and self._select is not None:
            self._select.values = self._select.values or self._select.options[:1]
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            self._textarea.values[0] += data
        if "title" in self._open:
            self.title += data
        elif "h1" in self._open:
            self._heading += data
        if "script" not in self._open:
            self.text += data

    def _input(self, found: dict[str, str]) -> None:
        read = self._field(found["name"], found["type"])
        if found["type"] in {"radio", "checkbox"}:
            read.options.append(found["value"])
            if "checked" in found:
                read.values.append(found["value"])
        else:
            read.values.append(found.get("value", ""))

    def _field(self, name: str, kind: str) -> ReadField:
        return self.forms[-1].fields.setdefault(name, ReadField(kind))
