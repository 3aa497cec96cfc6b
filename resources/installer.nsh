; "Open with" for PDF and the app's own links. The app is offered for PDF, never made its default:
; only OpenWithProgids is written, not the default value of .pdf.

!define PDF_CLASS "ai.ibl.profile.pdf"
!define LINK_CLASS "iblai-profile"

; SHCNE_ASSOCCHANGED, SHCNF_FLUSH
!macro tellExplorer
  System::Call "shell32::SHChangeNotify(i,i,i,i) (0x08000000, 0x1000, 0, 0)"
!macroend

!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\${PDF_CLASS}" "" "PDF document"
  WriteRegStr SHELL_CONTEXT "Software\Classes\${PDF_CLASS}\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
  WriteRegNone SHELL_CONTEXT "Software\Classes\.pdf\OpenWithProgids" "${PDF_CLASS}"

  WriteRegStr SHELL_CONTEXT "Software\Classes\${LINK_CLASS}" "" "URL:ibl.ai Profile"
  WriteRegStr SHELL_CONTEXT "Software\Classes\${LINK_CLASS}" "URL Protocol" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\${LINK_CLASS}\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
  !insertmacro tellExplorer
!macroend

!macro customUnInstall
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.pdf\OpenWithProgids" "${PDF_CLASS}"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\${PDF_CLASS}"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\${LINK_CLASS}"
  !insertmacro tellExplorer
!macroend
