"""Settings: none is needed, a wrong one is named with its remedy, secrets are made once and kept private."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from survey import resources
from survey.config import SECRETS_FILE, ConfigError, MailServer, load_config


def test_with_only_a_data_folder_everything_has_a_value(tmp_path: Path) -> None:
    config = load_config({"PHB_DATA": str(tmp_path / "live")})
    assert config.data == tmp_path / "live"
    assert config.store == tmp_path / "live" / "phb.duckdb"
    assert config.store_key is None
    assert config.url == "http://127.0.0.1:8000"
    assert config.questionnaires == resources.QUESTIONNAIRES
    assert config.publish_every == 300


def test_settings_are_read(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    config = load_config(
        {
            "PHB_DATA": str(tmp_path),
            "PHB_STORE": f"duckdb:{tmp_path}/elsewhere/it's.duckdb",
            "PHB_STORE_KEY": "a passphrase",
            "PHB_SECRET": "s" * 16,
            "PHB_CODE_KEY": "k" * 16,
            "PHB_URL": "https://survey.example.org/",
            "PHB_QUESTIONNAIRES": str(tmp_path / "forms"),
            "PHB_PUBLISH_EVERY": "60",
            "PHB_SMTP": "smtps://post:p%40ss@mail.example.org",
            "PHB_MAIL_FROM": "survey@example.org",
        }
    )
    assert config.store == tmp_path / "elsewhere" / "it's.duckdb"
    assert config.store_key == "a passphrase"
    assert config.secret == "s" * 16
    assert config.code_key == b"k" * 16
    assert config.url == "https://survey.example.org"
    assert config.questionnaires == tmp_path / "forms"
    assert config.publish_every == 60
    assert config.mail == MailServer("mail.example.org", 465, True, "post", "p@ss", "survey@example.org")
    assert "p@ss" not in repr(config)


@pytest.mark.parametrize(
    ("setting", "host", "port", "encrypted"),
    [
        ("localhost:1025", "localhost", 1025, False),
        ("mail.example.org", "mail.example.org", 587, False),
        ("smtp://post:secret@mail.example.org:2525", "mail.example.org", 2525, False),
        ("smtps://mail.example.org", "mail.example.org", 465, True),
    ],
)
def test_a_mail_server_is_written_in_the_ways_people_know(
    tmp_path: Path, setting: str, host: str, port: int, encrypted: bool
) -> None:
    environ = {"PHB_DATA": str(tmp_path), "PHB_SMTP": setting, "PHB_MAIL_FROM": "survey@example.org"}
    mail = load_config(environ).mail
    assert mail is not None
    assert (mail.host, mail.port, mail.encrypted) == (host, port, encrypted)


@pytest.mark.parametrize(
    "sender", ["", "survey", "Survey <survey@example.org>", "a@b.org\r\nBcc: c@d.org", "a@b.org,c@d.org"]
)
def test_mail_needs_one_plain_address_that_it_comes_from(tmp_path: Path, sender: str) -> None:
    with pytest.raises(ConfigError, match=r"^PHB_MAIL_FROM: "):
        load_config({"PHB_DATA": str(tmp_path), "PHB_SMTP": "localhost:25", "PHB_MAIL_FROM": sender})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PHB_STORE", "postgres:host=db"),
        ("PHB_STORE", "phb.duckdb"),
        ("PHB_STORE", "duckdb:"),
        ("PHB_SECRET", "short"),
        ("PHB_CODE_KEY", "short"),
        ("PHB_URL", "survey.example.org"),
        ("PHB_URL", "https://survey.example.org/?a=b"),
        ("PHB_QUESTIONNAIRES", "/no/such/folder"),
        ("PHB_PUBLISH_EVERY", "often"),
        ("PHB_PUBLISH_EVERY", "1"),
        ("PHB_PUBLISH_EVERY", "\u0663\u0660"),
        ("PHB_SMTP", "https://mail.example.org"),
        ("PHB_SMTP", "smtp://post:secret@:25"),
        ("PHB_SMTP", "localhost:mail"),
        ("PHB_SMTP", "localhost:25/queue"),
        ("PHB_DATA", "/dev/null/live"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config({"PHB_DATA": str(tmp_path), name: value})
    assert str(caught.value).startswith(f"{name}: ")
    assert "\n" not in str(caught.value)


def test_secrets_are_made_once_and_only_their_owner_can_read_them(tmp_path: Path) -> None:
    environ = {"PHB_DATA": str(tmp_path)}
    first = load_config(environ)
    assert load_config(environ) == first
    assert len(first.secret) >= 40
    assert first.code_key != first.secret.encode()
    assert stat.S_IMODE((tmp_path / SECRETS_FILE).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [SECRETS_FILE]


def test_a_new_data_folder_is_its_owners_alone(tmp_path: Path) -> None:
    config = load_config({"PHB_DATA": str(tmp_path / "live")})
    assert stat.S_IMODE(config.data.stat().st_mode) == 0o700


def test_processes_that_start_at_once_agree_on_the_secrets(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: load_config({"PHB_DATA": str(tmp_path)}).code_key, range(8)))
    assert len(found) == 1


def test_a_spoilt_secrets_file_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / SECRETS_FILE).write_text('{"PHB_SECRET": "cut of')
    with pytest.raises(ConfigError, match="Put back its backup"):
        load_config({"PHB_DATA": str(tmp_path)})
    assert (tmp_path / SECRETS_FILE).read_text() == '{"PHB_SECRET": "cut of'


def test_secrets_do_not_show_in_logs(tmp_path: Path) -> None:
    config = load_config({"PHB_DATA": str(tmp_path), "PHB_STORE_KEY": "a passphrase"})
    for secret in (config.secret, config.code_key.decode(), "a passphrase"):
        assert secret not in repr(config)
