# Who may include whom: the one table of the house. Keys are folders (the longest match wins), values the folders whose
# headers they may include beside their own. tests/architecture/check_layers.cmake holds every #include to it.
set(LAYERS
    base models db site media media/s3 renderer preview
    ui ui/async ui/widgets ui/charts ui/photos ui/settings/profiles ui/shell ui/bookings ui/companions ui/editor ui/people ui/settings
    ui/analytics ui/experiments ui/library ui/uploads
    app/workspace app/ctl app/studio)

set(MAY_USE_base)
set(MAY_USE_models base)
set(MAY_USE_db base models)
set(MAY_USE_site base models)
set(MAY_USE_media base models)
set(MAY_USE_media_s3 base models media)     # of the service's layers none may use it: it brings Qt along
set(MAY_USE_renderer base models db site)
set(MAY_USE_preview base models site)
set(MAY_USE_ui base)                       # ui/page.h: what every page is
set(MAY_USE_ui_async base models db)
set(MAY_USE_ui_widgets base models ui ui/async)
set(MAY_USE_ui_charts base models ui ui/widgets)
set(MAY_USE_ui_photos base models db media ui/async ui/widgets) # photos in more than one feature
set(MAY_USE_ui_settings_profiles base models db ui ui/async ui/widgets) # who one may sign in as: for shell and settings
set(MAY_USE_ui_shell base models db ui ui/async ui/widgets ui/settings/profiles)
set(MAY_USE_ui_bookings base models db site ui ui/async ui/widgets)
set(MAY_USE_ui_people base models db ui ui/async ui/widgets)
set(MAY_USE_ui_analytics base models db ui ui/async ui/widgets ui/charts)
set(MAY_USE_ui_experiments base models db preview site ui ui/async ui/widgets ui/charts)
set(MAY_USE_ui_library base models db media ui ui/async ui/widgets ui/photos)
set(MAY_USE_ui_settings base models db ui ui/async ui/widgets ui/settings/profiles)
set(MAY_USE_ui_uploads base models db media media/s3 ui ui/async ui/widgets ui/settings/profiles)
set(MAY_USE_ui_companions base models db media preview site ui ui/async ui/widgets ui/photos)
set(MAY_USE_ui_editor base models db media preview site ui ui/async ui/widgets ui/photos)
set(MAY_USE_app_workspace base models db media)
set(MAY_USE_app_ctl base models db site media media/s3 app/workspace)
set(MAY_USE_app_studio base models db site media preview ui ui/async ui/widgets ui/settings/profiles ui/shell ui/bookings ui/companions
    ui/editor ui/people ui/settings ui/analytics ui/experiments ui/library ui/uploads app/workspace)

# Layers that stay free of Qt.
set(QT_FREE base models db site renderer media app/workspace app/ctl)
