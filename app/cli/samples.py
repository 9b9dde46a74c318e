"""The command `sample`: fill an empty register with the sample office."""

from __future__ import annotations

from app.cli.desk import Answer, Desk
from app.cli.usage import Asked, Command
from app.services import sample
from app.words import told


def make_sample(desk: Desk, _asked: Asked) -> Answer:
    """Fill the folder with the sample office. Refused where there are records already."""
    counts = sample.fill(desk.store, today=desk.today)
    made = ", ".join(f"{count} {word}" for word, count in counts.words())
    return Answer(
        counts.by_kind,
        told("Đã tạo văn phòng mẫu trong {folder}: {made}.", folder=desk.folder, made=made),
    )


COMMANDS = (
    Command(
        "sample",
        "tạo văn phòng mẫu trong thư mục dữ liệu trống",
        make_sample,
        may_begin=True,
        example="sample --data van-phong-mau",
    ),
)
