"""The view of a network: who stands with whom at a date, in which camps, and how balanced that is."""

from __future__ import annotations

from msgspec import Struct


class NodeLine(Struct, frozen=True, kw_only=True):
    """One state. `camp` counts from 1, 0 without ties; `margin` is how firmly it stands there (0 undecided, above 0.5 firm); `x` and `y`
    are its place in the picture, the same at every date."""

    code: str
    name: str
    camp: int
    margin: float
    events: float
    x: float
    y: float


class TieLine(Struct, frozen=True, kw_only=True):
    """One tie: `net` is closeness less hostility (log lift), `se` its standard error; counts are of events until the date, fractions where an
    event's month is not known. `against` tells that it is good between two camps or bad inside one."""

    a: str
    b: str
    a_name: str
    b_name: str
    net: float
    se: float
    cooperative: float
    conflictual: float
    against: bool


class BalanceLine(Struct, frozen=True, kw_only=True):
    """One measure of balance, 0..1, beside what it is when the same signs lie on the same ties at random: mean, standard deviation, and the
    share of `draws` that are at least as balanced. None where the network has nothing to measure."""

    measure: str
    value: float | None
    null_mean: float | None
    null_sd: float | None
    p: float | None


class NetworkView(Struct, frozen=True, kw_only=True):
    """A network of states. `at` is "all" or the last month counted, `dates` all that may be asked for; `sure` is how many standard errors
    and `least` how many events make a tie, `weak` the pairs with events that have fewer. `frustration` is the least number of ties in the way of two camps, `proven`
    when no fewer is possible. `left_out` states are quieter than those shown."""

    at: str
    dates: tuple[str, ...]
    memory: str
    sure: float
    least: int
    nodes: tuple[NodeLine, ...]
    ties: tuple[TieLine, ...]
    camps: tuple[tuple[str, ...], ...]
    weak: int
    left_out: int
    good: int
    bad: int
    frustration: int
    proven: bool
    balances: tuple[BalanceLine, ...]
    draws: int
