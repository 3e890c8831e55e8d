"""The macros: what a person reads, hears and can reach, and what never gets through."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired

from tests.templates.rendering import STATIC, TEMPLATES, render

HOSTILE = "<img src=x onerror=alert(1)>{{7*7}}\"'</script>"


class _Asking(Form):
    place = StringField("Place", [InputRequired("Choose which Rauma.")])
    when = StringField("When")
    saw = RadioField(
        "What did you see?", choices=[SelectChoice("work", "Work"), SelectChoice("cast", "Cast")]
    )


def _stop(**changes: object) -> SimpleNamespace:
    stop = SimpleNamespace(
        shoot=12,
        name="Rauma",
        url="/x",
        place_line="Municipality, Norway",
        when=["began within Aug–Oct 2020", "ended c. 5 Oct 2020"],
        status="wrapped",
        grade="B",
        why_grade=None,
        kind="municipality",
        uncertainty_m=24000,
        located=True,
        privacy="open",
        kind_word=None,
        sources=1,
        sources_url=None,
        contradictions=0,
        cite_url="/shoots/12/sources/new",
        refute_url="/shoots/12/sources/new?stance=refutes",
        note=None,
        selected=False,
    )
    vars(stop).update(changes)
    return stop


def _row(label: str, start: int, width: int) -> SimpleNamespace:
    part = SimpleNamespace(kind="within", x=start, w=width)
    return SimpleNamespace(
        number="1", bracket=None, name="X", url="#", status="wrapped", label=label, parts=[part], ticks=[]
    )


def _timeline(row: SimpleNamespace) -> str:
    axis = SimpleNamespace(months=[], years=[])
    lanes = [SimpleNamespace(name="Unit unknown", words=None, rows=[row])]
    source = '{% from "macros/timeline.html" import timeline %}{{ timeline(lanes, axis) }}'
    return render(source, lanes=lanes, axis=axis)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ('precision("point", 5)', "exact point"),
        ('precision("point", 900)', "within 900 m"),
        ('precision("point", 2500)', "within 2.5 km"),
        ('precision("point", 24000)', "within 24 km"),
        ('precision("municipality", 24000)', "municipality"),
        ('precision("area", 500, word="old town")', "old town"),
        ('precision("railway", 500)', "railway"),
        ('precision("building", 20, located=false)', "place not located"),
        ('precision("building", 20, privacy="obscured", word="her house")', "grid cell, obscured"),
        ('precision("building", 20, privacy="private", word="her house")', "kept private"),
    ],
)
def test_place_precision_is_said_in_words(call: str, words: str) -> None:
    html = render('{% from "macros/notation.html" import precision %}{{ ' + call + " }}")
    assert re.sub(r"<[^>]+>", "", html).strip() == words


def test_a_grade_is_a_word_even_where_only_the_letter_is_seen() -> None:
    html = render('{% from "macros/notation.html" import grade %}{{ grade("C", word=false) }}')
    assert re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip() == "Grade C first-hand"


def test_a_wrong_field_says_what_to_do_keeps_what_was_typed_and_is_linked_from_the_summary() -> None:
    form = _Asking(MultiDict({"when": "31 Sep 2020", "saw": "work"}))
    form.validate()
    form.when.errors = ["September has 30 days."]
    source = (
        '{% from "macros/forms.html" import field, error_summary %}{{ error_summary(form) }}'
        '{{ field(form.place) }}{{ field(form.when, hint="5 Oct 2020") }}'
    )
    html = render(source, form=form)
    assert "two things need you" in html
    assert '<a href="#when">When: September has 30 days.</a>' in html
    control = re.search(r"<input[^>]*id=\"when\"[^>]*>", html)
    assert control is not None
    assert 'aria-invalid="true"' in control[0]
    assert 'aria-describedby="when-error when-hint"' in control[0]
    assert 'value="31 Sep 2020"' in control[0]


def test_a_form_without_errors_shows_no_summary() -> None:
    form = _Asking(MultiDict({"place": "Rauma", "saw": "work"}))
    assert form.validate()
    html = render('{% from "macros/forms.html" import error_summary %}{{ error_summary(form) }}', form=form)
    assert html.strip() == ""


def test_a_question_with_choices_is_a_group_with_its_name() -> None:
    form = _Asking(MultiDict({"place": "Rauma", "saw": "cast"}))
    html = render('{% from "macros/forms.html" import field %}{{ field(form.saw) }}', form=form)
    assert "<legend>What did you see?</legend>" in html
    assert re.search(r"<input checked [^>]*value=\"cast\"", html)


def test_an_unordered_pair_shares_one_number_and_says_so() -> None:
    pair = SimpleNamespace(
        number=2, ordered=False, planned=False, stops=[_stop(), _stop(shoot=13, name="Stranda")]
    )
    html = render('{% from "macros/film.html" import cluster %}{{ cluster(c) }}', c=pair)
    assert html.count("step-number") == 1
    assert "Order unknown between these two" in html


def test_what_people_typed_stays_text_in_every_macro() -> None:
    line = SimpleNamespace(text=HOSTILE, url="/x", kind=HOSTILE, grade="C")
    side = SimpleNamespace(role=HOSTILE, value=HOSTILE, sources=[line], more=0, dispute_url=None)
    source = """
      {% from "macros/film.html" import stop_entry, leg %}
      {% from "macros/evidence.html" import citation %}
      {% from "contradictions/parts.html" import conflict %}
      {% from "macros/page.html" import empty, page_head, facts %}
      {{ stop_entry(stop) }}{{ leg({"words": h, "planned": false}) }}
      {{ citation(c, 1) }}{{ conflict(d) }}
      {{ empty(h, h) }}{{ page_head(h, h, h) }}{{ facts([(h, h)]) }}"""
    html = render(
        source,
        h=HOSTILE,
        stop=_stop(
            name=HOSTILE, place_line=HOSTILE, when=[HOSTILE], kind=HOSTILE, note=HOSTILE, why_grade=HOSTILE
        ),
        c=SimpleNamespace(
            title=HOSTILE,
            url=None,
            text=HOSTILE,
            quote=HOSTILE,
            kind=HOSTILE,
            stance=HOSTILE,
            scope=HOSTILE,
            date=HOSTILE,
            link="https://example.org/",
            link_text=HOSTILE,
        ),
        d=SimpleNamespace(
            question=HOSTILE,
            words=HOSTILE,
            sides=[side, side],
            note=HOSTILE,
            stops=[],
            settled=HOSTILE,
            stands=HOSTILE,
        ),
    )
    html += _timeline(_row(HOSTILE, 100, 50))
    assert "<img" not in html
    assert "</script>" not in html
    assert "49" not in html
    assert html.count("{{7*7}}") > 20


@pytest.mark.parametrize(
    ("start", "width", "label", "anchor", "fits"),
    [
        (300, 106, "within Aug–Oct to c. 5 Oct 2020", None, "wide"),
        (550, 100, "within Jan–Feb to c. Feb 2021", "end", "wide"),
        (400, 200, "within Jan–Feb to c. Feb 2021", None, "narrow"),
        (60, 900, "within Aug 2020 to Jul 2021", "end", "nowhere"),
    ],
)
def test_a_date_stands_beside_its_bar_where_there_is_room(
    start: int, width: int, label: str, anchor: str | None, fits: str
) -> None:
    html = _timeline(_row(label, start, width))
    text = re.search(r"<text class=\"timeline-label\"[^>]*>", html)
    assert text is not None
    assert ('text-anchor="end"' in text[0]) == (anchor == "end")
    assert f"label-fits-{fits}" in html


def test_no_template_has_inline_styles_handlers_or_scripts_without_a_nonce() -> None:
    guilty = []
    for template in TEMPLATES.rglob("*.html"):
        text = re.sub(r"\{#.*?#\}", "", template.read_text("utf-8"), flags=re.DOTALL)
        if re.search(r"<[^>{]*\s(style|on[a-z]+)=", text) or re.search(r"<style\b", text):
            guilty.append(template.name)
        if any("nonce=" not in tag for tag in re.findall(r"<script\b[^>]*>", text)):
            guilty.append(template.name)
    assert guilty == []


def test_the_faces_in_the_style_sheet_are_the_files_that_are_served() -> None:
    sheet = (STATIC / "css" / "fonts.css").read_text("utf-8")
    named = set(re.findall(r"vendor/fonts/([\w-]+)\.woff2", sheet))
    copied = (TEMPLATES.parents[1] / "scripts" / "assets.py").read_text("utf-8")
    assert named
    assert {name for name in named if f'"{name}"' not in copied} == set()
