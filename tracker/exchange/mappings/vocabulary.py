"""What columns are called in files of several languages, by the field that they hold."""

from __future__ import annotations

from tracker.exchange.reading.tables import LAT, LON, column_of

# The best name first: where two columns could hold a field, the earlier name has it.
_WORDS: dict[str, str] = {
    "title": "production title; film title; movie title; original title; title; production; film; "
    "movie; movie name; film name; titre; titre du film; titre original; filmtitel; titel; "
    "título; titulo; pelicula; película; titolo; filme; tittel; project; project name; "
    "project title; show; series; programme; itemlabel; filmlabel; serie",
    "year": "release year; year of release; year; année; année de sortie; jahr; erscheinungsjahr; "
    "año; anno; ano; år; jaar; release; pubyear",
    "type": "production type; type de tournage; type of production; kind; format; tipo; art; typ; medium",
    "place": "location; locations; filming location; filming locations; place; address; site; location "
    "display text; location name; lieu; lieux; lieu de tournage; lieux de tournage; "
    "localisation de la scène; localisation; adresse; ort; drehort; drehorte; lugar; "
    "localización; localizacion; luogo; location di ripresa; indirizzo; local; sted; "
    "innspillingssted; plaats; locatie; placelabel; locationlabel; where; dirección; set; "
    "venue; name",
    "around": "city; town; ville; stadt; ciudad; città; citta; comune; municipality; kommune; commune; "
    "gemeente; by; state; province; region; région; departement; département; bundesland; provincia; "
    "county; fylke",
    "place_detail": "neighborhood; neighbourhood; quartier; code postal; postcode; zip; zip code; zipcode s; "
    "plz; street; parkingheld; arrondissement; borough; bezirk; district",
    "country": "country; country code; pays; land; país; pais; paese; nation; countrylabel",
    "start": "start; start date; startdate; startdatetime; start date time; from; begin; begins; date "
    "from; shoot date; shooting date; filming date; filming dates; date; date de début; date "
    "début; debut; début; von; beginn; datum; drehbeginn; fecha; fecha de inicio; inicio; "
    "data; data inizio; inizio; fra; startdato; dato; when; time; first day",
    "end": "end; end date; enddate; enddatetime; end date time; to; until; date to; date de fin; "
    "date fin; fin; bis; ende; drehende; fecha fin; fecha de fin; fecha final; fine; data "
    "fine; til; sluttdato; last day",
    "shot_year": "année du tournage; year of filming; year filmed; filming year; drehjahr; año de rodaje; "
    "anno di ripresa; shooting year",
    "point": "coordinates; coords; coord; geo point 2d; geo point; geopoint; gps; latlon; lat lon; lat "
    "lng; latitude longitude; position; koordinaten; coordonnées; coordenadas; coordinate; "
    "point; location 1; geom",
    "lat": f"{LAT}; lat; latitude; breitengrad; breite; latitud; latitudine; y; coordonnée en y; northing",
    "lon": f"{LON}; lon; lng; long; longitude; längengrad; länge; longitud; longitudine; x; "
    "coordonnée en x; easting",
    "number": "eventid; event id; permit number; permit id; permit no; permit; record id; identifiant "
    "du lieu; identifiant; reference; ref; id; objectid; uuid",
    "category": "subcategoryname; category; catégorie; kategorie; categoría; categoria; activity; event type",
    "scene": "scene; scène; szene; escena; scena; description of scene; scene description; desc; scene name",
    "story_place": "plays; stands for; fictional location; story place; story location; as; double for; "
    "represents; depicts",
    "note": "note; notes; remark; remarks; comment; comments; fun facts; fun fact; description; "
    "bemerkung; bemerkungen; remarque; remarques; nota; notas; merknad; details; cmt",
    "address": "source; source url; url; link; reference url; webseite; quelle; fuente; fonte; kilde; "
    "website",
    "wikidata": "wikidata; wikidata id; qid; item",
    "imdb": "imdb; imdb id; imdb link; tconst; imdb url",
}

NAMES: dict[str, tuple[str, ...]] = {
    field: tuple(dict.fromkeys(column_of(word) for word in words.split(";")))
    for field, words in _WORDS.items()
}
KNOWN = frozenset(name for names in NAMES.values() for name in names)
