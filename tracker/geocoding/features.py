"""Which features of GeoNames are of use for filming, as what kind of place, and how far they reach."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Feature:
    """What a feature code stands for: `word` tells it from a town of the same name ("Rauma river")."""

    kind: str
    uncertainty_m: int
    standing: float
    word: str


# kind | radius in metres that holds most of them | standing | word | codes. Source of the codes:
# https://www.geonames.org/export/codes.html. Historical and destroyed features (…H, PPLW) are left out.
_TABLE = """
water    | 3000  | 1.6 | lake      | H.LK H.LKS H.LKC H.LKN H.LKO H.LKX H.RSV H.LGN H.LGNS H.LKSC
water    | 500   | 1.2 | pond      | H.PND H.PNDS H.SPNG H.SPNT H.GYSR H.POOL
water    | 800   | 1.8 | waterfall | H.FLLS H.RPDS H.CTRS
water    | 15000 | 1.4 | river     | H.STM H.STMS H.STMI H.STMX H.STMM H.ESTY H.CNL H.CNLN H.WTRC
water    | 15000 | 1.7 | fjord     | H.FJD H.FJDS H.SD H.STRT H.CHN H.CHNM H.GULF
water    | 6000  | 1.5 | bay       | H.BAY H.BAYS H.COVE H.BGHT H.INLT H.HBR H.ANCH
area     | 10000 | 1.5 | glacier   | H.GLCR
area     | 5000  | 1.3 | wetland   | H.MRSH H.SWMP H.WTLD H.BOG H.MGV
mountain | 2000  | 1.6 | mountain  | T.MT T.PK T.PKS T.VLC T.HLL T.RDGE T.CRTR T.BUTE T.MESA
mountain | 1000  | 1.5 | rock      | T.RK T.RKS T.CLF T.PROM
mountain | 30000 | 1.8 | mountains | T.MTS T.HLLS T.PLAT T.UPLD T.SPUR
area     | 15000 | 1.5 | valley    | T.VAL T.VALG T.VALS T.GRGE T.CNYN T.RVN T.CRQ
area     | 40000 | 1.6 | plain     | T.PLN T.DSRT T.ERG T.HTH T.DPR T.DUNE T.SAND
area     | 1500  | 1.5 | pass      | T.PASS T.GAP T.SDL
area     | 4000  | 1.4 | point     | T.CAPE T.PT T.HDLD T.SPIT
area     | 30000 | 1.6 | peninsula | T.PEN T.ISTH
area     | 1500  | 1.5 | beach     | T.BCH T.BCHS T.SHOR
island   | 6000  | 1.7 | island    | T.ISL T.ISLT T.ISLX T.ATOL T.ISLF
island   | 40000 | 1.8 | islands   | T.ISLS
park     | 1500  | 1.5 | park      | L.PRK S.GDN S.AMTH L.GRSLD
park     | 25000 | 1.8 | reserve   | L.RES L.RESN L.RESF L.RESW L.PRKNAT L.RESA
area     | 8000  | 1.4 | forest    | V.FRST V.GRVE V.HTH V.SCRB V.VIN V.OCH V.GRSLD
area     | 20000 | 1.4 | area      | L.RGN L.AREA L.LCTY L.CST L.FLD L.INDS L.MILB L.NVB L.OAS L.PORT
building | 300   | 1.6 | castle    | S.CSTL S.PAL S.FT S.MNR S.HSTS S.TOWR S.WALL S.GATE
building | 200   | 1.3 | building  | S.BLDG S.HSE S.HUT S.LTHSE S.MILL S.CTHSE S.FCL S.GOVL S.DIP S.LIBR S.SCH
building | 300   | 1.3 | building  | S.UNIV S.HSP S.PRN S.PS S.OBS
building | 200   | 1.4 | hotel     | S.HTL S.RSRT S.REST S.GHSE S.INN S.CSNO S.SPA
building | 200   | 1.4 | church    | S.CH S.CVNT S.MSTY S.MSQE S.TMPL S.SYG S.SHRN S.PGDA S.CTRR
building | 400   | 1.5 | theatre   | S.THTR S.OPRA S.STDM S.ATHF S.RECR S.MALL S.MKT S.ZOO
building | 600   | 1.5 | dam       | S.DAM
area     | 1500  | 1.5 | ruins     | S.RUIN S.ANS S.ARCH S.CMTY S.MNMT S.TMB S.PYR S.PYRS S.CAVE
museum   | 250   | 1.6 | museum    | S.MUS
station  | 300   | 1.4 | station   | S.RSTN S.RSTP S.MTRO S.BUSTN S.FY S.TRAM
airport  | 2000  | 1.8 | airport   | S.AIRP S.AIRF S.AIRH S.AIRB
studio   | 500   | 2.0 | studios   | S.STDO
bridge   | 600   | 1.6 | bridge    | S.BDG S.BDGQ S.VDCT S.AQDC
quarry   | 1000  | 1.5 | quarry    | S.MNQR S.MN S.MNQ S.MNAU S.MNC S.MNCU S.MNFE S.SALT
square   | 200   | 1.6 | square    | S.SQR
street   | 2000  | 1.3 | street    | R.ST R.RD R.PRMN R.TRL
railway  | 10000 | 1.3 | railway   | R.RR R.RTE R.TNL R.TNLRR
municipality | 20000 | 1.6 | municipality | A.ADM2
municipality | 12000 | 1.5 | municipality | A.ADM3
municipality | 8000  | 1.4 | municipality | A.ADM4
municipality | 5000  | 1.3 | municipality | A.ADM5
region   | 120000 | 2.5 | region    | A.ADM1
"""
_LEFT_OUT_TOWNS = frozenset({"PPLH", "PPLW", "PPLCH"})


def _read(table: str) -> dict[str, Feature]:
    features: dict[str, Feature] = {}
    for line in table.strip().splitlines():
        kind, radius, standing, word, codes = (cell.strip() for cell in line.split("|"))
        feature = Feature(kind, int(radius), float(standing), word)
        features.update(dict.fromkeys(codes.split(), feature))
    return features


FEATURES = _read(_TABLE)


def is_of_use(feature_class: str, code: str) -> bool:
    """Tell whether a place of this feature class and code belongs into the gazetteer."""
    if feature_class == "P":
        return code.startswith("PPL") and code not in _LEFT_OUT_TOWNS
    return f"{feature_class}.{code}" in FEATURES
