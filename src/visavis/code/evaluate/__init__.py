"""How good a coder is: its events against a gold standard, with intervals.

>>> gold = [{"id": "1", "events": [{"event": "AGREE", "source": [{"code": "HUN"}, {"code": "ROU"}], "target": []}]}]
>>> score_events(gold, gold, boot=0).micro["type+dyad"].f1
1.0
"""

from __future__ import annotations

from visavis.code.evaluate.report import Report, Rules, score_events

__all__ = ["Report", "Rules", "score_events"]
