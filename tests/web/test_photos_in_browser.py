"""Photos in a real browser: dropped on the form, agreed to, saved, accepted, seen; cameras on the map."""

from __future__ import annotations

import base64
import re

import pytest
from playwright.sync_api import FilePayload, Page, expect
from sqlalchemy import select

from tests import cast
from tests.chromium import DESKTOP, PHONE, Pages, axe_violations, scrolls_sideways
from tests.photos.making import RAUMA, picture, saved, telling_jpeg
from tests.photos.test_pictures import TELLING
from tests.serving import LiveServer, in_a_thread
from tracker.accounts.operations import find_user
from tracker.foundation.clock import today
from tracker.foundation.dates import parse_bound
from tracker.foundation.geo import Point
from tracker.history.recording import change
from tracker.photos.licences import Licence
from tracker.photos.picture import make_picture
from tracker.photos.storing import Store
from tracker.productions.photographing import PhotoDraft, PictureFile, add_photo
from tracker.productions.photos import Photo, PhotoRole
from tracker.sightings.models import Sighting

pytestmark = pytest.mark.browser
QUESTION = "Use the date and point in this photo? Both are removed from what we publish."
_DROP = """([encoded, name]) => {
  const bytes = Uint8Array.from(atob(encoded), (sign) => sign.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name, { type: "image/jpeg" }));
  const area = document.querySelector("[data-photo-drop]");
  for (const kind of ["dragenter", "dragover", "drop"])
    area.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(autouse=True)
def people(live_server: LiveServer) -> None:
    def fill() -> None:
        with live_server.session() as session:
            cast.owner(session), cast.moderator(session)
            cast.film_case(session)
            session.commit()

    in_a_thread(fill)


def signed_in(page: Page, name: str, then: str) -> None:
    page.goto(f"/sign-in?next={then}")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**{then}")


def started(pages: Pages, **look: object) -> Page:
    """Open the form and its tab Photo."""
    page = pages.open(**look)  # type: ignore[arg-type]  # options by name
    signed_in(page, "Ingrid", "/sightings/new")
    page.get_by_role("button", name="Photo", exact=True).click()
    expect(page.get_by_label("Photos of the shoot")).to_be_focused()
    return page


def drop(page: Page, content: bytes) -> None:
    page.evaluate(_DROP, [base64.b64encode(content).decode(), "IMG_1.jpg"])


def payload(name: str, content: bytes) -> FilePayload:
    """Answer a file as somebody chooses it."""
    return FilePayload(name=name, mimeType="image/jpeg", buffer=content)


def looks_well(page: Page) -> None:
    for size in (DESKTOP, PHONE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            assert axe_violations(page) == [], f"{page.url} {size} {scheme}"
            assert not scrolls_sideways(page), f"{page.url} {size}"
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})


def test_a_photo_from_the_drop_to_the_pages_of_place_and_film(pages: Pages) -> None:
    page = started(pages)
    drop(page, telling_jpeg())
    expect(page.get_by_role("group", name=QUESTION)).to_be_visible()
    looks_well(page)
    page.get_by_label("Yes, fill them in below").check()
    expect(page.locator("#when")).to_have_value("5 September 2020")
    expect(page.locator("#when-means")).to_contain_text("Means: Saturday, 5 September 2020")
    expect(page.locator("#place")).to_have_value("Åndalsnes")
    expect(page.get_by_role("radio", name="The pin on the map")).to_be_checked()
    expect(page.locator("[data-photo-says]")).to_have_text("Filled in below: the date and the point.")
    page.get_by_label("What can be seen on photo 1").fill("A train on a bridge")
    page.get_by_label("Licence").select_option("cc-by-4.0")
    page.get_by_label("Film or series").fill("MI7")
    page.locator(".save-row").get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved: your sighting is waiting.")
    expect(page.get_by_role("img", name="A train on a bridge")).to_be_visible()
    looks_well(page)

    desk = pages.open()
    signed_in(desk, "Solveig", "/moderation/1")
    expect(desk.get_by_role("heading", name="Photos sent with it")).to_be_visible()
    looks_well(desk)
    desk.get_by_role("button", name="Accept as a new shoot").click()
    expect(desk.get_by_text("Accepted").first).to_be_visible()

    fan = pages.open()
    fan.goto("/productions/mission-impossible-dead-reckoning-part-one")
    expect(fan.get_by_role("img", name="A train on a bridge")).to_have_count(1)
    fan.get_by_role("link", name="A train on a bridge").click()
    expect(fan.get_by_text("within 13 m, looking south-west (225°)")).to_be_visible()
    looks_well(fan)
    source = str(fan.get_by_role("link", name="A train on a bridge").get_attribute("href"))
    assert TELLING.search(fan.request.get(source).body()) is None


def test_no_uses_nothing_and_the_photo_is_kept_all_the_same(pages: Pages, live_server: LiveServer) -> None:
    page = started(pages)
    page.get_by_label("Photos of the shoot").set_input_files(payload("IMG_1.jpg", telling_jpeg()))
    page.get_by_label("No, forget them").check()
    expect(page.locator("[data-photo-says]")).to_have_text("Neither is used.")
    expect(page.locator("#when")).to_have_value("")
    page.get_by_label("Licence").select_option("cc0-1.0")
    page.get_by_label("Film or series").fill("MI7")
    page.get_by_label("Place", exact=True).fill("Åndalsnes")
    expect(page.get_by_role("radio", name="Åndalsnes Town of 2,000")).to_be_checked()
    page.get_by_label("When, as you would say it").fill("2020")
    expect(page.locator("#when-means")).to_contain_text("Means:")
    page.locator(".save-row").get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved: your sighting is waiting.")

    def read() -> tuple[object, ...]:
        with live_server.session() as session:
            photo = session.scalars(select(Photo)).one()
            return (
                photo.lat,
                photo.heading,
                photo.taken.edtf,
                session.scalars(select(Sighting)).one().place_text,
            )

    assert in_a_thread(read) == (None, None, "", "Åndalsnes")


def test_what_is_wrong_with_a_file_is_told_and_photos_can_be_left_out(pages: Pages) -> None:
    page = started(pages)
    files = page.get_by_label("Photos of the shoot")
    page.get_by_label("Film or series").fill("MI7")
    html = b"<!doctype html><script>document.title = 'ran'</script>"
    files.set_input_files(
        [
            payload("holiday.jpg", html),
            payload("good.png", saved(picture(), "PNG")),
        ]
    )
    expect(page.get_by_text("holiday.jpg: This is no JPEG, PNG or WebP picture")).to_be_visible()
    expect(page.locator("[data-photo-says]")).to_have_text("One photo is read.")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Leave photo 1 out").click()
    expect(page.locator("[data-photo-says]")).to_have_text("No photos are read.")
    expect(page.get_by_label("Film or series")).to_have_value("MI7")


def test_without_scripts_the_same_form_asks_and_is_saved(pages: Pages) -> None:
    page = pages.open(javascript=False, size=PHONE)
    signed_in(page, "Ingrid", "/sightings/new")
    page.get_by_role("button", name="Photo", exact=True).click()
    page.get_by_label("Photos of the shoot").set_input_files(payload("IMG_1.jpg", telling_jpeg()))
    page.get_by_label("Film or series").fill("MI7")
    page.get_by_role("button", name="Read the photos").click()
    page.get_by_label("Yes, fill them in below").check()
    page.get_by_role("button", name="Answer").click()
    expect(page.locator("#when")).to_have_value("5 September 2020")
    expect(page.get_by_role("radio", name="The pin on the map")).to_be_checked()
    page.get_by_label("Licence").select_option("cc-by-4.0")
    page.locator(".save-row").get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved: your sighting is waiting.")


def add_pair(server: LiveServer) -> str:
    """Add a photo of then and one of now to a bridge; answer the address of its page."""

    def fill() -> str:
        with server.session() as session:
            solveig = find_user(session, "Solveig")
            assert solveig is not None
            place = cast.place(session, "Rauma bridge", *RAUMA, uncertainty_m=50)
            then: Photo | None = None
            for role, shade in ((PhotoRole.THEN, 0), (PhotoRole.NOW, 30)):
                made = make_picture(telling_jpeg(shade=shade), today=today())
                Store(server.app.config["SETTINGS"].uploads_path).keep(made)
                draft = PhotoDraft(
                    author="<img src=x onerror=alert(1)>",
                    licence=Licence.CC_BY_4,
                    alt=f"The bridge {role.value}",
                    role=role,
                    taken=parse_bound("2020"),
                    point=Point(RAUMA[0] + shade / 10_000, RAUMA[1]),
                    heading=90.0,
                    then=then,
                )
                file = PictureFile(made.digest, made.width, made.height)
                with change(session, by=solveig, comment="Added a photo"):
                    then = add_photo(session, file, draft, by=solveig, place=place, at_once=True)
            session.commit()
            return f"/places/{place.id}-{place.slug}"

    return in_a_thread(fill)


def test_cameras_stand_on_the_map_of_the_place_and_tell_what_they_saw(
    pages: Pages, live_server: LiveServer
) -> None:
    page = pages.open()
    page.goto(add_pair(live_server))
    pair = page.get_by_role("group", name="Then and now")
    expect(pair.get_by_role("img")).to_have_count(2)
    camera = page.get_by_role("button", name=re.compile("Photo 1: .*looking east"))
    expect(camera).to_be_visible()
    assert camera.locator(".camera-view").get_attribute("transform") == "rotate(90)"
    camera.focus()
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog", name="Photo 1")
    expect(card.get_by_role("img", name="The bridge then")).to_be_visible()
    expect(card).to_contain_text("<img src=x onerror=alert(1)>, CC BY 4.0")
    looks_well(page)


def test_a_photo_is_added_to_a_place_by_its_form(pages: Pages, live_server: LiveServer) -> None:
    address = add_pair(live_server)
    page = pages.open()
    signed_in(page, "Solveig", address)
    page.get_by_role("link", name="Add a photo").click()
    looks_well(page)
    page.get_by_label("Picture").set_input_files(payload("IMG_2.jpg", telling_jpeg(shade=60)))
    page.get_by_label("What can be seen").fill("The track today")
    page.get_by_label("Licence").select_option("cc-by-sa-4.0")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("img", name="The track today")).to_be_visible()
    looks_well(page)
