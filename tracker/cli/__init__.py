"""The command line door."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Tie the commands to an application."""
    from tracker.cli.attributing import attribute_command  # noqa: PLC0415
    from tracker.cli.dumping import (  # noqa: PLC0415
        backup_command,
        dump_command,
        restore_command,
    )
    from tracker.cli.evaluate import evaluate_group  # noqa: PLC0415
    from tracker.cli.exporting import export_command  # noqa: PLC0415
    from tracker.cli.extract import extract_command  # noqa: PLC0415
    from tracker.cli.gazetteer import gazetteer_group  # noqa: PLC0415 - the commands import this package
    from tracker.cli.geocode import geocode_command  # noqa: PLC0415
    from tracker.cli.importing import import_command  # noqa: PLC0415
    from tracker.cli.mail import mail_group, watch_group  # noqa: PLC0415
    from tracker.cli.photos import photos_group  # noqa: PLC0415
    from tracker.cli.readiness import tell_what_is_missing  # noqa: PLC0415
    from tracker.cli.setup import setup_command  # noqa: PLC0415
    from tracker.cli.tokens import token_group  # noqa: PLC0415
    from tracker.cli.users import user_group  # noqa: PLC0415

    for command in (
        setup_command,
        geocode_command,
        extract_command,
        gazetteer_group,
        evaluate_group,
        import_command,
        attribute_command,
        export_command,
        dump_command,
        restore_command,
        backup_command,
        user_group,
        token_group,
        mail_group,
        watch_group,
        photos_group,
    ):
        app.cli.add_command(command)
    tell_what_is_missing(app.cli.commands.values())
