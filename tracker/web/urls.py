"""Every address of the web door, on one page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask

from tracker.exchange.exporting.formats import FORMATS
from tracker.web import about, operation, public_dump, sources
from tracker.web.accounts import email, leaving, passwords, tokens
from tracker.web.accounts import views as accounts
from tracker.web.changes import redacting, reverting
from tracker.web.changes import views as changes
from tracker.web.citing import desk as waiting_citations
from tracker.web.citing import orders, repeats
from tracker.web.citing import views as citing
from tracker.web.contradictions import views as contradictions
from tracker.web.editing import places as place_editing
from tracker.web.editing import productions as production_editing
from tracker.web.editing import shoots as shoot_editing
from tracker.web.editing import sources as source_editing
from tracker.web.exports import changes as change_feed
from tracker.web.exports import views as exports
from tracker.web.flags import views as flags
from tracker.web.frame.access import permission_of
from tracker.web.imports import reading as import_reading
from tracker.web.imports import views as imports
from tracker.web.merging import apart
from tracker.web.merging import views as merging
from tracker.web.moderation import presence, second, trusted
from tracker.web.moderation import views as moderation
from tracker.web.notes import desk as note_desk
from tracker.web.notes import views as notes
from tracker.web.partners import views as partners
from tracker.web.pasting import views as pasting
from tracker.web.people import admin, profile
from tracker.web.permits import attributing
from tracker.web.permits import views as permits
from tracker.web.photos import desk as waiting_photos
from tracker.web.photos import files as photo_files
from tracker.web.photos import upload as photo_upload
from tracker.web.photos import views as photos
from tracker.web.places import index as place_list
from tracker.web.places import views as places
from tracker.web.productions import listing as production_list
from tracker.web.productions import titles as title_suggestions
from tracker.web.productions import views as productions
from tracker.web.removals import desk as removal_desk
from tracker.web.removals import views as removals
from tracker.web.search import views as search
from tracker.web.sightings import answering, drafts, duplicates, online_search
from tracker.web.sightings import candidates as geocoding
from tracker.web.sightings import sources as sighting_sources
from tracker.web.sightings import views as sightings
from tracker.web.watching import views as watching
from tracker.web.world import home
from tracker.web.world import views as world

GET = ("GET",)
POST = ("POST",)
FORM = ("GET", "POST")
_ANY = f"<any({', '.join(FORMATS)}):ending>"
# The maps' own GeoJSON has views of its own.
_OTHER = f"<any({', '.join(ending for ending in FORMATS if ending != 'geojson')}):ending>"
# The sizes of `tracker.photos.picture`.
_PICTURES = "'jpg', '960.webp', '320.webp'"

# (address, name, view, methods)
ADDRESSES: list[tuple[str, str, Callable[..., Any], tuple[str, ...]]] = [
    ("/", "home.index", home.index, GET),
    ("/map", "world.map", world.page, GET),
    ("/map/cells.json", "world.cells", world.cells, GET),
    ("/map/permits.json", "permits.in_view", permits.in_view, GET),
    ("/permits", "permits.index", permits.index, GET),
    ("/permits/attribution", "permits.attribute", attributing.edit, FORM),
    ("/permits/attributions/<int:change_id>", "permits.attributed", attributing.attributed, GET),
    ("/permits/attributions/<int:change_id>/undo", "permits.undo", attributing.undo, POST),
    ("/map/labels.json", "world.labels", world.labels, GET),
    ("/productions", "productions.index", production_list.index, GET),
    ("/places", "places.index", place_list.index, GET),
    ("/places/<int:place_id>-<slug>", "places.show", places.show, GET),
    ("/places/<int:place_id>-<slug>.geojson", "places.geojson", places.geojson, GET),
    ("/places/<int:place_id>/edit", "places.edit", place_editing.edit, FORM),
    ("/partners", "partners.index", partners.index, GET),
    ("/partners/<int:partner_id>-<slug>", "partners.show", partners.show, GET),
    ("/partners/roles/<int:role_id>/removal", "partners.remove", partners.remove, POST),
    ("/productions/<slug>/partners", "partners.edit", partners.edit, FORM),
    ("/search", "search.results", search.results, GET),
    ("/changes", "changes.index", changes.index, GET),
    ("/changes/<int:change_id>", "changes.show", changes.show, GET),
    ("/changes/<int:change_id>/revert", "changes.revert", reverting.one, FORM),
    ("/changes/<int:change_id>/redaction", "changes.redact", redacting.redact, FORM),
    ("/users/<name>/revert", "changes.revert_user", reverting.of_user, FORM),
    ("/users/<name>/changes", "changes.by_user", changes.by_user, GET),
    ("/sources/<int:source_id>", "sources.show", sources.show, GET),
    ("/productions/<slug>/edit", "productions.edit", production_editing.edit, FORM),
    ("/sources/<int:source_id>/edit", "sources.edit", source_editing.edit, FORM),
    ("/shoots/<int:shoot_id>/edit", "shoots.edit", shoot_editing.edit, FORM),
    ("/about/grades", "about.grades", about.grades, GET),
    ("/about/credits", "about.credits", about.credits, GET),
    ("/data", "public_dump.index", public_dump.index, GET),
    ("/data/shot-here.zip", "public_dump.archive", public_dump.archive, GET),
    ("/healthz", "operation.health", operation.health, GET),
    ("/readyz", "operation.ready", operation.ready, GET),
    ("/sign-up", "accounts.sign_up", accounts.sign_up, FORM),
    ("/sign-in", "accounts.sign_in", accounts.sign_in, FORM),
    ("/sign-out", "accounts.sign_out", accounts.sign_out, POST),
    ("/account", "accounts.show", accounts.show, GET),
    ("/account/password", "accounts.password", passwords.change, FORM),
    ("/account/sessions/end", "accounts.end_sessions", passwords.end_all, POST),
    ("/account/email", "accounts.email", email.edit, FORM),
    ("/account/email/removal", "accounts.remove_email", email.remove, POST),
    ("/account/export.zip", "accounts.take_along", leaving.take_along, GET),
    ("/account/deletion", "accounts.delete", leaving.delete, FORM),
    ("/account/watching", "watching.index", watching.index, GET),
    ("/account/watching/<int:watch_id>/removal", "watching.remove", watching.remove, POST),
    ("/account/watching/feed", "watching.set_feed", watching.set_feed, POST),
    ("/account/watching/mails", "watching.set_mails", watching.set_mail, POST),
    ("/sign-in/lost", "accounts.lost", passwords.lost, FORM),
    ("/sign-in/new-password/<signed>", "accounts.reset", passwords.reset, FORM),
    ("/email/<signed>", "accounts.confirm_email", email.confirm, GET),
    ("/email/<signed>", "accounts.confirmed_email", email.confirmed, POST),
    ("/watching/<signed>.atom", "watching.feed", watching.feed, GET),
    ("/watching/<signed>/unsubscribe", "watching.unsubscribe", watching.unsubscribe, FORM),
    ("/productions/<slug>/watch", "watching.film", watching.film, POST),
    ("/places/<int:place_id>/watch", "watching.place", watching.place, POST),
    ("/users/<name>", "people.show", profile.show, GET),
    ("/admin/accounts", "people.admin", admin.index, GET),
    ("/admin/accounts/<name>", "people.account", admin.show, GET),
    ("/admin/accounts/<name>/suspension", "people.suspend", admin.suspend_user, POST),
    ("/admin/accounts/<name>/reinstatement", "people.reinstate", admin.reinstate_user, POST),
    ("/admin/accounts/<name>/role", "people.change_role", admin.change_role, POST),
    ("/account/tokens", "accounts.tokens", tokens.index, FORM),
    ("/account/tokens/<int:token_id>/revocation", "accounts.revoke_token", tokens.revoke, POST),
    ("/sightings/new", "sightings.new", sightings.new, FORM),
    ("/sightings/reading", "pasting.reading", pasting.reading, POST),
    ("/sightings/entries", "pasting.save", pasting.save, POST),
    ("/sightings/saved", "pasting.saved", pasting.saved, GET),
    ("/sightings/link", "pasting.link", pasting.link, GET),
    ("/sightings/photos", "photos.upload", photo_upload.upload, POST),
    ("/sightings/photos/<token>.webp", "photos.waiting", photo_files.waiting, GET),
    ("/photos/<int:photo_id>", "photos.show", photos.show, GET),
    ("/photos/<int:photo_id>/edit", "photos.edit", photos.edit, FORM),
    ("/photos/<int:photo_id>/removal", "photos.remove", photos.remove, POST),
    ("/photos/<int:photo_id>/opening", "photos.open", photos.open_to_all, POST),
    (f"/photos/files/<digest>.<any({_PICTURES}):ending>", "photos.file", photo_files.file, GET),
    ("/places/<int:place_id>/photos/new", "photos.new", photos.new, FORM),
    ("/moderation/photos", "photos.waiting_list", waiting_photos.index, GET),
    ("/moderation/photos/<int:photo_id>", "photos.decide", waiting_photos.decide, POST),
    ("/sightings/meaning", "sightings.meaning", sightings.meaning_of_date, GET),
    ("/sightings/duplicates.json", "sightings.duplicates", duplicates.found, GET),
    ("/sightings/draft", "sightings.draft", drafts.show, GET),
    ("/sightings/draft/changes", "sightings.keep_draft", drafts.keep, POST),
    ("/sightings/draft/removal", "sightings.drop_draft", drafts.drop, POST),
    ("/sightings/<int:sighting_id>", "sightings.show", sightings.show, GET),
    ("/sightings/<int:sighting_id>/sources", "sightings.add_source", sighting_sources.add, POST),
    ("/sightings/<int:sighting_id>/withdrawal", "sightings.withdraw", sightings.withdraw, POST),
    ("/sightings/<int:sighting_id>/answer", "sightings.answer", answering.answer, FORM),
    ("/geocode/candidates", "places.candidates", geocoding.candidates, GET),
    ("/geocode/online", "places.online", online_search.page, GET),
    ("/geocode/online/searches", "places.search_online", online_search.start, POST),
    ("/geocode/online.json", "places.online_json", online_search.progress, GET),
    ("/productions/titles.json", "productions.titles", title_suggestions.titles, GET),
    ("/notes", "notes.index", note_desk.index, GET),
    ("/notes/new", "notes.new", notes.new, FORM),
    ("/notes/<int:note_id>", "notes.show", note_desk.show, GET),
    ("/notes/<int:note_id>/decision", "notes.decide", note_desk.decide, POST),
    ("/notes/follow/<secret>", "notes.follow", notes.follow, GET),
    ("/flags/new", "flags.new", flags.new, FORM),
    ("/moderation/flags", "flags.index", flags.index, GET),
    ("/moderation/flags/<int:flag_id>", "flags.close", flags.close, POST),
    ("/removals/new", "removals.new", removals.new, FORM),
    ("/removals/follow/<secret>", "removals.follow", removals.follow, GET),
    ("/moderation/removals", "removals.desk", removal_desk.index, GET),
    ("/moderation/removals/<int:removal_id>", "removals.decide", removal_desk.decide, POST),
    ("/moderation", "moderation.queue", moderation.queue, GET),
    ("/moderation/<int:sighting_id>", "moderation.show", moderation.show, GET),
    ("/moderation/<int:sighting_id>/decision", "moderation.decide", moderation.decide, POST),
    ("/moderation/<int:sighting_id>/undo", "moderation.undo", moderation.undo, POST),
    ("/moderation/<int:sighting_id>/presence", "moderation.presence", presence.here, POST),
    ("/moderation/<int:sighting_id>/review", "moderation.review", trusted.review, POST),
    ("/moderation/trusted", "moderation.trusted", trusted.index, GET),
    ("/moderation/requests", "moderation.requests", second.index, GET),
    ("/moderation/requests/<int:request_id>", "moderation.decide_request", second.decide, POST),
    ("/users/<name>/trust", "moderation.trust", trusted.trust, FORM),
    ("/moderation/sources", "citing.waiting", waiting_citations.index, GET),
    ("/moderation/sources/<int:offered_id>", "citing.decide", waiting_citations.decide, POST),
    ("/moderation/sources/<int:offered_id>/withdrawal", "citing.withdraw", waiting_citations.withdraw, POST),
    ("/shoots/<int:shoot_id>/sources/new", "citing.new", citing.new, FORM),
    ("/citations/<int:citation_id>", "citing.edit", citing.edit, FORM),
    ("/citations/<int:citation_id>/removal", "citing.remove", citing.remove, POST),
    ("/citations/<int:citation_id>/reopening", "citing.reopen", citing.reopen, POST),
    ("/shoots/<int:shoot_id>/orders/new", "orders.new", orders.new, FORM),
    ("/orders/<int:order_id>/removal", "orders.remove", orders.remove, POST),
    ("/orders/<int:order_id>/reopening", "orders.reopen", orders.reopen, POST),
    ("/sources/<int:source_id>/repeats", "sources.mark_repeat", repeats.mark, POST),
    ("/sources/<int:source_id>/repeats/undo", "sources.undo_repeat", repeats.undo, POST),
    ("/contradictions", "contradictions.index", contradictions.index, GET),
    ("/productions/<slug>/contradictions", "contradictions.show", contradictions.show, GET),
    ("/productions/<slug>/contradictions/decision", "contradictions.decide", contradictions.decide, POST),
    ("/shoots/<int:shoot_id>/dispute/reopening", "contradictions.reopen", contradictions.reopen, POST),
    ("/moderation/imports", "imports.index", imports.index, GET),
    ("/moderation/imports/uploads", "imports.upload", imports.upload, POST),
    ("/moderation/imports/<int:upload_id>", "imports.show", imports.show, GET),
    ("/moderation/imports/<int:upload_id>/progress.json", "imports.progress", imports.progress, GET),
    ("/moderation/imports/<int:upload_id>/answers", "imports.answer", import_reading.answer, POST),
    ("/moderation/imports/<int:upload_id>/picks", "imports.pick", imports.pick, POST),
    ("/moderation/imports/<int:upload_id>/steps", "imports.step", imports.step, POST),
    ("/moderation/imports/<int:upload_id>/rejected.csv", "imports.rejects", imports.rejects, GET),
    ("/moderation/imports/<int:upload_id>/removal", "imports.remove", imports.remove, POST),
    ("/moderation/imports/runs/<int:run_id>/undo", "imports.undo", imports.undo, POST),
    ("/moderation/duplicates", "merging.duplicates", merging.duplicates, GET),
    ("/moderation/merges/<kind>/<int:loser_id>", "merging.choose", merging.choose, GET),
    (
        "/moderation/merges/<kind>/<int:loser_id>/into/<int:survivor_id>",
        "merging.preview",
        merging.preview,
        FORM,
    ),
    ("/moderation/apart/<kind>/<int:first_id>/<int:second_id>", "merging.keep_apart", apart.keep, POST),
    ("/moderation/apart/<int:pair_id>/removal", "merging.take_apart_back", apart.take_back, POST),
    ("/moderation/merges/<int:change_id>/undo", "merging.undo", merging.undo, POST),
    ("/productions/<slug>", "productions.show", productions.show, GET),
    ("/productions/<slug>/route.json", "productions.route", productions.route, GET),
    ("/productions/<slug>.geojson", "productions.geojson", productions.geojson, GET),
    (f"/productions/<slug>.{_OTHER}", "exports.production", exports.production, GET),
    (f"/places/<int:place_id>-<slug>.{_OTHER}", "exports.place", exports.place, GET),
    (f"/productions.{_ANY}", "exports.productions", exports.productions, GET),
    (f"/places.{_ANY}", "exports.places", exports.places, GET),
    (f"/search.{_ANY}", "exports.search", exports.search, GET),
    (f"/map.{_ANY}", "exports.world", exports.world, GET),
    ("/changes.atom", "exports.changes", change_feed.feed, GET),
]


def register(app: Flask) -> None:
    """Register all addresses; a view that does not say who may use it stops the program."""
    for address, name, view, methods in ADDRESSES:
        permission_of(view)
        app.add_url_rule(address, endpoint=name, view_func=view, methods=list(methods))
