// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QIcon>
#include <QString>
#include <QWidget>

namespace studio::ui {

// A page of the main window, with an entry in its side bar. The window knows only this interface.
class Page : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    virtual QString id() const = 0;    // such as "companions": the NAME of --page, and the objectName
    virtual QString title() const = 0; // as shown in the side bar
    virtual QIcon icon() const = 0;
    // Called each time the page comes to the front, so that it loads or refreshes what it shows.
    virtual void activate() {}
    // Called with the argument of navigate() or --page.
    virtual void open(const QString &argument) { Q_UNUSED(argument) }
    // Another page shows this companion; a page that shows one companion at a time should show her too.
    // Called before activate() if open() does not say whom to show.
    virtual void follow(const QString &tenant_id) { Q_UNUSED(tenant_id) }
    // False keeps the window open: the page asked the person about unsaved work, and they chose to stay.
    virtual bool may_close() { return true; }
    // Like may_close(), for cases in which the same login opens the page again, now or in the next run of the
    // program. Work that waits in a file is then no reason to stay open.
    virtual bool may_close_for_now() { return may_close(); }

signals:
    // A short text for the status bar, such as "Draft saved 10:42". An empty one clears it.
    void status_changed(const QString &text);
    // Asks the window to bring another page to the front with an argument, e.g. ("editor", tenant id).
    void navigate(const QString &page_id, const QString &argument);
    // The page shows this companion from now on; the window tells the other pages by follow().
    void companion_chosen(const QString &tenant_id);
    // The database refused something or could not be reached. The window then checks the connection and the
    // account at once, and says above the page what is wrong.
    void trouble();
};

} // namespace studio::ui
