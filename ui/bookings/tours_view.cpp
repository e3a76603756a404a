// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/tours_view.h"

#include "db/bookings/availability_store.h"
#include "models/booking/tour.h"
#include "models/values/timezone.h"
#include "ui/async/worker.h"
#include "ui/bookings/day_dates.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/style_sheet.h"

#include <QComboBox>
#include <QDateEdit>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr int max_city = 80;
constexpr int usual_days = 3;

QString visibility_word(models::TourVisibility visibility) {
    switch (visibility) {
    case models::TourVisibility::Now:
        return ToursView::tr("Days shown now");
    case models::TourVisibility::Month:
        return ToursView::tr("Month only");
    case models::TourVisibility::Later:
        break;
    }
    return ToursView::tr("Shown later");
}

} // namespace

ToursView::ToursView(Worker &worker, QWidget *parent)
    : QWidget(parent), m_worker(worker), m_lines(new QVBoxLayout), m_city(new QLineEdit(this)),
      m_zone(new QComboBox(this)), m_visibility(new QComboBox(this)), m_first(new QDateEdit(this)),
      m_last(new QDateEdit(this)),
      m_add(new QPushButton(line_icon(QStringLiteral("plus")), tr("Add tour"), this)) {
    setObjectName(QStringLiteral("tours"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(section_header(
        tr("Tours"), tr("On these days her hours and her clock are those of the city."), this));
    m_lines->setSpacing(2);
    layout->addLayout(m_lines);
    build_form(layout);
    connect(m_city, &QLineEdit::textChanged, this, &ToursView::check);
    connect(m_first, &QDateEdit::dateChanged, this, [this](QDate first) {
        m_last->setMinimumDate(first);
        check();
    });
    connect(m_add, &QPushButton::clicked, this, &ToursView::add);
    check();
}

void ToursView::build_form(QVBoxLayout *layout) {
    m_city->setObjectName(QStringLiteral("tours.city"));
    m_city->setAccessibleName(tr("City"));
    m_city->setPlaceholderText(tr("City"));
    m_city->setMaxLength(max_city);
    m_zone->setObjectName(QStringLiteral("tours.zone"));
    m_zone->setAccessibleName(tr("Time zone of the city"));
    m_zone->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_zone->setMinimumContentsLength(12);
    for (const auto name : models::timezone_names()) {
        m_zone->addItem(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
    }
    m_visibility->setObjectName(QStringLiteral("tours.visibility"));
    m_visibility->setAccessibleName(tr("What the site shows"));
    for (const auto visibility : {models::TourVisibility::Now, models::TourVisibility::Month}) {
        m_visibility->addItem(visibility_word(visibility), static_cast<int>(visibility));
    }
    const std::pair<QDateEdit *, QString> dates[] = {{m_first, tr("First day")}, {m_last, tr("Last day")}};
    for (const auto &[field, words] : dates) {
        field->setAccessibleName(words);
        field->setDisplayFormat(QStringLiteral("d MMM yyyy"));
        field->setDate(QDate::currentDate());
    }
    m_first->setObjectName(QStringLiteral("tours.first"));
    m_last->setObjectName(QStringLiteral("tours.last"));
    m_last->setDate(QDate::currentDate().addDays(usual_days));
    m_add->setObjectName(QStringLiteral("tours.add"));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(8);
    grid->addWidget(m_city, 0, 0);
    grid->addWidget(m_zone, 0, 1);
    grid->addWidget(m_visibility, 0, 2);
    grid->addWidget(m_first, 1, 0);
    grid->addWidget(m_last, 1, 1);
    grid->addWidget(m_add, 1, 2);
    layout->addLayout(grid);
}

void ToursView::show_tours(const models::TenantId &tenant, const models::Json &tours) {
    m_tenant = tenant;
    while (auto *item = m_lines->takeAt(0)) {
        if (auto *line = item->widget()) {
            line->hide();
            line->deleteLater();
        }
        delete item;
    }
    for (const auto &document : tours) {
        const auto tour = models::read_tour(document);
        const QLocale locale;
        auto *line = new QWidget(this);
        const auto days =
            tr("%1 – %2").arg(locale.toString(to_date(tour.first_day), QStringLiteral("d MMM")),
                              locale.toString(to_date(tour.last_day), QStringLiteral("d MMM yyyy")));
        auto *text = new QLabel(
            tr("%1 · %2 · %3").arg(QString::fromStdString(tour.city), days, visibility_word(tour.visibility)),
            line);
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        auto *button = new QToolButton(line);
        button->setIcon(line_icon(QStringLiteral("trash")));
        button->setObjectName(QStringLiteral("tours.remove.") + QString::fromStdString(tour.id));
        button->setAccessibleName(tr("Remove the tour to %1").arg(QString::fromStdString(tour.city)));
        connect(button, &QToolButton::clicked, this, [this, id = tour.id] { remove(id); });
        auto *row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        row->addWidget(text, 1);
        row->addWidget(button);
        m_lines->addWidget(line);
    }
}

void ToursView::check() {
    m_add->setEnabled(!m_city->text().trimmed().isEmpty());
}

void ToursView::add() {
    models::Tour tour;
    tour.city = m_city->text().trimmed().toStdString();
    tour.timezone = m_zone->currentText().toStdString();
    tour.first_day = to_day(m_first->date());
    tour.last_day = to_day(m_last->date());
    tour.visibility = static_cast<models::TourVisibility>(m_visibility->currentData().toInt());
    m_add->setEnabled(false);
    m_worker
        .run([tenant = m_tenant, document = models::write_tour(tour, models::Json::object())](
                 db::Session &session) { db::AvailabilityStore(session).add_tour(tenant, document); })
        .then(this,
              [this] {
                  m_city->clear();
                  emit changed(tr("The tour is added."));
              })
        .onFailed(this, [this](const std::exception &error) {
            check();
            emit failed(QString::fromUtf8(error.what()));
        });
}

void ToursView::remove(const std::string &id) {
    m_worker.run([id](db::Session &session) { db::AvailabilityStore(session).remove_tour(id); })
        .then(this, [this] { emit changed(tr("The tour is removed.")); })
        .onFailed(this,
                  [this](const std::exception &error) { emit failed(QString::fromUtf8(error.what())); });
}

} // namespace studio::ui
