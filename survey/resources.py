"""Where what ships with the program is found: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent if (PACKAGE.parent / "pyproject.toml").is_file() else None
"""The root of the checkout the program runs from; None when it is installed from a wheel."""
SHIPPED = CHECKOUT or PACKAGE / "shipped"
"""In a wheel the folders are force-included under `survey/shipped/`; the current directory plays no part."""

STATIC = PACKAGE / "static"
"""What the build hook has made of the front end."""
QUESTIONNAIRES = SHIPPED / "questionnaires"
TRANSLATIONS = SHIPPED / "translations"
AREAS = SHIPPED / "data" / "areas"
BENCHMARKS = SHIPPED / "data" / "benchmarks"
METHOD = SHIPPED / "data" / "method"
WORDS = SHIPPED / "data" / "words"
ACCESSIBILITY = SHIPPED / "data" / "accessibility"
RESULTS_PAGES = PACKAGE.parent / "dashboard" / "public"
"""The package of the public pages, whose strings are translated with those of the survey."""


def static_address(name: str) -> str:
    """Where a file of STATIC is had: browsers keep it for a year, so another build is another address."""
    stamp = STATIC / ".sources"
    version = stamp.read_text()[:12] if stamp.is_file() else "unbuilt"
    return f"/static/{name}?v={version}"
