// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/bookings/booking_preferences.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QComboBox;
class QDateEdit;
class QLineEdit;
class QMenu;
class QPushButton;

namespace studio::ui {

struct CompanionChoice {
    QString id, name;
    bool operator==(const CompanionChoice &) const = default;
};

// The conditions of the queue, which combine, and views of them kept by name.
class QueueFilters final : public QWidget {
    Q_OBJECT

public:
    // `own`: there is one companion only.
    QueueFilters(bool own, QWidget *parent = nullptr);
    void set_companions(const std::vector<CompanionChoice> &companions);
    void set_services(QStringList services);
    void set_views(const std::vector<SavedView> &views);
    void set_filter(const QueueFilter &filter);
    QueueFilter filter() const;
    void focus_words();

signals:
    void changed();
    void view_saved(const QString &name);
    void view_removed(const QString &name);

private:
    void build_layout();
    void build_statuses();
    void connect_signals();
    void fill_views();
    void choose_companion(const QString &id);
    void show_days_row();
    void say_statuses();

    bool m_own;
    std::vector<SavedView> m_views;
    std::vector<CompanionChoice> m_companion_list;
    QStringList m_service_list;
    QLineEdit *m_words;
    QPushButton *m_view, *m_status;
    QMenu *m_status_menu, *m_view_menu;
    std::vector<QAction *> m_statuses; // in the order of the enum
    QComboBox *m_companion, *m_dates, *m_service;
    QWidget *m_days_row, *m_name_row;
    QDateEdit *m_first, *m_last;
    QLineEdit *m_name;
    QPushButton *m_save;
    QTimer m_typing;
};

} // namespace studio::ui
