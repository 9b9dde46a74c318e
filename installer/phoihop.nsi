; The installer for one Windows account: no administrator's rights, nothing outside the account.
;
; `python3 dev.py build` calls makensis with VERSION (0.1.0), PAYLOAD (the packed program's folder),
; OUT, ICON, SIZE_KB and PARTS (a file that tools/packing writes from the program: what lies in its
; folder, which endings it opens); WORDS is a folder with NSIS's own Vietnamese. SIGN is a command that signs the uninstaller; FAST makes a larger
; file sooner, for tests.
;
; The new program is unpacked beside the old one, started once, and only then takes its place by a
; rename: an upgrade that is cut short at any moment leaves a whole program.

Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
!ifdef FAST
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 32
!endif
AllowSkipFiles off
CRCCheck force
BrandingText " "
ShowInstDetails nevershow
ShowUninstDetails nevershow

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include TextFunc.nsh
!include WordFunc.nsh
!include WinVer.nsh

Name "Phối Hợp"
OutFile "${OUT}"
!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
!endif
InstallDir "$LOCALAPPDATA\Programs\PhoiHop"

!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\PhoiHop"
!define CLASSES "Software\Classes"
!define PROGRAM "PhoiHop.exe"
!define CONSOLE "phoihop-cli.exe"
!define REMOVER "go-bo.exe"

Var WelcomeText
Var Installed ; the version that is there already, "" for none
Var LogFile
Var Said ; what a program of ours has printed

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${__FILEDIR__}/welcome.bmp"
!define MUI_ABORTWARNING
!define MUI_LANGDLL_ALWAYSSHOW
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "Software\PhoiHop"
!define MUI_LANGDLL_REGISTRY_VALUENAME "InstallerLanguage"
!define MUI_LANGDLL_WINDOWTITLE "Phối Hợp ${VERSION}"
!define MUI_LANGDLL_INFO "Ngôn ngữ của bộ cài / Language of the installer"

!define MUI_WELCOMEPAGE_TITLE "$(WELCOME_TITLE)"
!define MUI_WELCOMEPAGE_TEXT "$WelcomeText"
!define MUI_PAGE_CUSTOMFUNCTION_PRE Greet
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "$(FINISH_TITLE)"
!define MUI_FINISHPAGE_TEXT "$(FINISH_TEXT)"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!define MUI_FINISHPAGE_RUN_TEXT "$(FINISH_RUN)"
!define MUI_FINISHPAGE_SHOWREADME
!define MUI_FINISHPAGE_SHOWREADME_TEXT "$(FINISH_DESKTOP)"
!define MUI_FINISHPAGE_SHOWREADME_FUNCTION PutOnDesktop
!insertmacro MUI_PAGE_FINISH

!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(REMOVE_CONFIRM)"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES

!insertmacro MUI_LANGUAGEEX "${WORDS}" "Vietnamese"
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_RESERVEFILE_LANGDLL

VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
!macro Told LANGUAGE ABOUT
  VIAddVersionKey /LANG=${LANGUAGE} "ProductName" "Phối Hợp"
  VIAddVersionKey /LANG=${LANGUAGE} "CompanyName" "Phối Hợp"
  VIAddVersionKey /LANG=${LANGUAGE} "FileDescription" "${ABOUT}"
  VIAddVersionKey /LANG=${LANGUAGE} "FileVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANGUAGE} "ProductVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANGUAGE} "LegalCopyright" "Phối Hợp"
!macroend
!insertmacro Told ${LANG_VIETNAMESE} "Bộ cài Phối Hợp"
!insertmacro Told ${LANG_ENGLISH} "Phối Hợp installer"

!include "${PARTS}"
!include "${__FILEDIR__}/words.nsh"
!include "${__FILEDIR__}/steps.nsh"

Function .onInit ; sentences speak the chosen language only after this
  InitPluginsDir
  Call FindLog
  ${If} ${Silent}
    StrCpy $LANGUAGE ${LANG_VIETNAMESE}
  ${Else}
    StrCpy $LANGUAGE ${LANG_VIETNAMESE} ; offered first, whatever the language of this Windows
    !insertmacro MUI_LANGDLL_DISPLAY
  ${EndIf}
FunctionEnd

Function Greet
  Call Judge
  ${If} $Installed == ""
    StrCpy $WelcomeText "$(WELCOME_NEW)"
  ${Else}
    StrCpy $WelcomeText "$(WELCOME_UPGRADE)"
  ${EndIf}
FunctionEnd

Section
  Call Judge
  Call NeedClosed
  Call BackUp
  Call Unpack
  Call TryUnpacked
  Call Swap
  Call Register
  ${If} $Installed == ""
    ${Log} "$(LOG_INSTALLED)"
  ${Else}
    ${Log} "$(LOG_UPGRADED)"
  ${EndIf}
SectionEnd

Function .onInstFailed ; a file could not be unpacked, or the clerk has stopped it
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR.moi"
  ${Log} "$(FAILED)"
  SetErrorLevel ${CODE_UNWRITTEN}
FunctionEnd

Function PutOnDesktop
  CreateShortCut "$DESKTOP\Phối Hợp.lnk" "$INSTDIR\${PROGRAM}"
FunctionEnd

Function un.onInit
  InitPluginsDir
  Call un.FindLog
  StrCpy $LANGUAGE ${LANG_VIETNAMESE}
  ReadRegStr $0 HKCU "${MUI_LANGDLL_REGISTRY_KEY}" "${MUI_LANGDLL_REGISTRY_VALUENAME}"
  ${IfNot} ${Silent}
  ${AndIf} $0 != ""
    StrCpy $LANGUAGE $0 ; as it was installed: no need to ask again
  ${EndIf}
FunctionEnd

Section un.
  Call un.NeedClosed
  Call un.AskWhere
  Call un.Remove
  ${Log} "$(LOG_REMOVED)"
  MessageBox MB_OK|MB_ICONINFORMATION "$(REMOVED)" /SD IDOK
SectionEnd
