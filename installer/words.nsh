; Every sentence of the installer, in Vietnamese and in English.

!macro Words NAME VIETNAMESE ENGLISH
  LangString ${NAME} ${LANG_VIETNAMESE} "${VIETNAMESE}"
  LangString ${NAME} ${LANG_ENGLISH} "${ENGLISH}"
!macroend

!insertmacro Words WELCOME_TITLE "Cài Phối Hợp ${VERSION}" "Install Phối Hợp ${VERSION}"
!insertmacro Words WELCOME_NEW \
  "Sổ theo dõi quy chế phối hợp, chạy trên máy này, không dùng mạng.$\r$\n$\r$\nChương trình được cài cho tài khoản Windows đang dùng, không cần quyền quản trị.$\r$\n$\r$\nNhấn Cài đặt để bắt đầu." \
  "A register of coordination regulations that runs on this computer without a network.$\r$\n$\r$\nIt is installed for this Windows account only and needs no administrator rights.$\r$\n$\r$\nClick Install to start."
!insertmacro Words WELCOME_UPGRADE \
  "Máy đang có Phối Hợp $Installed.$\r$\n$\r$\nBộ cài sao lưu sổ, kiểm tra bản sao lưu, rồi mới thay chương trình. Sổ, tệp đính kèm và thiết lập được giữ nguyên.$\r$\n$\r$\nĐóng Phối Hợp rồi nhấn Cài đặt." \
  "Phối Hợp $Installed is installed.$\r$\n$\r$\nThe register is backed up and the backup checked before the program is replaced. Register, attachments and settings stay as they are.$\r$\n$\r$\nClose Phối Hợp, then click Install."
!insertmacro Words FINISH_TITLE "Đã cài Phối Hợp ${VERSION}" "Phối Hợp ${VERSION} is installed"
!insertmacro Words FINISH_TEXT \
  "Mở chương trình từ nút Start, mục Phối Hợp. Bấm đúp vào gói nhận được (.phx) cũng mở chương trình." \
  "Open it from Start, Phối Hợp. A double click on a received package (.phx) opens it too."
!insertmacro Words FINISH_RUN "Mở Phối Hợp" "Open Phối Hợp"
!insertmacro Words FINISH_DESKTOP "Đặt biểu tượng trên màn hình nền" "Put an icon on the desktop"
!insertmacro Words SHORTCUT "Sổ theo dõi quy chế phối hợp" "Register of coordination regulations"

!insertmacro Words OLD_SYSTEM \
  "Phối Hợp cần Windows 10 phiên bản 1809 trở lên, 64 bit. Máy này có Windows cũ hơn nên chưa cài." \
  "Phối Hợp needs 64-bit Windows 10 version 1809 or later. This Windows is older; nothing was installed."
!insertmacro Words STRANGE_PLACE \
  "Thư mục $INSTDIR đã có tệp của chương trình khác nên chưa cài. Chọn một thư mục trống." \
  "The folder $INSTDIR holds other files; nothing was installed. Choose an empty folder."
!insertmacro Words NEWER_THERE \
  "Máy đã có Phối Hợp $Installed, mới hơn bản ${VERSION} của bộ cài này, nên không cài đè. Dùng bộ cài $Installed hoặc mới hơn." \
  "Phối Hợp $Installed is installed and newer than ${VERSION} of this installer; nothing was changed. Use the installer of $Installed or later."
!insertmacro Words RUNNING \
  "Phối Hợp đang mở. Đóng mọi cửa sổ Phối Hợp rồi nhấn Thử lại." \
  "Phối Hợp is open. Close all its windows, then click Retry."
!insertmacro Words NO_BACKUP \
  "Chưa sao lưu được sổ trước khi thay chương trình: $Said$\r$\n$\r$\nVẫn cài tiếp mà không có bản sao lưu mới? Bộ cài không chạm vào sổ." \
  "The register could not be backed up before the program is replaced: $Said$\r$\n$\r$\nGo on without a new backup? The installer does not touch the register."
!insertmacro Words LOG_NO_BACKUP \
  "Chưa sao lưu được sổ nên dừng, chương trình cũ vẫn nguyên: $Said" \
  "The register could not be backed up; stopped, the old program is as it was: $Said"
!insertmacro Words BROKEN \
  "Chương trình vừa giải nén không chạy được nên chưa thay bản đang dùng. Phần mềm diệt virus có thể đã chặn một tệp; kiểm tra rồi chạy lại bộ cài. $Said" \
  "The unpacked program does not start, so the one in use was not replaced. A virus scanner may have blocked a file; check and run the installer again. $Said"
!insertmacro Words FAILED \
  "Không ghi được chương trình vào $INSTDIR; bản đang dùng (nếu có) vẫn nguyên. Kiểm tra dung lượng ổ đĩa rồi chạy lại bộ cài." \
  "The program could not be written to $INSTDIR; the one in use, if any, is as it was. Check the free space and run the installer again."

!insertmacro Words BACKING_UP "Sao lưu sổ và kiểm tra bản sao lưu …" "Backing up the register and checking the backup …"
!insertmacro Words UNPACKING "Giải nén chương trình …" "Unpacking the program …"
!insertmacro Words TRYING "Chạy thử chương trình vừa giải nén …" "Starting the unpacked program …"
!insertmacro Words SWAPPING "Thay chương trình …" "Putting the program in its place …"

!insertmacro Words REMOVE_CONFIRM \
  "Gỡ chương trình Phối Hợp khỏi tài khoản Windows này. Sổ, bản sao lưu và thiết lập được giữ lại." \
  "Phối Hợp is removed from this Windows account. Register, backups and settings are kept."
!insertmacro Words REMOVED \
  "Đã gỡ Phối Hợp. Dữ liệu vẫn còn:$\r$\n$\r$\n$Said$\r$\n$\r$\nXóa các thư mục ấy bằng tay khi chắc chắn không cần nữa." \
  "Phối Hợp has been removed. Its data is still there:$\r$\n$\r$\n$Said$\r$\n$\r$\nDelete these folders by hand once you are sure nobody needs them."
!insertmacro Words LOG_INSTALLED "Đã cài ${VERSION} vào $INSTDIR." "Installed ${VERSION} in $INSTDIR."
!insertmacro Words LOG_UPGRADED \
  "Đã nâng từ $Installed lên ${VERSION} trong $INSTDIR." "Upgraded $Installed to ${VERSION} in $INSTDIR."
!insertmacro Words LOG_REMOVED "Đã gỡ chương trình. Dữ liệu còn lại: $Said" "Removed. Data that stays: $Said"
