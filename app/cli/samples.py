"""The command `sample`: fill an empty register with the sample office."""

from __future__ import annotations

from app.cli.desk import Answer, Desk
from app.cli.usage import Asked, Command
from app.services import sample


def make_sample(desk: Desk, _asked: Asked) -> Answer:
    """Fill the folder with the sample office. Refused where there are records already."""
    counts = sample.fill(desk.store, today=desk.today)
    told = ", ".join(f"{count} {word}" for word, count in counts.words())
    return Answer(counts.by_kind, f"Đã tạo văn phòng mẫu trong {desk.folder}: {told}.")


COMMANDS = (
    Command(
        "sample",
        "tạo văn phòng mẫu trong thư mục dữ liệu trống",
        make_sample,
        may_begin=True,
        example="sample --data van-phong-mau",
    ),
)
