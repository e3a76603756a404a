// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/elided_label.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>
#include <QWidget>

class QMenu;

namespace studio::ui {

// The header of a page: the title, a muted line below it, one primary action at the right, others in a menu.
class PageHeader final : public QWidget {
    Q_OBJECT

public:
    explicit PageHeader(const QString &title, QWidget *parent = nullptr);
    void set_title(const QString &title) { m_title->set_full_text(title); }
    void set_subtitle(const QString &text);
    QPushButton *set_primary_action(const QString &name, const QString &icon, const QString &text);
    void set_menu(QMenu *menu);
    // Adds a widget between title and actions, such as a search field.
    void add_widget(QWidget *widget);

private:
    ElidedLabel *m_title;
    ElidedLabel *m_subtitle;
    QHBoxLayout *m_row;
    QPushButton *m_primary = nullptr;
    QToolButton *m_more = nullptr;
};

// A heading within a page with a muted sentence below it.
QWidget *section_header(const QString &title, const QString &text = {}, QWidget *parent = nullptr);
// A thin horizontal line.
QWidget *divider(QWidget *parent = nullptr);

} // namespace studio::ui
