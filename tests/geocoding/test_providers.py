"""Setting an online provider up: what suits it is taken, what does not is an error that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.config import from_environment
from tracker.foundation.errors import ConfigurationError
from tracker.geocoding.providers import make_provider

US = "films.example (mail@films.example)"


def test_the_environment_sets_a_provider_up(tmp_path: Path) -> None:
    here = {"INSTANCE_PATH": str(tmp_path)}
    assert from_environment(here).geocoder is None
    settings = from_environment(
        {
            **here,
            "GEOCODER": "Nominatim",
            "GEOCODER_USER_AGENT": US,
            "GEOCODER_TIMEOUT_SECONDS": "9",
            "GEOCODER_SECONDS_APART": "0",
        }
    )
    provider = settings.geocoder
    assert provider is not None
    assert (provider.id, provider.scheme, provider.timeout_seconds) == ("nominatim", "https", 9)
    # The public server's policy prevails over an operator in a hurry.
    assert provider.seconds_apart == 1.1
    own = make_provider("nominatim", domain="geo.example/nominatim", seconds_apart=0)
    assert (own.id, own.seconds_apart) == ("nominatim@geo.example/nominatim", 0)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"GEOCODER": "nominatum"}, "GEOCODER 'nominatum' is no geocoder that geopy knows; write offline,"),
        ({"GEOCODER": "nominatim"}, "GEOCODER_USER_AGENT '' does not say who asks"),
        ({"GEOCODER": "nominatim", "GEOCODER_USER_AGENT": "bot"}, "GEOCODER_USER_AGENT 'bot' does not say"),
        ({"GEOCODER": "opencage"}, "GEOCODER 'opencage' needs api_key: set GEOCODER_KEY."),
        ({"GEOCODER": "geonames"}, "GEOCODER 'geonames' needs username: set GEOCODER_KEY."),
        ({"GEOCODER": "pelias"}, "GEOCODER 'pelias' needs domain: set GEOCODER_DOMAIN."),
        ({"GEOCODER": "liveaddress"}, "GEOCODER 'liveaddress' needs auth_id: which no setting gives;"),
        ({"GEOCODER": "photon", "GEOCODER_KEY": "k"}, "GEOCODER 'photon' takes no key; leave GEOCODER_KEY"),
        (
            {"GEOCODER": "geonames", "GEOCODER_KEY": "k", "GEOCODER_DOMAIN": "x.example/y?z"},
            "GEOCODER_DOMAIN 'x.example/y?z' is no host",
        ),
        (
            {"GEOCODER": "nominatim", "GEOCODER_DOMAIN": "http://geo.example"},
            "GEOCODER_DOMAIN 'http://geo.example' would be asked unencrypted; write https.",
        ),
        ({"GEOCODER_TIMEOUT_SECONDS": "0"}, "GEOCODER_TIMEOUT_SECONDS '0' is not a whole number between 1"),
        ({"GEOCODER_SECONDS_APART": "-1"}, "GEOCODER_SECONDS_APART '-1' is not a whole number"),
    ],
)
def test_what_cannot_be_used_is_named_with_the_remedy(
    tmp_path: Path, settings: dict[str, str], message: str
) -> None:
    with pytest.raises(ConfigurationError) as refused:
        from_environment({"INSTANCE_PATH": str(tmp_path), **settings})
    assert str(refused.value).startswith(message)


def test_a_providers_key_is_not_shown_where_it_is_printed() -> None:
    assert "hush" not in repr(make_provider("opencage", key="hush"))
