"""Online providers: any geocoder that geopy knows by name, set up and checked before it is ever asked."""

from __future__ import annotations

import inspect
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from geopy.adapters import URLLibAdapter  # type: ignore[import-untyped]
from geopy.exc import GeocoderNotFound, GeopyError  # type: ignore[import-untyped]
from geopy.geocoders import get_geocoder_for_service  # type: ignore[import-untyped]
from geopy.geocoders.base import Geocoder  # type: ignore[import-untyped]

from tracker.foundation.errors import ConfigurationError

PUBLIC_NOMINATIM = "nominatim.openstreetmap.org"
# The policy of the public server asks for at most one request a second; a tenth more absorbs the network.
_POLITE_SECONDS = 1.1
_KEY_NAMES = ("api_key", "apikey", "access_token", "subscription_key", "username")
_OSM = frozenset({"nominatim", "photon", "pickpoint", "openmapquest"})
_LICENCES = {
    **dict.fromkeys(_OSM, "© OpenStreetMap contributors, ODbL"),
    "geonames": "GeoNames, CC BY 4.0",
    "banfrance": "Base Adresse Nationale, Licence Ouverte 2.0",
}


@dataclass(frozen=True, slots=True)
class Provider:
    """How an online geocoder is asked. `domain` is "" for its usual one; `key` is a secret."""

    name: str
    domain: str = ""
    scheme: str = "https"
    key: str = ""
    user_agent: str = ""
    timeout_seconds: float = 5.0
    seconds_apart: float = _POLITE_SECONDS

    def __repr__(self) -> str:
        return f"Provider({self.name!r}, domain={self.domain!r})"

    @property
    def id(self) -> str:
        """Answer what its answers are kept under: another server of the same software is another provider."""
        return f"{self.name}@{self.domain}" if self.domain else self.name

    @property
    def licence(self) -> str:
        return licence_of_provider(self.name)


def licence_of_provider(name: str) -> str:
    """Answer under which licence a provider's positions may be kept; its operator sees to unnamed terms."""
    return _LICENCES.get(name, f"Terms of {name}")


def make_provider(
    name: str,
    *,
    key: str = "",
    domain: str = "",
    user_agent: str = "",
    timeout_seconds: float = 5.0,
    seconds_apart: float | None = None,
) -> Provider:
    """Answer a provider that can be asked. Raises ConfigurationError naming the setting and the remedy."""
    name = name.strip().lower()
    scheme, domain = _split(domain)
    is_public = name == "nominatim" and domain in ("", PUBLIC_NOMINATIM)
    if is_public and not ("@" in user_agent or "://" in user_agent):
        raise ConfigurationError(
            f"GEOCODER_USER_AGENT {user_agent!r} does not say who asks, as the policy of {PUBLIC_NOMINATIM} "
            "wants; write the site's name and an address, such as: films.example (mail@films.example)."
        )
    least = _POLITE_SECONDS if is_public else 0.0
    provider = Provider(
        name=name,
        domain=domain,
        scheme=scheme,
        key=key,
        user_agent=user_agent or "shot-here",
        timeout_seconds=timeout_seconds,
        seconds_apart=max(least, _POLITE_SECONDS if seconds_apart is None else seconds_apart),
    )
    geopy_geocoder(provider)
    return provider


def geopy_geocoder(provider: Provider) -> Geocoder:
    """Make the geopy geocoder. Raises ConfigurationError if there is none or a setting does not suit it."""
    try:
        kind = get_geocoder_for_service(provider.name)
    except GeocoderNotFound:
        raise ConfigurationError(
            f"GEOCODER {provider.name!r} is no geocoder that geopy knows; write offline, nominatim, photon "
            "or another name from https://geopy.readthedocs.io."
        ) from None
    takes = inspect.signature(kind.__init__).parameters
    given = _arguments(provider, takes)
    for missing, parameter in list(takes.items())[1:]:
        if parameter.default is parameter.empty and missing not in given:
            remedy = {
                "domain": "set GEOCODER_DOMAIN",
                **dict.fromkeys(_KEY_NAMES, "set GEOCODER_KEY"),
            }.get(missing, "which no setting gives; choose another")
            raise ConfigurationError(f"GEOCODER {provider.name!r} needs {missing}: {remedy}.")
    try:
        return kind(**given)
    except (GeopyError, ValueError, TypeError) as error:
        raise ConfigurationError(f"GEOCODER {provider.name!r} cannot be set up: {error}") from error


def _arguments(provider: Provider, takes: Mapping[str, inspect.Parameter]) -> dict[str, Any]:
    given: dict[str, Any] = {
        "timeout": provider.timeout_seconds,
        "user_agent": provider.user_agent,
        # geopy prefers requests where it is installed, which asks three times before it fails.
        "adapter_factory": URLLibAdapter,
    }
    if provider.key:
        name = next((name for name in _KEY_NAMES if name in takes), None)
        if name is None:
            raise ConfigurationError(f"GEOCODER {provider.name!r} takes no key; leave GEOCODER_KEY out.")
        given[name] = provider.key
    if provider.domain:
        if "domain" not in takes:
            raise ConfigurationError(
                f"GEOCODER {provider.name!r} has one address only; leave GEOCODER_DOMAIN out."
            )
        given["domain"] = provider.domain
    if provider.scheme == "http":
        # Only ever on this machine, where no proxy has any business.
        given |= {"scheme": "http", "proxies": {}}
    return {name: value for name, value in given.items() if name in takes}


def _split(domain: str) -> tuple[str, str]:
    """Answer scheme and domain; what travels to another machine has to be encrypted."""
    text = domain.strip().rstrip("/")
    if not text:
        return "https", ""
    parts = urlsplit(text if "://" in text else f"//{text}")
    try:
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    if not host or parts.scheme not in ("", "http", "https") or parts.query or parts.username:
        raise ConfigurationError(
            f"GEOCODER_DOMAIN {domain!r} is no host; write it as geo.example.org or 127.0.0.1:8080."
        )
    here = _is_loopback(host)
    if parts.scheme == "http" and not here:
        raise ConfigurationError(
            f"GEOCODER_DOMAIN {domain!r} would be asked unencrypted; write https. "
            "Only this machine may be asked by http."
        )
    return parts.scheme or ("http" if here else "https"), f"{parts.netloc}{parts.path}"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
