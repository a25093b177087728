"""The charts' JavaScript (Vega, Vega-Lite, Vega-Embed) from the `vl_convert` package, written once into the user's cache."""

from __future__ import annotations

import threading
from importlib.metadata import version
from pathlib import Path

from visavis.show.cache import cache_folder

_MAKING = threading.Lock()
# What the page's own script needs of the bundle.
_SNIPPET = "window.vegaEmbed = vegaEmbed;"


def charts_script() -> Path:
    """The file with the bundle; the first call on a machine makes it, which takes some seconds."""
    path = cache_folder() / f"vega-{version('vl-convert-python')}.js"
    with _MAKING:
        if not path.exists():
            import vl_convert

            half = path.with_suffix(".half")
            half.write_text(vl_convert.javascript_bundle(_SNIPPET), encoding="utf-8")
            half.rename(path)
    return path
