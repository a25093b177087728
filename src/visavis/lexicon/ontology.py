"""PLOVER's event types with their quad class and intensity, the map from CAMEO, and the algebra of verbal acts.

Sources: PLOVER codebook (Open Event Data Alliance 2016-2021), CAMEO manual 1.1b3 (Schrodt 2012), Goldstein (1992).
Decisions on PLOVER's known faults stand in docs/ontology.md: SANCTION is quad 3, ACCUSE weighs -2.0, CAMEO 20 is ASSAULT.
"""

from __future__ import annotations

from typing import Final

QUAD: Final[dict[str, int]] = {
    "AGREE": 1,
    "CONSULT": 1,
    "SUPPORT": 1,
    "CONCEDE": 1,
    "COOPERATE": 2,
    "AID": 2,
    "RETREAT": 2,
    "REQUEST": 3,
    "ACCUSE": 3,
    "REJECT": 3,
    "THREATEN": 3,
    "SANCTION": 3,
    "PROTEST": 4,
    "MOBILIZE": 4,
    "COERCE": 4,
    "ASSAULT": 4,
}
TYPES: Final = tuple(QUAD)
RECIPROCAL: Final = frozenset({"AGREE", "CONSULT", "COOPERATE"})
QUAD_NAMES: Final = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}

# PLOVER's intensity per type on the Goldstein scale, -10 (conflict) .. 10 (cooperation).
INTENSITY: Final[dict[str, float]] = {
    "AGREE": 3.0,
    "CONSULT": 3.0,
    "SUPPORT": 4.0,
    "CONCEDE": 5.0,
    "COOPERATE": 6.4,
    "AID": 7.0,
    "RETREAT": 7.0,
    "REQUEST": -1.0,
    "ACCUSE": -2.0,
    "REJECT": -4.0,
    "THREATEN": -5.0,
    "SANCTION": -6.0,
    "PROTEST": -6.5,
    "MOBILIZE": -7.2,
    "COERCE": -8.0,
    "ASSAULT": -9.5,
}

_ROOTS: Final = {
    "03": "AGREE",
    "04": "CONSULT",
    "05": "SUPPORT",
    "06": "COOPERATE",
    "07": "AID",
    "08": "CONCEDE",
    "09": "ACCUSE",
    "10": "REQUEST",
    "11": "ACCUSE",
    "12": "REJECT",
    "13": "THREATEN",
    "14": "PROTEST",
    "15": "MOBILIZE",
    "16": "SANCTION",
    "17": "COERCE",
    "18": "ASSAULT",
    "19": "ASSAULT",
    "20": "ASSAULT",
}
# Codes whose PLOVER type is not that of their CAMEO root (the 2021 mapping; 0813 and 0814 stay CONCEDE, as in the manual).
_EXCEPTIONS: Final = {
    "084": "RETREAT",
    "085": "RETREAT",
    "086": "RETREAT",
    "087": "RETREAT",
    "175": "ASSAULT",
    "1712": "ASSAULT",
    "191": "COERCE",
    "192": "COERCE",
}


def type_of_cameo(code: str) -> str | None:
    """The PLOVER type of a CAMEO code (text: "010" is not "10"), the longest prefix deciding; None for 01, 02 and unknown codes."""
    for length in (4, 3):
        if code[:length] in _EXCEPTIONS:
            return _EXCEPTIONS[code[:length]]
    return _ROOTS.get(code[:2])


def quad_of(event_type: str) -> int:
    """The quad class 1-4 of a PLOVER type. Raises KeyError for an unknown type."""
    return QUAD[event_type]


# The algebra: CAMEO mirrors one list of acts under intent (03), demand (10), refusal (12), threat (13) and reduction (16).
# Each table goes from the prefix of the inner act's code to the code of the whole; the longest prefix wins.
INTENT: Final = {
    "": "030", "03": "030", "04": "036", "045": "039", "05": "032", "057": "030", "06": "031", "061": "0311", "062": "0312",
    "063": "0313", "064": "0314", "07": "033", "071": "0331", "072": "0332", "073": "0333", "074": "0334", "08": "035",
    "081": "0351", "082": "0352", "083": "034", "0831": "0341", "0832": "0342", "0833": "0343", "0834": "0344",
    "084": "0353", "085": "0354", "086": "0355", "087": "0356", "15": "030",
}  # fmt: skip
DEMAND: Final = {
    "": "100", "03": "100", "04": "106", "045": "108", "05": "102", "057": "107", "06": "101", "061": "1011", "062": "1012",
    "063": "1013", "064": "1014", "07": "103", "071": "1031", "072": "1032", "073": "1033", "074": "1034", "08": "105",
    "081": "1051", "082": "1052", "083": "104", "0831": "1041", "0832": "1042", "0833": "1043", "0834": "1044",
    "084": "1053", "085": "1054", "086": "1055", "087": "1056", "16": "102", "12": "102",
}  # fmt: skip
REFUSAL: Final = {
    "": "120", "03": "120", "04": "125", "045": "126", "05": "120", "057": "127", "06": "121", "061": "1211", "062": "1212",
    "063": "1213", "064": "1214", "07": "122", "071": "1221", "072": "1222", "073": "1223", "074": "1224", "08": "124",
    "081": "1241", "082": "1242", "083": "123", "0831": "1231", "0832": "1232", "0833": "1233", "0834": "1234",
    "084": "1243", "085": "1244", "086": "1245", "087": "1246", "10": "120", "106": "125", "107": "127", "104": "123",
}  # fmt: skip
THREAT: Final = {
    "": "130", "14": "133", "15": "138", "16": "131", "161": "1313", "162": "1311", "163": "1312", "164": "134",
    "165": "135", "166": "136", "17": "132", "1722": "1322", "1723": "1323", "1724": "1324", "175": "137", "18": "1383",
    "19": "138", "190": "1384", "191": "1381", "192": "1382", "194": "1384", "195": "1384", "20": "1385",
}  # fmt: skip
# Ending a good thing is a sanction, ending a bad one a concession or a retreat.
CESSATION: Final = {
    "03": "160", "04": "164", "042": "161", "043": "161", "045": "165", "05": "161", "057": "160", "06": "160", "07": "162",
    "071": "1621", "072": "1622", "073": "1623", "074": "1661", "163": "085", "16": "080", "161": "050", "17": "081", "1723": "0813",
    "1724": "0814", "1722": "0812", "1721": "0811", "14": "082", "18": "087", "19": "087", "191": "0872", "192": "0874", "20": "087",
    "15": "087", "13": "080", "09": "080", "11": "080", "173": "0841",
}  # fmt: skip


def compose(table: dict[str, str], inner: str | None) -> str | None:
    """The code in `table` for the longest prefix of the inner act's CAMEO code; None when the table says nothing of it."""
    code = inner or ""
    for length in range(len(code), -1, -1):
        if code[:length] in table:
            return table[code[:length]]
    return None


# The code that says no more than the type.
ROOT_CODE: Final = {
    "AGREE": "030",
    "CONSULT": "040",
    "SUPPORT": "050",
    "COOPERATE": "060",
    "AID": "070",
    "CONCEDE": "080",
    "RETREAT": "087",
    "ACCUSE": "110",
    "REQUEST": "100",
    "REJECT": "120",
    "THREATEN": "130",
    "PROTEST": "140",
    "MOBILIZE": "150",
    "SANCTION": "160",
    "COERCE": "170",
    "ASSAULT": "190",
}
