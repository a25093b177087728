"""A record for programs that speak the Model Context Protocol: read-only tools over the same views as the pages."""

from __future__ import annotations

from visavis.show.mcp.server import make_server, run_stdio
from visavis.show.mcp.tools import Tools

__all__ = ["Tools", "make_server", "run_stdio"]
