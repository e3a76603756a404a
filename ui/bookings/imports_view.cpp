// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/imports_view.h"

#include "models/booking/calendar_source.h"
#include "models/json/json_read.h"
#include "models/values/timezone.h"
#include "ui/async/worker.h"
#include "ui/bookings/booking_decider.h"
#include "ui/bookings/confirm_button.h"
#include "ui/bookings/tab_before.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/tab_order.h"
#include "ui/widgets/words.h"

#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace studio::ui {

namespace {

constexpr int max_name = 80;

QString text_of(const std::string &text) {
    return QString::fromStdString(text);
}

QString ago(const std::optional<models::Time> &time) {
    return time ? relative_time(to_date_time(*time), QDateTime::currentDateTime()) : QString();
}

QString state_words(const db::CalendarImport &import) {
    if (!import.read_at) {
        return import.problem.empty() ? ImportsView::tr("is being read") : ImportsView::tr("not read yet");
    }
    return ImportsView::tr("%1, read %2")
        .arg(counted(static_cast<int>(import.busy), ImportsView::tr("1 busy time"),
                     ImportsView::tr("%1 busy times")),
             ago(import.read_at));
}

// What failed and what is missing, a line each.
QString trouble_words(const db::CalendarImport &import) {
    QStringList lines;
    if (!import.problem.empty()) {
        lines << (import.read_at
                      ? ImportsView::tr("The reading %1 failed; the busy times from before still count. %2")
                            .arg(ago(import.tried_at), text_of(import.problem))
                      : ImportsView::tr("The reading %1 failed. %2")
                            .arg(ago(import.tried_at), text_of(import.problem)));
    }
    for (const auto &gap : models::import_gaps(import.report)) {
        lines << text_of(gap);
    }
    return lines.join(QLatin1Char('\n'));
}

QStringList unknown_zones(const db::CalendarImport &import) {
    QStringList zones;
    for (const auto &zone : models::text_list_member(import.report, "unknownZones")) {
        zones << text_of(zone);
    }
    return zones;
}

} // namespace

struct ImportsView::FileReading {
    QString problem;
    QStringList unknown_zones;
    QStringList gaps;
    std::size_t busy = 0;
};

ImportsView::ImportsView(Worker &worker, QWidget *parent)
    : QWidget(parent), m_worker(worker), m_lines(new QVBoxLayout), m_address(new QLineEdit(this)),
      m_name(new QLineEdit(this)),
      m_add(new QPushButton(line_icon(QStringLiteral("plus")), tr("Add address"), this)),
      m_file(new QPushButton(line_icon(QStringLiteral("folder")), tr("Import file…"), this)),
      m_answer(new QPushButton(tr("Use these time zones"), this)),
      m_cancel(new QPushButton(tr("Cancel"), this)), m_question(new QWidget(this)), m_zones(new QFormLayout) {
    setObjectName(QStringLiteral("imports"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(section_header(
        tr("Busy times of other calendars"),
        tr("What stands in another calendar program is kept free of bookings. Titles are not stored."),
        this));
    m_lines->setSpacing(8);
    layout->addLayout(m_lines);
    layout->addWidget(build_question());
    build_form(layout);
    connect(m_address, &QLineEdit::textChanged, this, &ImportsView::check);
    connect(m_add, &QPushButton::clicked, this, &ImportsView::add_address);
    connect(m_address, &QLineEdit::returnPressed, this, &ImportsView::add_address);
    connect(m_file, &QPushButton::clicked, this, [this] { choose_file({}); });
    connect(m_answer, &QPushButton::clicked, this, &ImportsView::answer_zones);
    connect(m_cancel, &QPushButton::clicked, m_question, &QWidget::hide);
    check();
}

void ImportsView::build_form(QVBoxLayout *layout) {
    m_address->setObjectName(QStringLiteral("imports.address"));
    m_address->setAccessibleName(tr("Address of the calendar"));
    m_address->setPlaceholderText(tr("https://… or webcal://…"));
    m_name->setObjectName(QStringLiteral("imports.name"));
    m_name->setAccessibleName(tr("Name of the calendar"));
    m_name->setPlaceholderText(tr("Name (optional)"));
    m_name->setMaxLength(max_name);
    m_add->setObjectName(QStringLiteral("imports.add"));
    m_file->setObjectName(QStringLiteral("imports.file"));
    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(m_address, 1);
    first->addWidget(m_add);
    auto *second = new QHBoxLayout;
    second->setSpacing(8);
    second->addWidget(m_name, 1);
    second->addWidget(m_file);
    layout->addLayout(first);
    layout->addLayout(second);
    QWidget *const order[] = {m_address, m_add, m_name, m_file};
    set_tab_order(order);
}

QWidget *ImportsView::build_question() {
    m_question->setObjectName(QStringLiteral("imports.question"));
    m_answer->setObjectName(QStringLiteral("imports.answer"));
    m_cancel->setObjectName(QStringLiteral("imports.cancel"));
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_answer);
    auto *words =
        new QLabel(tr("The calendar names time zones that are not known. Which ones are meant?"), m_question);
    words->setWordWrap(true);
    auto *layout = new QVBoxLayout(m_question);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(words);
    layout->addLayout(m_zones);
    layout->addLayout(buttons);
    m_question->hide();
    return m_question;
}

void ImportsView::check() {
    const auto text = m_address->text().trimmed();
    const auto address = models::calendar_address(text.toStdString());
    set_invalid(m_address, !text.isEmpty() && !address);
    m_add->setEnabled(address.has_value());
}

void ImportsView::show_imports(const models::TenantId &tenant, const QString &zone,
                               const std::vector<db::CalendarImport> &imports) {
    if (m_tenant != tenant) {
        m_question->hide();
        m_asked.reset();
    }
    m_tenant = tenant;
    m_zone = zone;
    QString shown;
    for (const auto &import : imports) {
        shown +=
            QStringList{text_of(import.id), text_of(import.name), state_words(import), trouble_words(import)}
                .join(QLatin1Char('\n')) +
            QLatin1Char('\n');
    }
    if (std::exchange(m_shown, shown) == shown) {
        return; // a press or the focus on one of the lines is not disturbed
    }
    while (auto *item = m_lines->takeAt(0)) {
        if (auto *line = item->widget()) {
            line->hide();
            line->deleteLater();
        }
        delete item;
    }
    for (const auto &import : imports) {
        m_lines->addWidget(line_of(import));
    }
    set_tab_before(m_address, m_lines);
}

QWidget *ImportsView::line_of(const db::CalendarImport &import) {
    auto *line = new QWidget(this);
    const auto from = import.host.empty() ? tr("from a file") : text_of(import.host);
    auto *text = new QLabel(tr("%1, %2: %3").arg(text_of(import.name), from, state_words(import)), line);
    text->setObjectName(QStringLiteral("imports.line.") + text_of(import.id));
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(text, 1);
    add_buttons(row, import, line);
    auto *layout = new QVBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(row);
    if (const auto trouble = trouble_words(import); !trouble.isEmpty()) {
        auto *words = new QLabel(trouble, line);
        words->setObjectName(QStringLiteral("imports.trouble.") + text_of(import.id));
        words->setTextFormat(Qt::PlainText);
        words->setWordWrap(true);
        set_text_role(words, import.problem.empty() ? TextRole::Small : TextRole::Negative);
        layout->addWidget(words);
    }
    return line;
}

void ImportsView::add_buttons(QHBoxLayout *row, const db::CalendarImport &import, QWidget *line) {
    const auto name = text_of(import.name);
    const auto button = [&](const QString &words, const char *what, const QString &accessible, auto press) {
        auto *made = new QPushButton(words, line);
        made->setObjectName(QStringLiteral("imports.") + QLatin1String(what) + QLatin1Char('.') +
                            text_of(import.id));
        made->setAccessibleName(accessible);
        connect(made, &QPushButton::clicked, this, press);
        row->addWidget(made);
    };
    if (const auto zones = unknown_zones(import); !zones.isEmpty() && !import.host.empty()) {
        button(tr("Time zones…"), "zones", tr("Say which time zones %1 means").arg(name),
               [this, asked = Asked{{}, import.id, zones}] { ask_zones(asked); });
    }
    if (import.host.empty()) {
        button(tr("Replace…"), "replace", tr("Import %1 again from a file").arg(name),
               [this, id = import.id] { choose_file(id); });
    } else {
        button(tr("Read now"), "refresh", tr("Read %1 now").arg(name),
               [this, id = import.id] { refresh(id, {}); });
    }
    auto *remove_button = new ConfirmButton(tr("Remove"), tr("Remove “%1”").arg(name), line);
    remove_button->setObjectName(QStringLiteral("imports.remove.") + text_of(import.id));
    remove_button->setAccessibleName(tr("Remove the calendar %1 with its busy times").arg(name));
    connect(remove_button, &ConfirmButton::confirmed, this, [this, id = import.id] { remove(id); });
    row->addWidget(remove_button);
}

void ImportsView::choose_file(const std::optional<std::string> &replaced) {
    auto *dialog = new QFileDialog(this, tr("Import a calendar"), QString(),
                                   tr("Calendars (*.ics *.ical *.ifb *.vcs);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, replaced](const QString &path) { import_file(path, replaced); });
    dialog->open();
}

void ImportsView::import_file(const QString &path, const std::optional<std::string> &replaced) {
    read_file(path, replaced, models::Json::object());
}

void ImportsView::read_file(const QString &path, const std::optional<std::string> &replaced,
                            const models::Json &zones) {
    const auto typed = m_name->text().trimmed();
    const auto name = typed.isEmpty() ? QFileInfo(path).fileName().left(max_name) : typed;
    m_file->setEnabled(false);
    m_worker
        .run([path, replaced, zones, name = name.toStdString(), tenant = m_tenant,
              zone = m_zone.toStdString()](db::Session &session) {
            FileReading reading;
            QFile file(path);
            if (!file.open(QIODevice::ReadOnly)) {
                reading.problem = tr("The file could not be read: %1.").arg(file.errorString());
                return reading;
            }
            const auto text = file.read(static_cast<qint64>(models::max_calendar_bytes) + 1).toStdString();
            const auto import = models::read_busy_times(text, zone, models::import_window(base::now()),
                                                        models::zone_names(zones));
            reading.problem = text_of(import.error);
            for (const auto &unknown : import.unknown_zones) {
                reading.unknown_zones << text_of(unknown);
            }
            if (!reading.problem.isEmpty() || !reading.unknown_zones.isEmpty()) {
                return reading;
            }
            std::vector<db::BusyTime> busy;
            for (const auto &span : import.busy) {
                busy.push_back({span.start, span.end});
            }
            reading.busy = busy.size();
            db::CalendarImportStore(session).save(tenant, replaced, name, busy,
                                                  models::import_report(import));
            return reading;
        })
        .then(this,
              [this, path, replaced, tenant = m_tenant](const FileReading &reading) {
                  m_file->setEnabled(true);
                  if (!reading.problem.isEmpty()) {
                      refused(tenant, tr("Nothing was changed. %1").arg(reading.problem));
                  } else if (!reading.unknown_zones.isEmpty() && tenant != m_tenant) {
                      refused(tenant, tr("Nothing was changed. %1 names time zones that are not known. "
                                         "Choose the companion, import "
                                         "it again and say which ones are meant.")
                                          .arg(QFileInfo(path).fileName()));
                  } else if (!reading.unknown_zones.isEmpty()) {
                      ask_zones({path, replaced, reading.unknown_zones});
                  } else if (tenant != m_tenant) {
                      emit added_for(tenant);
                  } else {
                      m_name->clear();
                      m_question->hide();
                      emit changed(counted(static_cast<int>(reading.busy), tr("1 busy time is imported."),
                                           tr("%1 busy times are imported.")));
                  }
              })
        .onFailed(this, [this, tenant = m_tenant](const std::exception &error) {
            m_file->setEnabled(true);
            refused(tenant, refusal_words(tr("Nothing was changed."), error));
        });
}

void ImportsView::ask_zones(const Asked &asked) {
    m_asked = asked;
    while (m_zones->rowCount() > 0) {
        m_zones->removeRow(0);
    }
    for (const auto &name : asked.zones) {
        auto *combo = new QComboBox(m_question);
        combo->setObjectName(QStringLiteral("imports.zone.%1").arg(m_zones->rowCount()));
        combo->setAccessibleName(tr("Time zone that %1 means").arg(name));
        for (const auto &zone : models::timezone_names()) {
            combo->addItem(QString::fromStdString(zone));
        }
        combo->setCurrentIndex(combo->findText(m_zone));
        m_zones->addRow(name, combo);
    }
    m_question->show();
    order_question();
    m_answer->setFocus();
}

// It stands above the fields for another calendar.
void ImportsView::order_question() {
    std::vector<QWidget *> fields;
    for (int row = 0; row < m_zones->rowCount(); ++row) {
        fields.push_back(m_zones->itemAt(row, QFormLayout::FieldRole)->widget());
    }
    fields.insert(fields.end(), {m_cancel, m_answer});
    set_tab_before(m_address, fields);
}

void ImportsView::answer_zones() {
    if (!m_asked) {
        return;
    }
    auto zones = models::Json::object();
    for (int row = 0; row < m_zones->rowCount(); ++row) {
        const auto *combo = qobject_cast<QComboBox *>(m_zones->itemAt(row, QFormLayout::FieldRole)->widget());
        zones[m_asked->zones[row].toStdString()] = combo->currentText().toStdString();
    }
    m_question->hide();
    const auto asked = *std::exchange(m_asked, std::nullopt);
    if (asked.path.isEmpty()) {
        refresh(asked.import.value_or(std::string()), zones);
    } else {
        read_file(asked.path, asked.import, zones);
    }
}

void ImportsView::add_address() {
    const auto address = models::calendar_address(m_address->text().toStdString());
    if (!address || !m_add->isEnabled()) {
        return;
    }
    const auto typed = m_name->text().trimmed();
    m_add->setEnabled(false);
    m_worker
        .run([tenant = m_tenant, address = *address,
              name = (typed.isEmpty() ? tr("Calendar") : typed).toStdString()](db::Session &session) {
            db::CalendarImportStore(session).follow(tenant, name, address);
        })
        .then(this,
              [this, tenant = m_tenant] {
                  if (tenant != m_tenant) {
                      emit added_for(tenant);
                      return;
                  }
                  m_address->clear();
                  m_name->clear();
                  emit changed(tr("The calendar is read within seconds, and then every half hour."));
              })
        .onFailed(this, [this, tenant = m_tenant](const std::exception &error) {
            check();
            refused(tenant, refusal_words(tr("Nothing was changed."), error));
        });
}

void ImportsView::refresh(const std::string &id, const models::Json &zones) {
    m_worker
        .run([id, zones, tenant = m_tenant](db::Session &session) {
            db::CalendarImportStore(session).refresh(tenant, id, zones);
        })
        .then(this,
              [this, tenant = m_tenant] {
                  finished(tenant, tr("The calendar is read again within a minute."));
              })
        .onFailed(this, [this, tenant = m_tenant](const std::exception &error) {
            refused(tenant, refusal_words(tr("Nothing was changed."), error));
        });
}

void ImportsView::remove(const std::string &id) {
    m_worker
        .run([id, tenant = m_tenant](db::Session &session) {
            db::CalendarImportStore(session).remove(tenant, id);
        })
        .then(this,
              [this, tenant = m_tenant] {
                  finished(tenant, tr("The calendar is removed, with its busy times."));
              })
        .onFailed(this, [this, tenant = m_tenant](const std::exception &error) {
            refused(tenant, refusal_words(tr("Nothing was changed."), error));
        });
}

void ImportsView::finished(const models::TenantId &tenant, const QString &done) {
    if (tenant == m_tenant) {
        emit changed(done);
    }
}

void ImportsView::refused(const models::TenantId &tenant, const QString &reason) {
    emit failed(tenant == m_tenant ? reason
                                   : tr("This is about another companion’s calendar. %1").arg(reason));
}

} // namespace studio::ui
