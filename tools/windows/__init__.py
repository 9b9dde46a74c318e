"""A Windows Python on a Linux machine: laid out below .cache, run by wine.

The rest of the project asks here for `laid_out()`, which gives the layout (made the first time,
which needs a network), and for what the layout can run. `checks` holds `dev.py windows`.
"""

from tools.windows.layout import Unavailable, laid_out
from tools.windows.wine import Done, Layout

__all__ = ["Done", "Layout", "Unavailable", "laid_out"]
