// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/fields/field.h"

class QPlainTextEdit;

namespace studio::ui {

// A text of several lines whose box grows while typing; for Markdown it has a few buttons.
class ParagraphField final : public Field {
    Q_OBJECT

public:
    enum class Markup { Plain, Markdown };
    ParagraphField(DraftDocument &document, FieldRegistry &registry, const QString &pointer,
                   const QString &label, Markup markup, QWidget *parent = nullptr);
    void refresh() override;
    void set_placeholder(const QString &text);
    void set_best_length(int characters);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void add_markdown_buttons();
    void surround(const QString &before, const QString &after, const QString &sample);
    void start_lines_with(const QString &prefix);
    void fit_height();
    void count();

    QPlainTextEdit *m_edit;
    int m_best_length = 0;
};

} // namespace studio::ui
