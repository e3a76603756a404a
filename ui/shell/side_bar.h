// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page_entry.h"

#include <QButtonGroup>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWidget>

class QMenu;

namespace studio::ui {

// Lists the pages with icon and label, collapsible to icons; at the bottom it shows who is signed in.
class SideBar final : public QWidget {
    Q_OBJECT

public:
    explicit SideBar(QWidget *parent = nullptr);

    void set_pages(const PageEntries &entries);
    void set_current(const QString &page_id);
    // Shows the number of waiting items beside the page's name; 0 hides it.
    void set_count(const QString &page_id, int count);
    void set_collapsed(bool collapsed);
    bool collapsed() const { return m_collapsed; }
    // Sets the button "Signed in as Olivia (Operator)", which opens `menu`.
    void set_account(const QString &name, const QString &role, QMenu *menu);
    // Shows the name of a platform that is not this machine's own in a coloured strip at the top; "" hides
    // it.
    void set_environment(const QString &name);

signals:
    void page_requested(const QString &page_id);
    void collapsed_changed(bool collapsed);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void dress(QToolButton *button, const QString &text) const;

    bool m_collapsed = false;
    QString m_environment;
    QVBoxLayout *m_pages;
    QButtonGroup *m_group;
    QToolButton *m_collapse;
    QToolButton *m_account;
    QString m_account_text;
};

} // namespace studio::ui
