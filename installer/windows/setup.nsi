; The Windows installer, for the user alone: it asks for administrator's rights only to register the
; virtual camera. Built by build_setup.sh:
;
;   makensis -DVERSION=1.2.3 -DPAYLOAD=FOLDER -DICON=FILE.ico -DPICTURE=FILE.bmp -DLICENCE=FILE -DOUTPUT=FILE.exe setup.nsi
;
; Silent: setup.exe /S [/CAMERA] [/D=FOLDER]; removal: uninstall.exe /S. Exit status: 0 done, 1 given
; up by the user, 2 failed (what was there before still is), 3 a newer version is installed, 4 the
; program is running.

Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
SetCompressor /SOLID lzma
SetCompressorDictSize 64

!define NAME "Live2Diff Camera"
!define PROGRAM "live2diff-camera.exe"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Live2DiffCamera"
!define OWN_KEY "Software\Live2Diff Camera"

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include Sections.nsh
!include WordFunc.nsh

Name "${NAME}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${OWN_KEY}" "Folder"
RequestExecutionLevel user
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "${NAME}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "${NAME}, set-up"
VIAddVersionKey LegalCopyright "The ${NAME} authors, MIT licence"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PICTURE}"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${PICTURE}"
!define MUI_ABORTWARNING
!define MUI_CUSTOMFUNCTION_ABORT GivenUp
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!define MUI_FINISHPAGE_RUN_TEXT "$(StartIt)"
!define MUI_COMPONENTSPAGE_SMALLDESC
!define MUI_LANGDLL_ALLLANGUAGES

!insertmacro MUI_PAGE_WELCOME
Page custom ChooseMaintenance LeaveMaintenance
!define MUI_PAGE_CUSTOMFUNCTION_PRE SkipWhenInstalled
!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MUI_PAGE_COMPONENTS
!define MUI_PAGE_CUSTOMFUNCTION_PRE SkipWhenInstalled
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES

!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"
!insertmacro MUI_LANGUAGE "SimpChinese"

!macro Text NAME ENGLISH GERMAN CHINESE
  LangString ${NAME} ${LANG_ENGLISH} "${ENGLISH}"
  LangString ${NAME} ${LANG_GERMAN} "${GERMAN}"
  LangString ${NAME} ${LANG_SIMPCHINESE} "${CHINESE}"
!macroend
!insertmacro Text StartIt "Start ${NAME}" "${NAME} starten" "启动 ${NAME}"
!insertmacro Text TheProgram "Program" "Programm" "程序"
!insertmacro Text TheMenu "Start menu" "Startmenü" "开始菜单"
!insertmacro Text TheDesktop "Icon on the desktop" "Symbol auf dem Desktop" "桌面图标"
!insertmacro Text TheCamera "Virtual camera" "Virtuelle Kamera" "虚拟摄像头"
!insertmacro Text AboutProgram "The program with everything it needs." "Das Programm mit allem, was es braucht." "程序及其所需的一切。"
!insertmacro Text AboutMenu "An entry in the start menu." "Ein Eintrag im Startmenü." "在开始菜单中添加一项。"
!insertmacro Text AboutDesktop "An icon on your desktop." "Ein Symbol auf dem Desktop." "在桌面上添加图标。"
!insertmacro Text AboutCamera "The webcam that other programs see. Windows asks for administrator's rights for this alone." "Die Webcam, die andere Programme sehen. Nur dafür fragt Windows nach Administratorrechten." "其他程序所看到的摄像头。仅此一步需要管理员权限。"
!insertmacro Text InstalledTitle "Already installed" "Bereits installiert" "已安装"
!insertmacro Text InstalledText "${NAME} ${VERSION} is on this computer." "${NAME} ${VERSION} ist auf diesem Computer installiert." "此计算机上已安装 ${NAME} ${VERSION}。"
!insertmacro Text Repair "Repair: put every file of the program in place again" "Reparieren: alle Dateien des Programms neu ablegen" "修复：重新放置程序的所有文件"
!insertmacro Text RemoveIt "Remove the program; settings, models and recordings stay" "Programm entfernen; Einstellungen, Modelle und Aufnahmen bleiben" "移除程序；设置、模型和录像会保留"
!insertmacro Text Newer "A newer version is installed. Remove it first if you want this one." "Eine neuere Version ist installiert. Entfernen Sie diese zuerst, wenn Sie die vorliegende möchten." "已安装更新的版本。如需此版本，请先移除现有版本。"
!insertmacro Text Running "${NAME} is running. Close it, then try again." "${NAME} läuft noch. Bitte schließen und erneut versuchen." "${NAME} 正在运行。请将其关闭后重试。"
!insertmacro Text Failed "The files could not be written. Free some space or choose another folder; what was there before is still there." "Die Dateien konnten nicht geschrieben werden. Bitte Platz schaffen oder einen anderen Ordner wählen; was vorher da war, ist noch da." "无法写入文件。请释放空间或选择其他文件夹；之前的内容仍然保留。"
!insertmacro Text NoCamera "The virtual camera was not registered. You can do it later: menu, System webcam." "Die virtuelle Kamera wurde nicht registriert. Das geht auch später: Menü, Systemwebcam." "虚拟摄像头未注册。您可以稍后在菜单“系统摄像头”中进行。"

Var Installed      ; the version that is there, or ""
Var Remove         ; the user has chosen to remove it

; --- what may go on -------------------------------------------------------------------------------

; A folder of its own, whatever the user points at: removal then takes nothing else.
Function .onVerifyInstDir
  ${GetFileName} "$INSTDIR" $0
  ${If} $0 != "${NAME}"
    StrCpy $INSTDIR "$INSTDIR\${NAME}"
  ${EndIf}
FunctionEnd

Function GivenUp
  SetErrorLevel 1
FunctionEnd

!macro RefuseWhileRunning
  retry:
  ClearErrors
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
    FileOpen $0 "$INSTDIR\${PROGRAM}" a
    ${If} ${Errors}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(Running)" /SD IDCANCEL IDRETRY retry
      SetErrorLevel 4
      Quit
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

!macro GiveUp STATUS TEXT
  MessageBox MB_OK|MB_ICONSTOP "${TEXT}" /SD IDOK
  SetErrorLevel ${STATUS}
  Quit
!macroend

; --- repair or remove -----------------------------------------------------------------------------

Var RepairButton
Var RemoveButton

Function ChooseMaintenance
  StrCmp $Installed "${VERSION}" +2
    Abort
  !insertmacro MUI_HEADER_TEXT "$(InstalledTitle)" "$(InstalledText)"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateRadioButton} 0 20u 100% 14u "$(Repair)"
  Pop $RepairButton
  ${NSD_CreateRadioButton} 0 44u 100% 14u "$(RemoveIt)"
  Pop $RemoveButton
  ${NSD_Check} $RepairButton
  nsDialogs::Show
FunctionEnd

Function LeaveMaintenance
  ${NSD_GetState} $RemoveButton $Remove
  ${If} $Remove == ${BST_CHECKED}
    HideWindow
    ExecWait '"$INSTDIR\uninstall.exe" _?=$INSTDIR'
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
    Quit
  ${EndIf}
FunctionEnd

Function SkipWhenInstalled
  StrCmp $Installed "" +2
    Abort
FunctionEnd

; --- install --------------------------------------------------------------------------------------

; The new version is complete in a folder beside before it takes the place of what was there.
Section "$(TheProgram)" SecProgram
  SectionIn RO
  SetShellVarContext current
  !insertmacro RefuseWhileRunning
  RMDir /r "$INSTDIR.new"
  RMDir /r "$INSTDIR.before"
  SetOutPath "$INSTDIR.new"
  SetOverwrite try
  ClearErrors
  File /r "${PAYLOAD}/*"
  WriteUninstaller "$INSTDIR.new\uninstall.exe"
  SetOutPath "$TEMP"
  ${If} ${Errors}
    RMDir /r "$INSTDIR.new"
    !insertmacro GiveUp 2 "$(Failed)"
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
    Rename "$INSTDIR" "$INSTDIR.before"
    ${If} ${Errors}
      RMDir /r "$INSTDIR.new"
      !insertmacro GiveUp 4 "$(Running)"
    ${EndIf}
  ${EndIf}
  RMDir "$INSTDIR"
  ClearErrors
  Rename "$INSTDIR.new" "$INSTDIR"
  ${If} ${Errors}
    Rename "$INSTDIR.before" "$INSTDIR"
    RMDir /r "$INSTDIR.new"
    !insertmacro GiveUp 2 "$(Failed)"
  ${EndIf}
  RMDir /r "$INSTDIR.before"
  WriteRegStr HKCU "${OWN_KEY}" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${KEY}" "Publisher" "The ${NAME} authors"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" $0
SectionEnd

Section "$(TheMenu)" SecMenu
  CreateShortCut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${PROGRAM}"
SectionEnd

Section /o "$(TheDesktop)" SecDesktop
  CreateShortCut "$DESKTOP\${NAME}.lnk" "$INSTDIR\${PROGRAM}"
SectionEnd

!macro Elevated ACTION
  ClearErrors
  ExecShellWait "runas" "$SYSDIR\WindowsPowerShell\v1.0\powershell.exe" \
    '-NoProfile -ExecutionPolicy Bypass -File "$INSTDIR\webcam\virtual_camera.ps1" ${ACTION}' SW_HIDE
!macroend

Section "$(TheCamera)" SecCamera
  !insertmacro Elevated "-Install"
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONINFORMATION "$(NoCamera)" /SD IDOK
  ${Else}
    WriteRegDWORD HKCU "${OWN_KEY}" "Camera" 1
  ${EndIf}
SectionEnd

Function .onInit
  !insertmacro MUI_LANGDLL_DISPLAY
  StrCpy $Remove 0
  ReadRegStr $Installed HKCU "${KEY}" "DisplayVersion"
  ${If} $Installed != ""
    ${VersionCompare} "$Installed" "${VERSION}" $0
    ${If} $0 == 1
      MessageBox MB_OK|MB_ICONSTOP "$(Newer)" /SD IDOK
      SetErrorLevel 3
      Quit
    ${EndIf}
  ${EndIf}
  ${If} ${Silent}
    !insertmacro UnselectSection ${SecCamera}
    ${GetParameters} $0
    ${GetOptions} $0 "/CAMERA" $1
    ${IfNot} ${Errors}
      !insertmacro SelectSection ${SecCamera}
    ${EndIf}
  ${EndIf}
FunctionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${SecProgram} "$(AboutProgram)"
  !insertmacro MUI_DESCRIPTION_TEXT ${SecMenu} "$(AboutMenu)"
  !insertmacro MUI_DESCRIPTION_TEXT ${SecDesktop} "$(AboutDesktop)"
  !insertmacro MUI_DESCRIPTION_TEXT ${SecCamera} "$(AboutCamera)"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

; --- remove ---------------------------------------------------------------------------------------

Function un.onInit
  !insertmacro MUI_UNGETLANGUAGE
FunctionEnd

; Settings, models and recordings are the user's: they lie elsewhere, and stay.
Section "Uninstall"
  SetShellVarContext current
  !insertmacro RefuseWhileRunning
  ReadRegDWORD $0 HKCU "${OWN_KEY}" "Camera"
  ${If} $0 == 1
    !insertmacro Elevated "-Remove"
  ${EndIf}
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\webcam"
  RMDir /r "$INSTDIR\licences"
  Delete "$INSTDIR\live2diff-camera*.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  DeleteRegKey HKCU "${KEY}"
  DeleteRegKey HKCU "${OWN_KEY}"
SectionEnd
