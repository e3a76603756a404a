// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/queue_filters.h"

#include "ui/bookings/booking_words.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/style_sheet.h"

#include <QComboBox>
#include <QDateEdit>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <tuple>

namespace studio::ui {

namespace {

constexpr int typing_ms = 200;

std::vector<SavedView> standard_views() {
    using Status = models::BookingStatus;
    QueueFilter open, agreed, missed;
    open.statuses = {Status::Pending, Status::Waiting, Status::Proposed};
    agreed.statuses = {Status::Accepted, Status::Confirmed};
    agreed.dates = DateChoice::NextMonth;
    missed.statuses = {Status::NoShow};
    return {{QueueFilters::tr("All bookings"), {}},
            {QueueFilters::tr("Open requests"), open},
            {QueueFilters::tr("Agreed, next 30 days"), agreed},
            {QueueFilters::tr("No-shows"), missed}};
}

QComboBox *box(const QString &name, const QString &accessible, QWidget *parent) {
    auto *combo = new QComboBox(parent);
    combo->setObjectName(name);
    combo->setAccessibleName(accessible);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(6);
    combo->setMaxVisibleItems(16);
    return combo;
}

} // namespace

QueueFilters::QueueFilters(bool own, QWidget *parent)
    : QWidget(parent), m_own(own), m_words(new QLineEdit(this)),
      m_view(new QPushButton(line_icon(QStringLiteral("filter")), tr("Views"), this)),
      m_status(new QPushButton(tr("Any status"), this)), m_status_menu(new QMenu(this)),
      m_view_menu(new QMenu(this)),
      m_companion(box(QStringLiteral("bookings.companion"), tr("Filter by companion"), this)),
      m_dates(box(QStringLiteral("bookings.dates"), tr("Filter by date"), this)),
      m_service(box(QStringLiteral("bookings.service"), tr("Filter by service"), this)),
      m_days_row(new QWidget(this)), m_name_row(new QWidget(this)),
      m_first(new QDateEdit(QDate::currentDate(), this)),
      m_last(new QDateEdit(QDate::currentDate().addDays(7), this)), m_name(new QLineEdit(this)),
      m_save(new QPushButton(tr("Save view"), this)) {
    setObjectName(QStringLiteral("bookings.filters"));
    build_statuses();
    build_layout();
    connect_signals();
    fill_views();
}

void QueueFilters::build_statuses() {
    for (const auto status : models::booking_statuses()) {
        auto *action = m_status_menu->addAction(status_word(status));
        action->setCheckable(true);
        const auto name = models::to_string(status);
        action->setObjectName(QStringLiteral("bookings.status.") +
                              QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
        connect(action, &QAction::toggled, this, [this] {
            say_statuses();
            emit changed();
        });
        m_statuses.push_back(action);
    }
}

void QueueFilters::build_layout() {
    m_words->setObjectName(QStringLiteral("bookings.words"));
    m_words->setAccessibleName(tr("Search bookings"));
    m_words->setPlaceholderText(tr("Search name, email, phone, words"));
    m_words->setClearButtonEnabled(true);
    m_status->setObjectName(QStringLiteral("bookings.status"));
    m_status->setAccessibleName(tr("Filter by status"));
    m_status->setMenu(m_status_menu);
    m_status->setProperty("list", true); // it looks like the lists beside it
    m_view->setObjectName(QStringLiteral("bookings.views"));
    m_view->setMenu(m_view_menu);
    m_companion->addItem(tr("All companions"), QString());
    m_companion->setVisible(!m_own);
    for (const auto &words : {tr("Any date"), tr("Today"), tr("Next 7 days"), tr("Next 30 days"),
                              tr("Past 30 days"), tr("Choose days")}) {
        m_dates->addItem(words);
    }
    m_service->addItem(tr("All services"), QString());
    m_name->setObjectName(QStringLiteral("bookings.view_name"));
    m_name->setAccessibleName(tr("Name of the view"));
    m_name->setPlaceholderText(tr("Name of this view"));
    m_name->setMaxLength(40);
    m_save->setObjectName(QStringLiteral("bookings.save_view"));
    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(m_words, 1);
    first->addWidget(m_view);
    auto *second = new QHBoxLayout;
    second->setSpacing(8);
    second->addWidget(m_status, 1);
    second->addWidget(m_companion, 1);
    auto *third = new QHBoxLayout;
    third->setSpacing(8);
    third->addWidget(m_dates, 1);
    third->addWidget(m_service, 1);
    const std::tuple<QDateEdit *, const char *, QString> days[] = {
        {m_first, "bookings.first_day", tr("First day")}, {m_last, "bookings.last_day", tr("Last day")}};
    auto *days_row = new QHBoxLayout(m_days_row);
    days_row->setContentsMargins(0, 0, 0, 0);
    for (const auto &[field, name, words] : days) {
        field->setObjectName(QLatin1String(name));
        field->setAccessibleName(words);
        field->setDisplayFormat(QStringLiteral("ddd d MMM yyyy"));
        days_row->addWidget(field, 1);
    }
    m_days_row->hide();
    auto *name_row = new QHBoxLayout(m_name_row);
    name_row->setContentsMargins(0, 0, 0, 0);
    name_row->addWidget(m_name, 1);
    name_row->addWidget(m_save);
    m_name_row->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layout->addLayout(first);
    layout->addLayout(second);
    layout->addLayout(third);
    layout->addWidget(m_days_row);
    layout->addWidget(m_name_row);
}

void QueueFilters::connect_signals() {
    m_typing.setSingleShot(true);
    m_typing.setInterval(typing_ms);
    connect(&m_typing, &QTimer::timeout, this, &QueueFilters::changed);
    connect(m_words, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    for (auto *combo : {m_companion, m_dates, m_service}) {
        connect(combo, &QComboBox::currentIndexChanged, this, &QueueFilters::changed);
    }
    connect(m_dates, &QComboBox::currentIndexChanged, this, &QueueFilters::show_days_row);
    for (auto *field : {m_first, m_last}) {
        connect(field, &QDateEdit::dateChanged, this, &QueueFilters::changed);
    }
    const auto save = [this] {
        const auto name = m_name->text().trimmed();
        if (!name.isEmpty()) {
            m_name_row->hide();
            emit view_saved(name);
        }
    };
    connect(m_save, &QPushButton::clicked, this, save);
    connect(m_name, &QLineEdit::returnPressed, this, save);
}

void QueueFilters::show_days_row() {
    m_days_row->setVisible(m_dates->currentIndex() == static_cast<int>(DateChoice::Between));
}

void QueueFilters::fill_views() {
    m_view_menu->clear();
    const auto add = [this](const SavedView &view) {
        connect(m_view_menu->addAction(view.name), &QAction::triggered, this, [this, filter = view.filter] {
            set_filter(filter);
            emit changed();
        });
    };
    for (const auto &view : standard_views()) {
        add(view);
    }
    m_view_menu->addSeparator();
    for (const auto &view : m_views) {
        add(view);
    }
    auto *save = m_view_menu->addAction(tr("Save this view…"));
    save->setObjectName(QStringLiteral("bookings.save_view_as"));
    connect(save, &QAction::triggered, this, [this] {
        m_name->clear();
        m_name_row->show();
        m_name->setFocus();
    });
    if (!m_views.empty()) {
        auto *remove = m_view_menu->addMenu(tr("Remove"));
        for (const auto &view : m_views) {
            connect(remove->addAction(view.name), &QAction::triggered, this,
                    [this, name = view.name] { emit view_removed(name); });
        }
    }
}

void QueueFilters::say_statuses() {
    QStringList words;
    for (const auto status : filter().statuses) {
        words << status_word(status);
    }
    const auto whole = words.join(QStringLiteral(", "));
    m_status->setText(words.isEmpty()     ? tr("Any status")
                      : words.size() == 1 ? words.first()
                                          : tr("%1 states").arg(words.size()));
    m_status->setToolTip(whole);
}

void QueueFilters::set_companions(const std::vector<CompanionChoice> &companions) {
    if (companions == m_companion_list) {
        return;
    }
    m_companion_list = companions;
    const QSignalBlocker quiet(m_companion);
    const auto chosen = m_companion->currentData();
    m_companion->clear();
    m_companion->addItem(tr("All companions"), QString());
    for (const auto &companion : companions) {
        m_companion->addItem(companion.name, companion.id);
    }
    choose_companion(chosen.toString());
}

// A view may be of a companion who was removed since: then it shows nothing rather than everybody.
void QueueFilters::choose_companion(const QString &id) {
    if (!id.isEmpty() && m_companion->findData(id) < 0) {
        m_companion->addItem(tr("A companion who is gone"), id);
    }
    m_companion->setCurrentIndex(std::max(0, m_companion->findData(id)));
}

void QueueFilters::set_services(QStringList services) {
    const auto chosen = m_service->currentData().toString();
    if (!chosen.isEmpty() && !services.contains(chosen)) {
        services << chosen; // of a kept view: no site offers it at present
    }
    if (services == m_service_list) {
        return;
    }
    m_service_list = services;
    const QSignalBlocker quiet(m_service);
    m_service->clear();
    m_service->addItem(tr("All services"), QString());
    for (const auto &service : services) {
        m_service->addItem(service, service);
    }
    m_service->setCurrentIndex(std::max(0, m_service->findData(chosen)));
}

void QueueFilters::set_views(const std::vector<SavedView> &views) {
    m_views = views;
    fill_views();
}

void QueueFilters::set_filter(const QueueFilter &filter) {
    for (std::size_t place = 0; place < m_statuses.size(); ++place) {
        const QSignalBlocker quiet(m_statuses[place]);
        m_statuses[place]->setChecked(std::ranges::count(filter.statuses, models::booking_statuses()[place]) >
                                      0);
    }
    const QSignalBlocker quiet_words(m_words), quiet_companion(m_companion), quiet_dates(m_dates),
        quiet_service(m_service);
    m_words->setText(filter.words);
    choose_companion(filter.tenant_id);
    m_dates->setCurrentIndex(static_cast<int>(filter.dates));
    if (filter.dates == DateChoice::Between && filter.first.isValid() && filter.last.isValid()) {
        const QSignalBlocker quiet_first(m_first), quiet_last(m_last);
        m_first->setDate(filter.first);
        m_last->setDate(filter.last);
    }
    show_days_row();
    if (m_service->findData(filter.service) < 0) {
        m_service->addItem(filter.service, filter.service);
    }
    m_service->setCurrentIndex(m_service->findData(filter.service));
    say_statuses();
}

QueueFilter QueueFilters::filter() const {
    QueueFilter filter;
    for (std::size_t place = 0; place < m_statuses.size(); ++place) {
        if (m_statuses[place]->isChecked()) {
            filter.statuses.push_back(models::booking_statuses()[place]);
        }
    }
    filter.tenant_id = m_companion->currentData().toString();
    filter.dates = static_cast<DateChoice>(std::max(0, m_dates->currentIndex()));
    if (filter.dates == DateChoice::Between) {
        filter.first = m_first->date();
        filter.last = m_last->date();
    }
    filter.service = m_service->currentData().toString();
    filter.words = m_words->text().trimmed();
    return filter;
}

void QueueFilters::focus_words() {
    m_words->setFocus();
    m_words->selectAll();
}

} // namespace studio::ui
