"""The charts' JavaScript (Vega, Vega-Lite, Vega-Embed) from the `vl_convert` package, written once into the user's cache."""

from __future__ import annotations

import os
import tempfile
import threading
from functools import cache
from importlib.metadata import version
from pathlib import Path

_MAKING = threading.Lock()
# What the page's own script needs of the bundle.
_SNIPPET = "window.vegaEmbed = vegaEmbed;"


@cache
def cache_folder() -> Path:
    """The folder for what can be made again: `$XDG_CACHE_HOME/visavis`, `~/.cache/visavis`, else one that ends with the process."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(base) / "visavis"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return Path(tempfile.mkdtemp(prefix="visavis-"))


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
