# Who may include whom: the one table of the house. Keys are folders (the longest match wins), values the folders whose
# headers they may include beside their own. tests/architecture/check_layers.cmake holds every #include to it.
set(LAYERS
    models db site media renderer preview
    ui ui/async ui/widgets ui/charts ui/profiles ui/shell ui/home ui/companions ui/editor ui/people ui/settings
    ui/analytics ui/experiments
    app/workspace app/ctl app/studio)

set(MAY_USE_models)
set(MAY_USE_db models)
set(MAY_USE_site models)
set(MAY_USE_media models)
set(MAY_USE_renderer models db site)
set(MAY_USE_preview models site)
set(MAY_USE_ui)                       # ui/page.h: what every page is
set(MAY_USE_ui_async models db)
set(MAY_USE_ui_widgets models ui ui/async)
set(MAY_USE_ui_charts models ui ui/widgets)
set(MAY_USE_ui_profiles models db ui ui/async ui/widgets) # who one may sign in as: for shell and settings
set(MAY_USE_ui_shell models db ui ui/async ui/widgets ui/profiles)
set(MAY_USE_ui_home models db ui ui/async ui/widgets)
set(MAY_USE_ui_people models db ui ui/async ui/widgets)
set(MAY_USE_ui_analytics models db ui ui/async ui/widgets ui/charts)
set(MAY_USE_ui_experiments models db preview site ui ui/async ui/widgets ui/charts)
set(MAY_USE_ui_settings models db ui ui/async ui/widgets ui/profiles)
set(MAY_USE_ui_companions models db media preview site ui ui/async ui/widgets)
set(MAY_USE_ui_editor models db media preview site ui ui/async ui/widgets)
set(MAY_USE_app_workspace models db media)
set(MAY_USE_app_ctl models db site media app/workspace)
set(MAY_USE_app_studio models db site media preview ui ui/async ui/widgets ui/profiles ui/shell ui/home ui/companions
    ui/editor ui/people ui/settings ui/analytics ui/experiments app/workspace)

# Layers that stay free of Qt.
set(QT_FREE models db site renderer media app/workspace app/ctl)
