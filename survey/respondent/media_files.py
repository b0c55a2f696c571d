"""The pictures, recordings and films of a questionnaire: where they lie, and under which address they are served."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "vtt": "text/vtt",
}
"""What each ending is served as; a file with another ending is not served."""


@dataclass(frozen=True)
class MediaFolder:
    """The media of one questionnaire: `<root>/<id>/<file>`, and of one language `<root>/<id>/<locale>/<file>`."""

    root: Path
    questionnaire: str

    def find(self, name: str, locale: str | None = None) -> Path | None:
        """The file of that name; None where there is none. The name is one that a questionnaire has, and so no path."""
        path = self.root / self.questionnaire / (locale or ".") / name
        return path if path.is_file() else None

    def address(self, name: str, locale: str | None = None) -> str | None:
        """Where browsers find the file, with the hash of what is in it; None where there is none."""
        path = self.find(name, locale)
        if path is None:
            return None
        middle = f"{self.questionnaire}/{locale}" if locale else self.questionnaire
        return f"/media/{middle}/{name}?v={fingerprint(path)}"


def fingerprint(path: Path) -> str:
    """What is in a file, in 12 letters; worked out again when the file was changed."""
    stat = path.stat()
    return _fingerprint(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=2000)
def _fingerprint(path: Path, changed: int, size: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
