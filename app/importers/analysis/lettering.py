"""Vietnamese before Unicode: TCVN3 (ABC), VNI, VPS and VISCII letters.

Old Word files keep Latin-1 characters and leave it to the font to draw them as Vietnamese:
"§iÒu" in `.VnTime` is "Điều". Tables: TCVN 5712:1993 for TCVN3; the published charts of VNI and
VPS; RFC 1456 for VISCII. Decoding works on characters, so it serves bytes read as cp1252 too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from app.text import clean_lines

_TCVN3_FROM = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢§£¤¥¦"
_TCVN3_TO = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"

# VNI writes a letter and then its hat and tone: "aù" is á, "aá" is ấ, "öù" is ứ.
_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_HATS = {
    "â": "\u0302",
    "á": "\u0302\u0301",
    "à": "\u0302\u0300",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
}
_VNI_BREVES = {
    "ê": "\u0306",
    "é": "\u0306\u0301",
    "è": "\u0306\u0300",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}
_VNI_ALONE = {"ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư"}

_VPS_FROM = (
    "E0E1E4E3E5E2C0C3C4C5C6E6A2A1A3A4A5C7E8E9C8EBCBEA8A898BCD8CECEDCCEFCEF2F3D5F586F4D2D3B087B6"
    "D6A9A7AAABAEF9FAFBDBF8DCD8D9BABBBFFF9A9BCF9C"
    "80C1818288C28483858E8D8FF0F1D7C9DEFECA93909495B5B4B7B8BCB9BDBED497969899F79E9D9FA6A8DAD1ACD0AFADB1"
    "B2DDFDB3"
)
_VPS_TO = (
    "àáảãạâầấẩẫậăằắẳẵặđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
    "ÀÁẢÃĂÂẦẤẨẰẮẲẴĐÈÉẺẼÊỀẾỂỄÌÍỈĨÒÓỎÕÔỒỐỔỖƠỜỚỞỠÙÚỦŨƯỪỨỬỲÝỶỸ"
)
_VISCII_TO = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)

_UNICODE_ONLY = re.compile("[ĂăĐđĨĩŨũƠơƯư\u0300-\u0323\u1ea0-\u1ef9]")
_LEGACY = re.compile("[\x80-\xffŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]")
_WORD = re.compile(r"[^\W\d_]+")
_COMMON = frozenset(
    _WORD.findall(
        "và của các được với theo định phối hợp điều khoản cơ nhân dân tỉnh ủy uỷ công thực hiện "
        "nhiệm vụ trách chế đơn vị có không này một việc ngày tháng năm quyết số về đối tượng "
        "phạm chủ tịch cộng hòa hoà xã hội nghĩa việt độc lập hạnh phúc căn cứ luật bộ sở nghị "
        "chính phủ đồng tổ chức chương mục những khi đến từ tại người kết quả hằng quý chỉ đạo "
        "bảo vệ trật tự tình hình đề lãnh hướng dẫn kế hoạch kiểm tra quản lý nước địa phương "
        "thông báo"
    )
)


@dataclass(frozen=True)
class Lettering:
    """One old way of writing Vietnamese: its name on screen and how to read it."""

    name: str
    decode: Callable[[str], str]


def _table(origin: str, meaning: str) -> dict[int, str]:
    return {ord(a): b for a, b in zip(origin, meaning, strict=True)}


def _as_cp1252(codes: bytes) -> str:
    return "".join(bytes([c]).decode("cp1252", "ignore") or chr(c) for c in codes)


def _both_ways(codes: bytes, meaning: str) -> dict[int, str]:
    """A table that reads a byte whether it came to us as cp1252 or as Latin-1."""
    return _table(codes.decode("latin-1"), meaning) | _table(_as_cp1252(codes), meaning)


def _vni_pairs() -> dict[str, str]:
    pairs: dict[str, str] = {}
    for base in "aeouyôö":
        marks = (
            _VNI_TONES | (_VNI_HATS if base in "aeo" else {}) | (_VNI_BREVES if base == "a" else {})
        )
        letter = _VNI_ALONE.get(base, base)
        for mark, accents in marks.items():
            whole = unicodedata.normalize("NFC", letter + accents)
            for one in (mark, mark.upper()):
                pairs[base + one] = whole
                pairs[base.upper() + one] = whole.upper()
    return pairs


_TCVN3 = _table(_TCVN3_FROM, _TCVN3_TO)
_VPS = _both_ways(bytes.fromhex(_VPS_FROM), _VPS_TO)
_VISCII = _both_ways(bytes(range(0x80, 0x100)), _VISCII_TO)
_VNI_PAIRS = _vni_pairs()
_VNI_SINGLE = _VNI_ALONE | {a.upper(): b.upper() for a, b in _VNI_ALONE.items()}
_VNI = re.compile(
    "|".join(sorted(map(re.escape, _VNI_PAIRS), key=len, reverse=True))
    + "|["
    + "".join(_VNI_SINGLE)
    + "]"
)


def tcvn3(text: str) -> str:
    """Read *text* written for an ABC font (`.VnTime`)."""
    return text.translate(_TCVN3)


def tcvn3_capitals(text: str) -> str:
    """Read *text* written for an ABC font that draws small letters as capitals (`.VnTimeH`)."""
    return tcvn3(text).upper()


def vni(text: str) -> str:
    """Read *text* written for a VNI font (`VNI-Times`)."""
    return _VNI.sub(lambda m: _VNI_PAIRS.get(m.group()) or _VNI_SINGLE[m.group()], text)


def vps(text: str) -> str:
    """Read *text* written for a VPS font."""
    return text.translate(_VPS)


def viscii(text: str) -> str:
    """Read *text* written in VISCII."""
    return text.translate(_VISCII)


LETTERINGS = (
    Lettering("TCVN3 (ABC)", tcvn3),
    Lettering("VNI", vni),
    Lettering("VPS", vps),
    Lettering("VISCII", viscii),
)


def lettering_of_font(font: str) -> Callable[[str], str] | None:
    """How to read text set in *font*; None for a Unicode font."""
    name = font.strip().casefold()
    if name.startswith(".vn"):
        return tcvn3_capitals if name.endswith("h") or " h " in name else tcvn3
    if name.startswith(("vni-", "vni ")):
        return vni
    return vps if name.startswith("vps ") else None


def read_in_font(text: str, font: str) -> tuple[str, str]:
    """*text* as *font* draws it, and the lettering's name when that changed any letter.

    A font's name alone proves nothing: Unicode text pasted into `.VnTime` keeps the font's name,
    so what already reads better as it stands is left.
    """
    decode = lettering_of_font(font)
    if decode is None or is_unicode_vietnamese(text):
        return text, ""
    decoded = decode(text)
    if decoded.casefold() == text.casefold():
        return decoded, ""
    if likeness(text) > likeness(decoded):
        return text, ""
    return decoded, _NAMES.get(font.strip()[:3].casefold(), "TCVN3 (ABC)")


_NAMES = {"vni": "VNI", "vps": "VPS"}


def is_unicode_vietnamese(text: str) -> bool:
    """True when *text* has a letter that no legacy font could hold."""
    return _UNICODE_ONLY.search(text) is not None


def likeness(text: str) -> float:
    """How Vietnamese *text* reads: the share of its words that are common marked words, 0..1."""
    words = _WORD.findall(clean_lines(text).casefold())
    return sum(word in _COMMON for word in words) / len(words) if words else 0.0


def mended(lines: list[str]) -> tuple[list[str], str]:
    """Read the lines that some legacy lettering explains much better than Unicode does.

    Returns the lines and the lettering's name, "" when nothing was changed. Lines that already
    hold Unicode Vietnamese are left alone: one file may mix both.
    """
    doubtful = [n for n, line in enumerate(lines) if _is_doubtful(line)]
    sample = "\n".join(lines[n] for n in doubtful)
    best = max(LETTERINGS, key=lambda lettering: likeness(lettering.decode(sample)))
    if likeness(best.decode(sample)) < likeness(sample) + 0.08:
        return lines, ""
    found = list(lines)
    for n in doubtful:
        if likeness(best.decode(lines[n])) >= likeness(lines[n]):
            found[n] = best.decode(lines[n])
    return found, best.name


def _is_doubtful(line: str) -> bool:
    return bool(_LEGACY.search(line)) and not is_unicode_vietnamese(line)
