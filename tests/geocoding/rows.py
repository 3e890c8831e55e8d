"""A small world: the rows of a gazetteer, written by hand."""

from __future__ import annotations

from tracker.geocoding.curated import CountryPoint, read_landmarks
from tracker.geocoding.sourcefiles import Country, Sources, Town

_WORLD_FAMOUS = tuple(f"Venice in language {number}" for number in range(80))


def towns() -> list[Town]:
    """Answer towns with the population and alternate names that decide between namesakes."""
    return [
        Town(639734, "Rauma", "FI", "04", 61.12724, 21.51127, 38_909, ("Raumo",)),
        Town(3163155, "Åndalsnes", "NO", "08", 62.56749, 7.68709, 2_403, ("Andalsnes", "wengdaersi")),
        Town(3135813, "Stranda", "NO", "08", 62.30864, 6.93717, 2_969),
        Town(3142542, "Molde", "NO", "08", 62.73752, 7.15912, 20_900),
        Town(3143244, "Oslo", "NO", "12", 59.91273, 10.74609, 580_000, ("Kristiania",)),
        Town(3169070, "Rome", "IT", "07", 41.89193, 12.51133, 2_318_895, ("Roma", "Rom")),
        Town(3164603, "Venice", "IT", "20", 45.43713, 12.33265, 51_298, ("Venezia", *_WORLD_FAMOUS)),
        Town(4517009, "Venice", "US", "FL", 27.09978, -82.45426, 22_211),
        Town(4509884, "Dayton", "US", "OH", 39.75895, -84.19161, 135_512, ("Venice",)),
        Town(4219762, "Rome", "US", "GA", 34.25704, -85.16467, 36_323),
        Town(4739157, "Paris", "US", "TX", 33.66094, -95.55551, 24_782),
        Town(2988507, "Paris", "FR", "11", 48.85341, 2.3488, 2_138_551, ("PAR", "Parigi", "París")),
        Town(2655603, "Birmingham", "GB", "ENG", 52.48142, -1.89983, 1_157_603),
        Town(4049979, "Birmingham", "US", "AL", 33.52066, -86.80249, 212_297),
        Town(2640054, "Pickering", "GB", "ENG", 54.24487, -0.77632, 6_936),
        Town(6104111, "Pickering", "CA", "08", 43.90012, -79.13289, 91_771),
        Town(3448439, "São Paulo", "BR", "27", -23.5475, -46.63611, 12_400_232),
        Town(2711537, "Göteborg", "SE", "28", 57.70716, 11.96679, 587_549, ("Gothenburg",)),
        Town(2172797, "Skye", "AU", "07", -38.10521, 145.21637, 8_000),
    ]


def sources() -> Sources:
    """Answer the whole small world."""
    every = towns()
    municipality_of = {
        "Åndalsnes": "NO.08.1539",
        "Stranda": "NO.08.1525",
        "Molde": "NO.08.1506",
        "Oslo": "NO.12.0301",
        "Göteborg": "SE.28.1480",
    }
    return Sources(
        towns=every,
        countries=[
            Country("FI", "Finland", 5_518_050, ("Finland", "Suomi")),
            Country("NO", "Norway", 5_314_336, ("Norway", "Norge")),
            Country("IT", "Italy", 60_431_283, ("Italy", "Italia")),
            Country("US", "United States", 327_167_434, ("United States", "USA", "U.S.")),
            Country("FR", "France", 66_987_244, ("France",)),
            Country("GB", "United Kingdom", 66_488_991, ("United Kingdom", "UK")),
            Country("CA", "Canada", 37_058_856, ("Canada",)),
            Country("BR", "Brazil", 209_469_333, ("Brazil",)),
            Country("SE", "Sweden", 10_183_175, ("Sweden",)),
            Country("AU", "Australia", 24_992_369, ("Australia",)),
        ],
        regions={
            "NO.08": "Møre og Romsdal",
            "FI.04": "Satakunta",
            "US.GA": "Georgia",
            "US.TX": "Texas",
            "IT.20": "Veneto",
            "BR.27": "São Paulo",
        },
        municipalities={
            "NO.08.1539": "Rauma",
            "NO.08.1525": "Stranda",
            "NO.08.1506": "Molde",
            "NO.12.0301": "Oslo",
            "SE.28.1480": "Göteborgs Kommun",
            "NO.08.9999": "Nobody Lives Here",
        },
        seats={
            (town.name, town.lat, town.lon): municipality_of[town.name]
            for town in every
            if town.name in municipality_of
        },
        region_names={"US.TX": ("TX",), "IT.20": ("Venetien",)},
        country_points={"NO": CountryPoint(62.0, 10.0, ())},
        landmarks=read_landmarks(
            [
                "name,aliases,kind,country,town,lat,lon,uncertainty_m,standing",
                "Leavesden Studios,Leavesden,studio,GB,Watford,51.6910,-0.4190,900,3",
                "Levisham,,town,GB,Pickering,54.3020,-0.7200,1500,1",
                "Piazza Venezia,,square,IT,Rome,41.8960,12.4826,150,2",
            ]
        ),
        versions={"small world": "1"},
    )
