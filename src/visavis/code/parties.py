"""From actors in roles to parties: each once, nobody a target of himself, unnamed people at home where they act or suffer.

PLOVER codes domestic events with the state on both sides ("Egyptian police fired at demonstrators" is EGY COP to EGY CVL).
"""

from __future__ import annotations

from msgspec import structs

from visavis.code.actors import Actor
from visavis.code.acts import Act
from visavis.code.sides import RULERS, same_side
from visavis.lexicon.ontology import RECIPROCAL
from visavis.records import Party

# Sectors whose members, when no state is named with them, belong to the state that the sentence is about.
_HOME = frozenset("GOV MIL COP LEG JUD SPY OPP REB CVL LAB EDU REL REF ELI JRN BUS HRI PTY".split())
_NOT_STATES = frozenset(
    "UNO EUR SCO WST IGO NGO IMG MNC GCC CIS IMF WBK ICC ICJ WHO WTO OIC IOM OAS ARB AFR EUROPE ASIA AFRICA NATO".split()
)
# Measures that a state takes or lifts on its own ground: amnesty, curfew, emergency, ban.
_INTERNAL = ("081", "082", "1321", "1322", "1323", "1324", "1722", "1723", "1724")
_INTERNAL_TYPES = frozenset({"CONCEDE", "COERCE", "THREATEN", "REJECT"})


def distinct(actors: tuple[Actor, ...]) -> tuple[Party, ...]:
    """The parties of the actors, each state or body once by sector, a bare state not beside its own officials."""
    found: dict[tuple[str, str], Party] = {}
    for party in (p for a in actors for p in a.parties):
        found.setdefault((party.code or party.words, party.sector), party)
    sectors = {code for code, sector in found if sector}
    return tuple(p for (code, sector), p in found.items() if sector or code not in sectors)


def settled(parties: tuple[Party, ...], home: str) -> tuple[Party, ...]:
    """The parties; an official, soldier, rebel or citizen of no named state belongs to `home`, the only state named, where there is one."""
    if not home:
        return parties
    return tuple(
        structs.replace(p, code=home, how=f"{p.how}, at home") if not p.code and p.sector in _HOME else p
        for p in parties
    )


def targets_at_home(act: Act, sources: tuple[Party, ...], targets: tuple[Party, ...], home: str) -> tuple[Party, ...]:
    """The targets; unnamed people belong to the only state named, and a measure at home without a target meets the state itself."""
    if not home:
        return targets
    if targets:
        return settled(targets, home)
    internal = act.type in _INTERNAL_TYPES and act.cameo.startswith(_INTERNAL)
    whole = next((p for p in sources if p.code == home and p.sector in RULERS), None) if internal else None
    return (structs.replace(whole, sector="", how="at home: a measure on its own ground"),) if whole else ()


def others(act: Act, sources: tuple[Party, ...], targets: tuple[Party, ...], how: str) -> tuple[Party, ...]:
    """The targets that are not the sources again, and not unknown words that only stand near."""
    far = how.startswith(("nearest", "any", "content: nearest"))
    mutual = len({p.code for p in sources}) > 1 and (act.type in RECIPROCAL or act.cameo in ("050", "057"))
    kept = []
    for party in targets:
        same = [p for p in sources if p.code == party.code and same_side(p.sector, party.sector)]
        if (party.code and same) or (not party.code and far) or (mutual and any(p.code == party.code for p in sources)):
            continue
        kept.append(party)
    return tuple(kept)


def only_state(around: tuple[Actor, ...]) -> str:
    """The one state that the actors and places of a sentence name; empty for none or several."""
    states = {p.code for a in around for p in a.parties if len(p.code) == 3 and p.code not in _NOT_STATES}
    return states.pop() if len(states) == 1 else ""
