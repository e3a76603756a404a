// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/fields/field.h"

class QsciLexerCSS;
class QsciScintilla;

namespace studio::ui {

// The tenant's custom CSS, with a list of what the page will leave out and why.
class CssField final : public Field {
    Q_OBJECT

public:
    CssField(DraftDocument &document, FieldRegistry &registry, const QString &pointer, const QString &label,
             QWidget *parent = nullptr);
    void refresh() override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void set_up_editor();
    void dress(); // applies the colours of the present palette
    void list_dropped();

    QsciScintilla *m_editor;
    QsciLexerCSS *m_lexer;
    QLabel *m_dropped;
    bool m_showing = false;
};

} // namespace studio::ui
