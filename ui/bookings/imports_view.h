// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/bookings/calendar_import_store.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QFormLayout;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace studio::ui {

class Worker;

// Calendars of others whose busy times count for the companion: from files, and at addresses that the public
// service reads. Where a calendar names a time zone that nobody knows, it is asked which one is meant.
class ImportsView final : public QWidget {
    Q_OBJECT

public:
    explicit ImportsView(Worker &worker, QWidget *parent = nullptr);
    // `zone`: of the companion.
    void show_imports(const models::TenantId &tenant, const QString &zone,
                      const std::vector<db::CalendarImport> &imports);
    // `replaced`: the id of an earlier file's calendar, whose place it takes.
    void import_file(const QString &path, const std::optional<std::string> &replaced = {});

signals:
    void changed(const QString &done);
    void failed(const QString &reason);
    void added_for(const models::TenantId &tenant); // who is no longer shown

private:
    // A calendar that names unknown zones: a file to be imported, or one at an address.
    struct Asked {
        QString path; // "": `import` is at an address
        std::optional<std::string> import;
        QStringList zones;
    };
    struct FileReading;
    void build_form(QVBoxLayout *layout);
    QWidget *build_question();
    QWidget *line_of(const db::CalendarImport &import);
    void add_buttons(QHBoxLayout *row, const db::CalendarImport &import, QWidget *line);
    void choose_file(const std::optional<std::string> &replaced);
    void add_address();
    void read_file(const QString &path, const std::optional<std::string> &replaced,
                   const models::Json &zones);
    void ask_zones(const Asked &asked);
    void order_question();
    void answer_zones();
    void refresh(const std::string &id, const models::Json &zones);
    void remove(const std::string &id);
    void check();
    void finished(const models::TenantId &tenant, const QString &done);
    void refused(const models::TenantId &tenant, const QString &reason);

    Worker &m_worker;
    models::TenantId m_tenant;
    QString m_zone;
    QString m_shown; // what the lines were made from
    std::optional<Asked> m_asked;
    QVBoxLayout *m_lines;
    QLineEdit *m_address, *m_name;
    QPushButton *m_add, *m_file, *m_answer, *m_cancel;
    QWidget *m_question;
    QFormLayout *m_zones;
};

} // namespace studio::ui
