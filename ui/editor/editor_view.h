// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/editor_session.h"
#include "ui/editor/fields/field_registry.h"
#include "ui/editor/photos/photo_delivery.h"
#include "ui/editor/photos/photo_imports.h"
#include "ui/editor/photos/thumbnails.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTabBar>
#include <QWidget>

namespace studio::preview {
class PreviewView;
}

namespace studio::ui {

class Form;
class ImportPanel;
class LibraryPicker;
class SidePanel;

// The editor while a tenant is open: forms at the left, the preview, and a panel at the right when one is
// opened. Where there is no room for all three the panel takes the place of the forms until it is closed or a
// field is to be shown.
class EditorView final : public QWidget {
    Q_OBJECT

public:
    EditorView(EditorSession &session, const EditorServices &services, QWidget *parent = nullptr);
    ~EditorView() override;

    // Opens the field's form and section and gives the field the focus.
    void focus_field(const QString &pointer);
    // Shows the first form from its top and no panel, as after opening a companion.
    void start_over();
    // Closes a panel that is in the forms' place.
    void show_forms();
    SidePanel &side_panel() { return *m_side; }
    PhotoImports &imports() { return m_imports; }
    PhotoDelivery &photos() { return m_photos; }
    preview::PreviewView &preview() { return *m_preview; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void build_layout();
    void connect_signals();
    void take_dropped_files();
    void show_draft();
    void follow_focus(QWidget *now);
    void make_room();
    bool panel_covers_forms() const;
    Form *form_of(const QString &pointer) const;

    EditorSession &m_session;
    EditorServices m_services;
    FieldRegistry m_registry;
    Thumbnails m_thumbnails;
    PhotoImports m_imports;
    PhotoDelivery m_photos;
    QHBoxLayout *m_row;
    QWidget *m_left;
    QTabBar *m_tabs;
    QStackedWidget *m_stack;
    QList<Form *> m_forms;
    preview::PreviewView *m_preview;
    QStackedWidget *m_main; // the preview, or the photos that are being imported
    ImportPanel *m_incoming;
    LibraryPicker *m_picker;
    SidePanel *m_side;
};

} // namespace studio::ui
