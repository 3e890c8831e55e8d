"""What every answer carries: content security policy with a fresh nonce, and its companions."""

from __future__ import annotations

import secrets

from flask import Flask, Response, g, request

from tracker.config import Settings

# Forms with photos; everything else is text.
_WITH_PHOTOS = frozenset({"photos.upload", "photos.new"})
_MOST_BYTES = 2 * 1024 * 1024
_MOST_BYTES_WITH_PHOTOS = 64 * 1024 * 1024


def csp_nonce() -> str:
    """Answer this request's nonce for scripts."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def install(app: Flask, settings: Settings) -> None:
    """Set the cookie rules and put the security headers on every answer."""
    app.config.update(
        SESSION_COOKIE_NAME="__Host-session" if settings.secure_cookies else "session",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        # A cookie that changed with each answer would void what the browser keeps for the Back button.
        SESSION_REFRESH_EACH_REQUEST=False,
        MAX_CONTENT_LENGTH=_MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
    )
    images = " ".join(part for part in ("'self'", "data:", settings.tile_origin) if part)

    @app.before_request
    def _take_photos() -> None:
        """Take a larger body where photos are sent. The first to run: checking a token reads the body."""
        if request.endpoint in _WITH_PHOTOS:
            request.max_content_length = _MOST_BYTES_WITH_PHOTOS

    @app.after_request
    def _headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = (
            f"default-src 'none'; script-src 'nonce-{csp_nonce()}' 'self'; style-src 'self'; "
            f"img-src {images}; connect-src 'self'; font-src 'self'; manifest-src 'self'; "
            "base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'self'"
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        # Pages whose address is a key say something stricter.
        response.headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "geolocation=(self), camera=(), microphone=()"
        if settings.secure_cookies:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        if request.endpoint != "static" and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store" if "Cookie" in request.headers else "no-cache"
        return response
