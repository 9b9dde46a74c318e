"""What Qt asks to have translated: its own strings in Vietnamese, or all of ours in English.

Qt ships no Vietnamese catalogue, and writes its own strings (buttons, the menu of a text field, the
file dialog, printing) in English. Only what a clerk can meet in this program is here; a string
that is missing shows in English, which the test of dialogs catches.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QTranslator

from app import language, words

WORDS: Mapping[str, str] = {
    # buttons
    "OK": "Đồng ý",
    "&OK": "Đồng ý",
    "Cancel": "Hủy",
    "&Cancel": "Hủy",
    "Close": "Đóng",
    "&Close": "Đóng",
    "&Yes": "Có",
    "&No": "Không",
    "Yes": "Có",
    "No": "Không",
    "Save": "Lưu",
    "&Save": "Lưu",
    "Open": "Mở",
    "&Open": "Mở",
    "Apply": "Áp dụng",
    "Reset": "Đặt lại",
    "Help": "Trợ giúp",
    "Discard": "Bỏ",
    "Retry": "Thử lại",
    "Ignore": "Bỏ qua",
    "Abort": "Dừng",
    "Restore Defaults": "Trở về mặc định",
    "Choose": "Chọn",
    "&Choose": "Chọn",
    # the menu of a text field
    "&Undo": "Hoàn tác",
    "&Redo": "Làm lại",
    "Cu&t": "Cắt",
    "&Copy": "Sao chép",
    "Copy &Link Location": "Sao chép địa chỉ liên kết",
    "&Paste": "Dán",
    "Delete": "Xóa",
    "Select All": "Chọn tất cả",
    "Clear": "Xóa trắng",
    "&Step up": "Tăng",
    "Step &down": "Giảm",
    # the file dialog
    "Look in:": "Trong:",
    "&Look in:": "Trong:",
    "Look in": "Trong",
    "Files of &type:": "Loại tệp:",
    "&Directory:": "Thư mục:",
    "Show ": "Hiện ",
    "File &name:": "Tên tệp:",
    "File name:": "Tên tệp:",
    "Files of type:": "Loại tệp:",
    "Directory:": "Thư mục:",
    "Save As": "Lưu thành",
    "Find Directory": "Tìm thư mục",
    "Back": "Lùi lại",
    "Go back": "Lùi lại",
    "Forward": "Tiến tới",
    "Go forward": "Tiến tới",
    "Parent Directory": "Thư mục trên",
    "Go to the parent directory": "Lên thư mục trên",
    "Create New Folder": "Tạo thư mục mới",
    "Create a New Folder": "Tạo thư mục mới",
    "New Folder": "Thư mục mới",
    "&New Folder": "Thư mục mới",
    "List View": "Dạng danh sách",
    "Change to list view mode": "Xem dạng danh sách",
    "Detail View": "Dạng chi tiết",
    "Change to detail view mode": "Xem dạng chi tiết",
    "Sidebar": "Nơi hay dùng",
    "List of places and bookmarks": "Nơi hay dùng",
    "Files": "Tệp",
    "&Rename": "Đổi tên",
    "&Delete": "Xóa",
    "Show &hidden files": "Hiện tệp ẩn",
    "All Files": "Mọi tệp",
    "All Files (*)": "Mọi tệp (*)",
    "Recent Places": "Nơi vừa dùng",
    "Remove": "Bỏ",
    "Computer": "Máy tính",
    "My Computer": "Máy tính",
    "Name": "Tên",
    "Size": "Cỡ",
    "Type": "Loại",
    "Kind": "Loại",
    "Date Modified": "Ngày sửa",
    "Folder": "Thư mục",
    "File Folder": "Thư mục",
    "Drive": "Ổ đĩa",
    "Unknown": "Không rõ",
    "%1 bytes": "%1 byte",
    "%1 byte(s)": "%1 byte",
    "%1\nFile not found.\nPlease verify the correct file name was given.": (
        "Không tìm thấy tệp %1.\nHãy xem lại tên tệp."
    ),
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.": (
        "Không tìm thấy thư mục %1.\nHãy xem lại tên thư mục."
    ),
    "%1 already exists.\nDo you want to replace it?": "Đã có tệp %1.\nGhi đè lên tệp này?",
    "Are you sure you want to delete '%1'?": "Xóa “%1”?",
    "Could not delete directory.": "Không xóa được thư mục.",
    "Invalid filename": "Tên tệp không hợp lệ",
    # printing
    "Print": "In",
    "&Print": "In",
    "Print...": "In…",
    "Print Preview": "Xem trước bản in",
    "Next page": "Trang sau",
    "Previous page": "Trang trước",
    "First page": "Trang đầu",
    "Last page": "Trang cuối",
    "Fit width": "Vừa bề ngang",
    "Fit page": "Vừa trang",
    "Zoom in": "Phóng to",
    "Zoom out": "Thu nhỏ",
    "Portrait": "Dọc",
    "Landscape": "Ngang",
    "Show single page": "Xem một trang",
    "Show facing pages": "Xem hai trang",
    "Show overview of all pages": "Xem mọi trang",
    "Page setup": "Thiết lập trang",
    "Page Setup": "Thiết lập trang",
    "Export to PDF": "Xuất ra PDF",
    "Printer": "Máy in",
    "&Name:": "Tên:",
    "P&roperties": "Thuộc tính",
    "Location:": "Vị trí:",
    "Preview": "Xem trước",
    "Type:": "Loại:",
    "Output &file:": "Ghi ra tệp:",
    "Copies": "Số bản",
    "Print range": "Phạm vi in",
    "Print all": "In tất cả",
    "Pages from": "Từ trang",
    "to": "đến",
    "Current Page": "Trang này",
    "Selection": "Phần đã chọn",
    "Output Settings": "Thiết lập bản in",
    "Copies:": "Số bản:",
    "Collate": "Xếp theo bộ",
    "Reverse": "Thứ tự ngược",
    "Options": "Tùy chọn",
    "Color Mode": "Màu",
    "Color": "Màu",
    "Grayscale": "Đen trắng",
    "None": "Không",
    "Long side": "Cạnh dài",
    "Short side": "Cạnh ngắn",
    "Print to File (PDF)": "In ra tệp PDF",
    "&Options >>": "Tùy chọn >>",
    "&Options <<": "Tùy chọn <<",
    "All Pages": "Mọi trang",
    "Even Pages": "Trang chẵn",
    "Odd Pages": "Trang lẻ",
    "Pages": "Các trang",
    "Page &Set:": "In trang:",
    "Double Sided Printing": "In hai mặt",
    "Off": "Không",
    "Long side binding": "Đóng gáy cạnh dài",
    "Short side binding": "Đóng gáy cạnh ngắn",
    "Local file": "Tệp trên máy",
    "Write PDF file": "Ghi tệp PDF",
    "Specify pages or ranges separated by commas. Ranges are specified by two numbers separated by "
    "a hyphen. E.g: 3,5-7,9 prints pages 3, 5, 6, 7 and 9.": (
        "Ghi số trang hoặc khoảng trang, cách nhau bằng dấu phẩy. Ví dụ 3,5-7,9 in các trang 3, 5, "
        "6, 7 và 9."
    ),
    "Page Layout": "Bố trí trang",
    "Page &order:": "Thứ tự trang:",
    "Pages &per sheet:": "Số trang trên một tờ:",
    "Reverse landscape": "Ngang, quay ngược",
    "Reverse portrait": "Dọc, quay ngược",
    "Left to Right, Top to Bottom": "Trái sang phải, trên xuống dưới",
    "Left to Right, Bottom to Top": "Trái sang phải, dưới lên trên",
    "Right to Left, Top to Bottom": "Phải sang trái, trên xuống dưới",
    "Right to Left, Bottom to Top": "Phải sang trái, dưới lên trên",
    "Top to Bottom, Left to Right": "Trên xuống dưới, trái sang phải",
    "Top to Bottom, Right to Left": "Trên xuống dưới, phải sang trái",
    "Bottom to Top, Left to Right": "Dưới lên trên, trái sang phải",
    "Bottom to Top, Right to Left": "Dưới lên trên, phải sang trái",
    "top margin": "lề trên",
    "bottom margin": "lề dưới",
    "left margin": "lề trái",
    "right margin": "lề phải",
    "Custom": "Tự chọn",
    "Page size:": "Khổ giấy:",
    "Width:": "Rộng:",
    "Height:": "Cao:",
    "Paper source:": "Nguồn giấy:",
    "Orientation": "Hướng giấy",
    "Paper": "Giấy",
    "Margins": "Lề",
    "Millimeters (mm)": "Milimét (mm)",
    # the window
    "Minimize": "Thu nhỏ",
    "Maximize": "Phóng to",
    "Restore": "Khôi phục",
}


class QtWords(QTranslator):
    """Answers for every context: the same word is mostly the same word everywhere.

    In Vietnamese it knows Qt's words, ours being written in it; else it knows ours.
    """

    def translate(
        self,
        context: str,
        source: str,
        disambiguation: str | None = None,
        number: int = -1,
    ) -> str:
        del disambiguation, number
        ours = language.spoken() != language.VIETNAMESE
        # None is Qt's null string, "ask the next one"; an empty string would blank the word
        return words.found(source, context) if ours else WORDS.get(source)  # type: ignore[return-value]

    def isEmpty(self) -> bool:
        return False
