"""Which network a request comes from, as a keyed digest: enough to count by, too little to know who."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress

from flask import current_app, request


def network_of_request() -> str:
    """Answer the digest of the request's network: a /24 of IPv4, a /48 of IPv6, one subscriber's."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    if mapped is not None:
        address = mapped
    width = 24 if address.version == 4 else 48
    network = ipaddress.ip_network(f"{address}/{width}", strict=False)
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"network {network}".encode(), hashlib.sha256).hexdigest()[:32]
