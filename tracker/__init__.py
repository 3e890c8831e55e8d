"""Shot Here: where films were shot, when, in what order, and how we know."""

from __future__ import annotations

from inspect import iscoroutinefunction

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from tracker.config import Settings, from_environment


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application. Without settings they are read from the environment."""
    from tracker import api, cli, web  # noqa: PLC0415 - the doors import this package
    from tracker.extensions import MIGRATIONS, alembic, db, render_type  # noqa: PLC0415
    from tracker.foundation.database import prepare_sqlite  # noqa: PLC0415
    from tracker.logs import configure  # noqa: PLC0415
    from tracker.tables import metadata  # noqa: PLC0415

    configure()
    settings = settings or from_environment()
    app = Flask("tracker", instance_path=str(settings.instance_path))
    app.config.from_mapping(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        TESTING=settings.testing,
        # What people typed must not reach the logs by way of a database error.
        SQLALCHEMY_ENGINES={"default": {"url": settings.database_url, "hide_parameters": True}},
        ALEMBIC={"script_location": str(MIGRATIONS)},
        ALEMBIC_CONTEXT={"render_as_batch": True, "compare_type": True, "render_item": render_type},
        GAZETTEER_PATH=settings.gazetteer_path,
        CITIES_DIR=settings.cities_dir,
    )
    db.init_app(app)
    # There are no asynchronous sessions here; closing them would start an event loop at every request's end.
    app.teardown_appcontext_funcs = [f for f in app.teardown_appcontext_funcs if not iscoroutinefunction(f)]
    with app.app_context():
        prepare_sqlite(db.engine)
    alembic.metadatas.setdefault("default", metadata)
    alembic.init_app(app)
    web.register(app)
    api.register(app)
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    cli.register(app)
    return app
