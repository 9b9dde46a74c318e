"""A Windows Python on a Linux machine: laid out below .cache, run by wine.

The rest of the project asks here for two things: `laid_out()`, which gives the layout (made the
first time, which needs a network), and what the layout can run.
"""

from tools.windows.layout import laid_out
from tools.windows.wine import Done, Layout

__all__ = ["Done", "Layout", "laid_out"]
