"""From a record to the tile map: how every state stands to one of them, by the measure that was asked for."""

from __future__ import annotations

from collections.abc import Mapping

from visavis.errors import QueryError
from visavis.show.counted import Past, Standing, standing
from visavis.show.digest.scopes import ALL
from visavis.show.views.parts import name_of
from visavis.show.views.tiles import MEASURES, MapView, Value, classes_of, tiles_of
from visavis.store import Record

# A net relation nearer to 0 than this many standard errors is drawn as unclear.
_SURE = 1.0

_VOTES = """
with cast_votes as (
  select state, assembly, session, rollcall, case choice when 'yes' then 1.0 when 'abstain' then 0.5 else 0.0 end as vote
  from votes where choice in ('yes', 'abstain', 'no') and ($year = 0 or year(try_cast(date as date)) <= $year)
), last as (select max(session) as session from cast_votes where state = $actor)
select b.state, avg(1 - abs(a.vote - b.vote)) as agreement, any_value(a.session) as session
from cast_votes a join cast_votes b using (assembly, session, rollcall) join last using (session)
where a.state = $actor and b.state <> $actor group by 1 order by 1
"""


def fetch_map(
    record: Record, past: Past, names: Mapping[str, str], measure: str = "net", actor: str = "", at: str = ALL
) -> MapView:
    """The map of `measure` against `actor`, the busiest state when none is given. Raises QueryError for an unknown measure or date."""
    if measure not in MEASURES:
        raise QueryError(f"{measure!r} is no measure of the map.", f"Measures: {', '.join(MEASURES)}.")
    now = standing(past, at)
    chosen = actor or _busiest(past)
    values, session = _votes(record, chosen, now.at) if measure == "votes" else (_values(now, measure, chosen), None)
    tiles, off = tiles_of(values, measure, names)
    return MapView(
        measure=measure,
        actor=chosen,
        actor_name=name_of(chosen, names),
        at=now.at,
        dates=past.dates,
        session=session,
        tiles=tuple(tiles),
        off=tuple(off),
        classes=classes_of(measure),
    )


def _busiest(past: Past) -> str:
    whole = standing(past)
    events = whole.told.sum(1)
    return whole.states[int(events.argmax())] if len(events) and events.any() else ""


def _values(now: Standing, measure: str, actor: str) -> dict[str, Value]:
    """Of every state that has events with the actor until then."""
    if actor not in now.states:
        return {}
    i = now.states.index(actor)
    found = {}
    for j, state in enumerate(now.states):
        good, bad = float(now.cooperative[i, j]), float(now.conflictual[i, j])
        if good + bad > 0:
            net, se = float(now.net[i, j]), float(now.se[i, j])
            found[state] = {
                "net": Value(value=net, se=se, clear=abs(net) > _SURE * se),
                "balance": Value(value=(good - bad) / (good + bad)),
                "events": Value(value=good + bad),
            }[measure]
    return found


def _votes(record: Record, actor: str, at: str) -> tuple[dict[str, Value], int | None]:
    """Agreement with the actor in the last session until then, 0..1, an abstention as half an agreement."""
    rows = record.sql(_VOTES, {"actor": actor, "year": 0 if at == ALL else int(at[:4])}).to_pylist()
    return {row["state"]: Value(value=row["agreement"]) for row in rows}, rows[0]["session"] if rows else None
