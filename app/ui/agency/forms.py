"""The forms of the room Cơ quan."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.ui.common.form.form import FormSpec, Line


def agency(*, is_new: bool) -> FormSpec:
    """A body."""
    return FormSpec(
        key="agency",
        title=_tr("Thêm cơ quan") if is_new else _tr("Sửa cơ quan"),
        sections=(
            (
                _tr("Cơ quan"),
                ("name", Line("short_name", 264), Line("code", 132), Line("kind", 264)),
            ),
            (_tr("Quan hệ"), ("superior_id", "place", "focal")),
            (
                _tr("Thời gian"),
                (Line("valid_from"), Line("valid_to"), "ground", "note"),
            ),
        ),
    )


def rename(old: str) -> FormSpec:
    """A new name for a body, and the last day of the old one."""
    return FormSpec(
        key="agency_rename",
        title=_tr("Đổi tên {}").format(old),
        sections=(
            (
                _tr("Tên mới"),
                (
                    Line("name", label=_tr("Tên mới")),
                    Line("short_name", 264, label=_tr("Tên viết gọn mới")),
                    Line("valid_to", label=_tr("Ngày cuối dùng tên cũ")),
                ),
            ),
        ),
        may_add_another=False,
    )


def succession(name: str) -> FormSpec:
    """What became of a body."""
    return FormSpec(
        key="agency_succession",
        title=_tr("Kế thừa của {}").format(name),
        sections=(
            (
                _tr("Kế thừa"),
                ("successor_id", Line("kind", 264), "function"),
            ),
            (_tr("Căn cứ"), ("decision", "decided_on", "effective_on")),
        ),
        may_add_another=False,
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("AgencyForms", words)
