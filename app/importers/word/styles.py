"""How a Word run looks once its styles are followed: font, bold, capitals, list."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from app.importers.word.package import W

_OFF = ("0", "false", "off", "none")
_DEEPEST = 20  # basedOn steps; a damaged file may run in a circle


class WordStyles:
    """The styles part, asked by style id."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._default_fonts: etree._Element | None = None
        self._default = ""
        if root is None:
            return
        for style in root.findall(f"{W}style"):
            name = style.get(f"{W}styleId", "")
            self._styles[name] = style
            if style.get(f"{W}type") == "paragraph" and is_on(style.get(f"{W}default", "0")):
                self._default = name
        self._default_fonts = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts")

    def font(self, run: etree._Element | None, run_style: str, paragraph_style: str) -> str:
        """The Latin font in force, "" when nothing says."""
        for fonts in self._fonts(run, run_style, paragraph_style):
            name = fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")
            if name:
                return str(name)
        return ""

    def switch(
        self, tag: str, run: etree._Element | None, run_style: str, paragraph_style: str
    ) -> bool:
        """Whether an on/off property (b, caps, vanish) is in force."""
        own = None if run is None else run.find(f"{W}{tag}")
        if own is not None:
            return is_on(own.get(f"{W}val", "1"))
        return self._style_switch(tag, run_style) or self._style_switch(
            tag, paragraph_style or self._default
        )

    def name(self, style: str) -> str:
        """The style's own name in small letters: "toc 1"."""
        element = self._styles.get(style)
        found = None if element is None else element.find(f"{W}name")
        return "" if found is None else str(found.get(f"{W}val", "")).lower()

    def list_of(self, style: str) -> tuple[str, etree._Element | None]:
        """The style along the chain that sets a list, and its numPr; ("", None) when none does."""
        for element in self._chain(style or self._default):
            found = element.find(f"{W}pPr/{W}numPr")
            if found is not None:
                return str(element.get(f"{W}styleId", "")), found
        return "", None

    def _fonts(
        self, run: etree._Element | None, run_style: str, paragraph_style: str
    ) -> list[etree._Element]:
        found = [] if run is None else [run.find(f"{W}rFonts")]
        for style in (run_style, paragraph_style or self._default):
            found += [element.find(f"{W}rPr/{W}rFonts") for element in self._chain(style)]
        return [fonts for fonts in (*found, self._default_fonts) if fonts is not None]

    @lru_cache(maxsize=2048)  # noqa: B019 - a few styles, asked for every run of one file
    def _style_switch(self, tag: str, style: str) -> bool:
        for element in self._chain(style):
            found = element.find(f"{W}rPr/{W}{tag}")
            if found is not None:
                return is_on(found.get(f"{W}val", "1"))
        return False

    def _chain(self, style: str) -> list[etree._Element]:
        chain: list[etree._Element] = []
        while style in self._styles and len(chain) < _DEEPEST:
            chain.append(self._styles[style])
            based_on = self._styles[style].find(f"{W}basedOn")
            style = "" if based_on is None else str(based_on.get(f"{W}val", ""))
        return chain


def is_on(value: str | None) -> bool:
    """The meaning of an on/off attribute."""
    return (value or "1").lower() not in _OFF
