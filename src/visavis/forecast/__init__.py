"""Forecast: history of dyadic acts in, probabilities out, each one a sum over dated past acts.

`ranking/` says who and what next, `chances/` whether within so many days; `acts` reads a record, `answers` asks, `reasons` explain,
`ledger` keeps what was issued.
"""

from __future__ import annotations

from visavis.forecast.acts import acts_of, find_class
from visavis.forecast.answers import Answer, ask, ask_next, fit_class
from visavis.forecast.ledger import issue, read_ledger, settle

__all__ = ["Answer", "acts_of", "ask", "ask_next", "find_class", "fit_class", "issue", "read_ledger", "settle"]
