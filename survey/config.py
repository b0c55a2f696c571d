"""Every setting, read once from the environment into one frozen value."""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from survey import resources

SECRETS_FILE = "secrets.json"
SHORTEST_SECRET = 16
"""Characters; what is made here has 43."""
SMTP_PORTS = {"smtp": 587, "smtps": 465}
LONGEST_MAIL_ADDRESS = 254

_MAIL_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_{|}~`-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


class ConfigError(Exception):
    """A setting is wrong; the message is one line with its name and the remedy."""


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over, from PHB_SMTP and PHB_MAIL_FROM."""

    host: str
    port: int
    encrypted: bool
    """From the first byte (smtps). Otherwise it is switched on where the server offers it."""
    user: str
    """Whoever signs in does it encrypted or not at all; '' for a server that asks for nobody."""
    password: str = field(repr=False)
    sender: str
    """PHB_MAIL_FROM: the address that mail comes from."""


@dataclass(frozen=True)
class Config:
    """All settings. Secrets stay out of `repr`, so that they reach no log."""

    data: Path
    """PHB_DATA: the folder of live data."""
    store: Path
    """PHB_STORE: the DuckDB file."""
    store_key: str | None = field(repr=False)
    """PHB_STORE_KEY: encrypts the DuckDB file; None leaves it plain."""
    secret: str = field(repr=False)
    """PHB_SECRET: signs cookies; may be changed at any time."""
    code_key: bytes = field(repr=False)
    """PHB_CODE_KEY: keys the hashes of codes; never changed within a wave."""
    url: str
    """PHB_URL: the public address, without a slash at its end."""
    questionnaires: Path
    """PHB_QUESTIONNAIRES: the folder of questionnaire files."""
    publish_every: int
    """PHB_PUBLISH_EVERY: seconds between two refreshes of the fieldwork counts."""
    leave_to: str
    """PHB_LEAVE_TO: the website, quiet and not about care, that "Leave this page now" opens."""
    mail: MailServer | None = None
    """PHB_SMTP and PHB_MAIL_FROM: None where no mail is sent."""


def load_config(environ: Mapping[str, str]) -> Config:
    """Settings from `environ`; makes the data folder, and its secrets once. Raises ConfigError.

    An empty value counts as not set. Without PHB_DATA the live data is `data/live` in the checkout, or, for an
    installed program, in the current directory.
    """
    data = _data_folder(environ)
    kept = _kept_secrets(data)
    return Config(
        data=data,
        store=_store_path(environ, data),
        store_key=environ.get("PHB_STORE_KEY") or None,
        secret=_secret(environ, "PHB_SECRET", kept),
        code_key=_secret(environ, "PHB_CODE_KEY", kept).encode(),
        url=_url(environ),
        questionnaires=_questionnaires(environ),
        publish_every=_seconds(environ, "PHB_PUBLISH_EVERY", default=300, at_least=10),
        leave_to=_leave_to(environ),
        mail=_mail(environ),
    )


def store_path(environ: Mapping[str, str]) -> Path:
    """Where the store of these settings is, or would be; makes nothing. Raises ConfigError."""
    return _store_path(environ, _data_path(environ).resolve())


def default_data_folder() -> Path:
    """Where live data is without PHB_DATA."""
    return (resources.CHECKOUT or Path.cwd()) / "data" / "live"


def _data_path(environ: Mapping[str, str]) -> Path:
    given = environ.get("PHB_DATA")
    return Path(given).expanduser() if given else default_data_folder()


def _data_folder(environ: Mapping[str, str]) -> Path:
    folder = _data_path(environ)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(
            f"PHB_DATA: the folder {folder} cannot be made ({error.strerror}). Name one that can be written."
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ConfigError(f"PHB_DATA: the folder {folder} cannot be written. Change its owner, or name another.")
    return folder.resolve()


def _store_path(environ: Mapping[str, str], data: Path) -> Path:
    given = environ.get("PHB_STORE")
    if not given:
        return data / "phb.duckdb"
    kind, _, path = given.partition(":")
    if kind != "duckdb" or not path:
        raise ConfigError(f"PHB_STORE: '{given}' is no store. Write duckdb:PATH, for example duckdb:/srv/phb.duckdb.")
    return Path(path).expanduser().absolute()


def _url(environ: Mapping[str, str]) -> str:
    given = environ.get("PHB_URL") or "http://127.0.0.1:8000"
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise ConfigError(f"PHB_URL: '{given}' is no address. Write it like https://survey.example.org.")
    return given.rstrip("/")


def _leave_to(environ: Mapping[str, str]) -> str:
    """The default is the weather: anyone could be looking at it, and a large public site is always there."""
    given = environ.get("PHB_LEAVE_TO") or "https://www.bbc.co.uk/weather"
    parts = urlsplit(given)
    is_one_line = given.isascii() and given.isprintable() and " " not in given
    if parts.scheme not in {"http", "https"} or not parts.hostname or not is_one_line:
        raise ConfigError(f"PHB_LEAVE_TO: {given!r} is no address. Write it like https://www.bbc.co.uk/weather.")
    return given


def _questionnaires(environ: Mapping[str, str]) -> Path:
    given = environ.get("PHB_QUESTIONNAIRES")
    folder = Path(given).expanduser().absolute() if given else resources.QUESTIONNAIRES
    if not folder.is_dir():
        raise ConfigError(f"PHB_QUESTIONNAIRES: there is no folder {folder}. Name the one with the .json files.")
    return folder


def _mail(environ: Mapping[str, str]) -> MailServer | None:
    """The mail server of host:port, smtp://user:password@host:587 or smtps://user:password@host."""
    given = environ.get("PHB_SMTP")
    if not given:
        return None
    # What was given may hold a password: it is not repeated.
    wrong = ConfigError("PHB_SMTP: this is no mail server. Write host:port, or smtps://user:password@host:465.")
    try:
        parts = urlsplit(given if "://" in given else f"smtp://{given}")
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise wrong from error
    if parts.scheme not in SMTP_PORTS or not host or parts.path.strip("/") or parts.query or parts.fragment:
        raise wrong
    sender = environ.get("PHB_MAIL_FROM") or ""
    if not is_mail_address(sender):
        raise ConfigError(
            f"PHB_MAIL_FROM: '{sender}' is no address to send mail from. Write one like survey@example.org."
        )
    return MailServer(
        host,
        port or SMTP_PORTS[parts.scheme],
        parts.scheme == "smtps",
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        sender,
    )


def is_mail_address(text: str) -> bool:
    """Whether mail can be sent to exactly this: one plain address, and nothing that could become a header."""
    return len(text) <= LONGEST_MAIL_ADDRESS and _MAIL_ADDRESS.fullmatch(text) is not None


def _seconds(environ: Mapping[str, str], name: str, *, default: int, at_least: int) -> int:
    given = environ.get(name) or str(default)
    if not given.isascii() or not given.isdigit() or int(given) < at_least:
        raise ConfigError(f"{name}: '{given}' is not a whole number of seconds, {at_least} or more. Write {default}.")
    return int(given)


# --- Secrets --------------------------------------------------------------------


def _secret(environ: Mapping[str, str], name: str, kept: Mapping[str, str]) -> str:
    given = environ.get(name)
    if not given:
        return kept[name]
    if len(given) < SHORTEST_SECRET:
        raise ConfigError(f"{name}: too short to be secret. Use at least {SHORTEST_SECRET} random characters.")
    return given


def _kept_secrets(data: Path) -> Mapping[str, str]:
    """The secrets of this data folder, made the first time; two processes starting at once agree on one file."""
    path = data / SECRETS_FILE
    if not path.exists():
        made = {"PHB_SECRET": secrets.token_urlsafe(32), "PHB_CODE_KEY": secrets.token_urlsafe(32)}
        beside = data / f"{SECRETS_FILE}.{os.getpid()}.{secrets.token_hex(4)}"
        try:
            _write_private(beside, json.dumps(made, indent=1))
            try:
                os.link(beside, path)
            except FileExistsError:
                pass  # another process was first, and its secrets are the ones
            finally:
                beside.unlink()
        except OSError as error:
            raise ConfigError(f"PHB_DATA: {path} cannot be written ({error.strerror}).") from error
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return {name: str(kept[name]) for name in ("PHB_SECRET", "PHB_CODE_KEY")}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(
            f"PHB_DATA: {path} cannot be read as secrets. Put back its backup: without PHB_CODE_KEY no code works."
        ) from error


def _write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, and make sure it is on the disk."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
