// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QIcon>
#include <QString>
#include <QWidget>

namespace studio::ui {

// A page of the main window's side bar. The window knows no concrete page.
class Page : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    virtual QString id() const = 0;    // "companions": --page NAME and objectName
    virtual QString title() const = 0; // as in the side bar
    virtual QIcon icon() const = 0;
    // Called each time the page comes to the front: load or refresh.
    virtual void activate() {}
    // The argument of navigate().
    virtual void open(const QString &argument) { Q_UNUSED(argument) }
    // The companion that another page shows now: pages that show one at a time show her, too. Called before
    // activate() where no argument says whom to show.
    virtual void follow(const QString &tenant_id) { Q_UNUSED(tenant_id) }
    // False keeps the window open: the page has asked the person about unsaved work and they stayed.
    virtual bool may_close() { return true; }

signals:
    // Short facts for the status bar: "Draft saved 10:42". Empty clears.
    void status_changed(const QString &text);
    // Asks the window to bring another page to the front with an argument, e.g. ("editor", tenant id).
    void navigate(const QString &page_id, const QString &argument);
    // The page shows this companion from now on: other pages follow.
    void companion_chosen(const QString &tenant_id);
    // The database refused or could not be reached: the window looks at the connection and the account at
    // once, and says above the page what is the matter.
    void trouble();
};

} // namespace studio::ui
