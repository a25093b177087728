"""The web face: server-rendered pages of one record, each with a `.json` and a `.csv` twin at the same address.

Routes fetch a view (`visavis.show.fetch`), `reply` gives it the form that was asked for. FastAPI is imported here and nowhere else.
"""

from __future__ import annotations

from visavis.show.web.app import make_app

__all__ = ["make_app"]
