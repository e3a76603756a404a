// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/fields/field.h"

class QsciScintilla;

namespace studio::ui {

// The tenant's own CSS, and what of it the page will leave out and why.
class CssField final : public Field {
    Q_OBJECT

public:
    CssField(DraftDocument &document, FieldRegistry &registry, const QString &pointer, const QString &label,
             QWidget *parent = nullptr);
    void refresh() override;

private:
    void dress();
    void list_dropped();

    QsciScintilla *m_editor;
    QLabel *m_dropped;
    bool m_showing = false;
};

} // namespace studio::ui
