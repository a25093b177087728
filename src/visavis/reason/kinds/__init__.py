"""The model kinds: one explicit list, from name to kind. A kind reads its tables and solves; the questions are asked elsewhere."""

from __future__ import annotations

from visavis.reason.kinds.align import ALIGN
from visavis.reason.kinds.bargain import BARGAIN
from visavis.reason.kinds.decision import DECISION
from visavis.reason.kinds.exchange import EXCHANGE
from visavis.reason.kinds.shock import SHOCK
from visavis.reason.kinds.vote import VOTE
from visavis.reason.outcome import Kind

__all__ = ["KINDS"]

KINDS: dict[str, Kind] = {kind.name: kind for kind in (DECISION, EXCHANGE, BARGAIN, VOTE, SHOCK, ALIGN)}
