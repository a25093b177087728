"""`/assets/vega.js`: the charts' JavaScript, from this machine."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import FileResponse

from visavis.show.web.assets import charts_script

router = APIRouter(include_in_schema=False)


@router.get("/assets/vega.js")
def vega() -> FileResponse:
    """Vega, Vega-Lite and Vega-Embed in one file."""
    return FileResponse(charts_script(), media_type="text/javascript", headers={"Cache-Control": "max-age=86400"})
