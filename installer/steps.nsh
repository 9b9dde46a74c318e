; The steps of installing and removing, in the order in which they are done. Registers are free to
; use in any of them: none keeps anything there for another.

; How a silent run ends; docs/INSTALL.md explains them to technicians.
!define CODE_RUNNING 3
!define CODE_NO_BACKUP 4
!define CODE_NEWER 5
!define CODE_UNWRITTEN 6
!define CODE_SYSTEM 7
!define CODE_PLACE 8

!define OLDEST_BUILD 17763 ; Windows 10 1809, the oldest that Qt runs on
!define TRIES 20           ; half a second apart: a scanner lets go of new files by then

!define Log '!insertmacro Log '
!macro Log WORDS
  Push "${WORDS}"
  !ifdef __UNINSTALL__
    Call un.Log
  !else
    Call Log
  !endif
!macroend

!define Stop '!insertmacro Stop '
!macro Stop CODE WORDS ; say it, write it down, leave
  ${Log} "${WORDS}"
  MessageBox MB_OK|MB_ICONEXCLAMATION "${WORDS}" /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend

!define Run '!insertmacro Run '
!macro Run COMMAND ; $0 is the exit code, $Said what was printed
  nsExec::Exec '"$SYSDIR\cmd.exe" /d /c "${COMMAND} > "$PLUGINSDIR\said.txt" 2>&1"'
  Pop $0
  !ifdef __UNINSTALL__
    Call un.ReadSaid
  !else
    Call ReadSaid
  !endif
!macroend

; what both need --------------------------------------------------------------------

!macro BothNeed un

Function ${un}FindLog ; beside the program's own logs
  ReadEnvStr $0 PHOIHOP_HOME
  ${If} $0 == ""
    StrCpy $0 "$LOCALAPPDATA\PhoiHop"
  ${EndIf}
  StrCpy $LogFile "$0\logs\cai-dat.log"
FunctionEnd

Function ${un}Log
  Exch $0
  Push $1
  Push $2
  Push $3
  Push $4
  Push $5
  Push $6
  Push $7
  ${GetParent} "$LogFile" $1
  SetDetailsPrint none
  CreateDirectory "$1"
  SetDetailsPrint lastused
  ${GetTime} "" "L" $1 $2 $3 $4 $5 $6 $7 ; day, month, year, weekday, hour, minute, second
  StrCpy $1 "$3-$2-$1 $5:$6:$7"
  ClearErrors
  FileOpen $2 "$LogFile" a
  ${IfNot} ${Errors}
    FileSeek $2 0 END $3
    ${If} $3 = 0
      FileWriteUTF16LE /BOM $2 "$1  $0$\r$\n"
    ${Else}
      FileWriteUTF16LE $2 "$1  $0$\r$\n"
    ${EndIf}
    FileClose $2
  ${EndIf}
  Pop $7
  Pop $6
  Pop $5
  Pop $4
  Pop $3
  Pop $2
  Pop $1
  Pop $0
FunctionEnd

Function ${un}ReadSaid ; our programs speak UTF-8, whatever the code page of this Windows
  StrCpy $Said ""
  System::Call 'kernel32::CreateFileW(w "$PLUGINSDIR\said.txt", i 0x80000000, i 3, p 0, i 3, i 0, p 0) p .r1'
  ${If} $1 P<> -1
    System::Alloc 4096 ; filled with zeros
    Pop $2
    System::Call 'kernel32::ReadFile(p r1, p r2, i 1000, *i .r3, p 0)'
    System::Call 'kernel32::CloseHandle(p r1)'
    System::Call 'kernel32::MultiByteToWideChar(i 65001, i 0, p r2, i -1, w .r4, i 1024)'
    System::Free $2
    ${TrimNewLines} "$4" $Said
  ${EndIf}
FunctionEnd

Function ${un}NeedClosed ; Windows lets nobody write to a program that runs
  StrCpy $1 0
  ${Do}
    StrCpy $0 ""
    ClearErrors
    ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
      FileOpen $2 "$INSTDIR\${PROGRAM}" a
      FileClose $2
    ${EndIf}
    ${If} ${FileExists} "$INSTDIR\${CONSOLE}"
      FileOpen $3 "$INSTDIR\${CONSOLE}" a
      FileClose $3
    ${EndIf}
    ${IfNot} ${Errors}
      ${Break}
    ${EndIf}
    IntOp $1 $1 + 1
    ${If} $1 > 3 ; a scanner may look at the file for a moment
      ${If} ${Silent}
        ${Log} "$(RUNNING)"
        SetErrorLevel ${CODE_RUNNING}
        Quit
      ${EndIf}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" IDRETRY +3
      SetErrorLevel ${CODE_RUNNING}
      Quit
    ${EndIf}
    Sleep 500
  ${Loop}
FunctionEnd

!macroend
!insertmacro BothNeed ""
!insertmacro BothNeed "un."

; installing ------------------------------------------------------------------------

Function Judge ; whether this installer has anything to do here; says why not and leaves
  Call NeedSystem
  Call FindInstalled
  Call NeedPlace
  Call RefuseOlder
FunctionEnd

Function NeedSystem
  ${IfNot} ${AtLeastWin10} ; that it is of 64 bits is sure: nothing else starts this file
  ${OrIfNot} ${AtLeastBuild} ${OLDEST_BUILD}
    ${Stop} ${CODE_SYSTEM} "$(OLD_SYSTEM)"
  ${EndIf}
FunctionEnd

Function FindInstalled ; an upgrade stays where the program is
  StrCpy $Installed ""
  ReadRegStr $0 HKCU "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $0 != ""
    ${If} ${FileExists} "$0\${PROGRAM}"
    ${OrIf} ${FileExists} "$0.cu\${PROGRAM}"
      StrCpy $INSTDIR $0
    ${EndIf}
  ${EndIf}
  ${IfNot} ${FileExists} "$INSTDIR\${PROGRAM}"
  ${AndIf} ${FileExists} "$INSTDIR.cu\${PROGRAM}"
    Rename "$INSTDIR.cu" "$INSTDIR" ; the last upgrade was cut short between two renames
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
    GetDLLVersion "$INSTDIR\${PROGRAM}" $1 $2
    IntOp $3 $1 >> 16
    IntOp $3 $3 & 0xFFFF
    IntOp $4 $1 & 0xFFFF
    IntOp $5 $2 >> 16
    IntOp $5 $5 & 0xFFFF
    StrCpy $Installed "$3.$4.$5"
  ${EndIf}
FunctionEnd

Function NeedPlace ; never mingle with the files of others
  StrLen $0 $INSTDIR
  ${If} $0 < 4 ; a whole drive
    ${Stop} ${CODE_PLACE} "$(STRANGE_PLACE)"
  ${EndIf}
  ${If} $Installed == ""
  ${AndIf} ${FileExists} "$INSTDIR\*.*"
    ${DirState} "$INSTDIR" $0
    ${If} $0 <> 0
      ${Stop} ${CODE_PLACE} "$(STRANGE_PLACE)"
    ${EndIf}
  ${EndIf}
FunctionEnd

Function RefuseOlder
  ${If} $Installed != ""
    ${VersionCompare} "$Installed" "${VERSION}" $0
    ${If} $0 = 1
      ${Stop} ${CODE_NEWER} "$(NEWER_THERE)"
    ${EndIf}
  ${EndIf}
FunctionEnd

Function BackUp ; by the program that is there: it knows its register best
  ${If} $Installed == ""
    Return
  ${EndIf}
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} "$1" "/NOBACKUP" $2
  ${IfNot} ${Errors}
    Return
  ${EndIf}
  DetailPrint "$(BACKING_UP)"
  ${Run} '"$INSTDIR\${CONSOLE}" backup --before-upgrade'
  ${If} $0 == 0
    ${Log} "$Said"
    Return
  ${EndIf}
  ${If} ${Silent}
    ${Log} "$(LOG_NO_BACKUP)"
    SetErrorLevel ${CODE_NO_BACKUP}
    Quit
  ${EndIf}
  MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "$(NO_BACKUP)" IDYES +4
  ${Log} "$(LOG_NO_BACKUP)"
  SetErrorLevel ${CODE_NO_BACKUP}
  Quit
FunctionEnd

Function Unpack ; beside, so that nothing that is in use is touched
  DetailPrint "$(UNPACKING)"
  SetDetailsPrint none
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
    RMDir /r "$INSTDIR.cu" ; what an older upgrade could not remove
  ${EndIf}
  RMDir /r "$INSTDIR.moi"
  SetOutPath "$INSTDIR.moi"
  File /r "${PAYLOAD}/*"
  WriteUninstaller "$INSTDIR.moi\${REMOVER}"
  SetOutPath "$TEMP" ; else we hold the folder ourselves, and it cannot be renamed
  SetDetailsPrint both
FunctionEnd

Function TryUnpacked
  DetailPrint "$(TRYING)"
  ${Run} '"$INSTDIR.moi\${CONSOLE}" --version'
  ${If} $0 != 0
    RMDir /r "$INSTDIR.moi"
    ${Stop} ${CODE_UNWRITTEN} "$(BROKEN)"
  ${EndIf}
FunctionEnd

Function Swap
  DetailPrint "$(SWAPPING)"
  Call NeedClosed ; somebody may have opened it meanwhile
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
    Call TakeAlong
    Push "$INSTDIR"
    Push "$INSTDIR.cu"
    Call Move
    ${If} ${Errors}
      RMDir /r "$INSTDIR.moi"
      ${Stop} ${CODE_RUNNING} "$(RUNNING)"
    ${EndIf}
  ${Else}
    RMDir "$INSTDIR" ; an empty one would stand in the way
  ${EndIf}
  Push "$INSTDIR.moi"
  Push "$INSTDIR"
  Call Move
  ${If} ${Errors}
    Rename "$INSTDIR.cu" "$INSTDIR"
    RMDir /r "$INSTDIR.moi"
    ${Stop} ${CODE_UNWRITTEN} "$(FAILED)"
  ${EndIf}
  RMDir /r "$INSTDIR.cu"
FunctionEnd

Function TakeAlong ; what lies beside the old program and is not ours lies beside the new one too
  FindFirst $1 $2 "$INSTDIR\*.*"
  ${DoWhile} $2 != ""
    StrCpy $0 $2
    Call IsOurs
    ${If} $0 == ""
      Rename "$INSTDIR\$2" "$INSTDIR.moi\$2"
    ${EndIf}
    FindNext $1 $2
  ${Loop}
  FindClose $1
FunctionEnd

Function IsOurs ; $0 is emptied for a name that no version of the program has brought
  ${Switch} $0
    ${Case} "."
    ${Case} ".."
    ${Case} "${REMOVER}"
    !insertmacro CasesOfOurs
      ${Break}
    ${Default}
      StrCpy $0 ""
  ${EndSwitch}
FunctionEnd

Function Move ; what is on the stack: from, to. A scanner may hold the files just written.
  Pop $2
  Pop $1
  StrCpy $3 0
  ${Do}
    ClearErrors
    Rename "$1" "$2"
    ${IfNot} ${Errors}
      Return
    ${EndIf}
    Sleep 500
    IntOp $3 $3 + 1
  ${LoopUntil} $3 >= ${TRIES}
  SetErrors
FunctionEnd

!macro Opens ENDING KIND TITLE
  ReadRegStr $0 HKCU "${CLASSES}\${ENDING}" ""
  ${If} $0 != "${KIND}"
    WriteRegStr HKCU "${CLASSES}\${ENDING}" "PhoiHop.before" "$0"
  ${EndIf}
  WriteRegStr HKCU "${CLASSES}\${ENDING}" "" "${KIND}"
  WriteRegStr HKCU "${CLASSES}\${ENDING}\OpenWithProgids" "${KIND}" ""
  WriteRegStr HKCU "${CLASSES}\${KIND}" "" "${TITLE}"
  WriteRegStr HKCU "${CLASSES}\${KIND}\DefaultIcon" "" "$INSTDIR\${PROGRAM},0"
  WriteRegStr HKCU "${CLASSES}\${KIND}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
!macroend

Function Register
  CreateShortCut "$SMPROGRAMS\Phối Hợp.lnk" "$INSTDIR\${PROGRAM}" "" "$INSTDIR\${PROGRAM}" 0 \
    SW_SHOWNORMAL "" "$(SHORTCUT)"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "Phối Hợp"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${PROGRAM},0"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "Phối Hợp"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\${REMOVER}"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\${REMOVER}" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  !insertmacro OpenAll
  ${RefreshShellIcons}
FunctionEnd

; removing --------------------------------------------------------------------------

Function un.AskWhere ; the program knows; after it is gone nobody does
  ${Run} '"$INSTDIR\${CONSOLE}" where'
  ${If} $0 != 0
    StrCpy $Said "$LOCALAPPDATA\PhoiHop"
  ${EndIf}
FunctionEnd

!macro Forgets ENDING KIND
  ReadRegStr $0 HKCU "${CLASSES}\${ENDING}" ""
  ${If} $0 == "${KIND}"
    ReadRegStr $0 HKCU "${CLASSES}\${ENDING}" "PhoiHop.before"
    WriteRegStr HKCU "${CLASSES}\${ENDING}" "" "$0"
  ${EndIf}
  DeleteRegValue HKCU "${CLASSES}\${ENDING}" "PhoiHop.before"
  DeleteRegValue HKCU "${CLASSES}\${ENDING}\OpenWithProgids" "${KIND}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\${ENDING}\OpenWithProgids"
  ${If} $0 == ""
    DeleteRegValue HKCU "${CLASSES}\${ENDING}" ""
    DeleteRegKey /ifempty HKCU "${CLASSES}\${ENDING}"
  ${EndIf}
  DeleteRegKey HKCU "${CLASSES}\${KIND}"
!macroend

Function un.Remove ; what is ours by its name; anything else that was put there stays
  Delete "$SMPROGRAMS\Phối Hợp.lnk"
  Delete "$DESKTOP\Phối Hợp.lnk"
  !insertmacro ForgetAll
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "Software\PhoiHop"
  SetOutPath "$TEMP"
  !insertmacro RemoveOurs
  Delete "$INSTDIR\${REMOVER}"
  RMDir "$INSTDIR"
  RMDir /r "$INSTDIR.moi"
  RMDir /r "$INSTDIR.cu"
  ${RefreshShellIcons}
FunctionEnd
