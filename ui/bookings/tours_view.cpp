// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/tours_view.h"

#include "db/bookings/availability_store.h"
#include "models/booking/tour.h"
#include "models/values/timezone.h"
#include "ui/async/worker.h"
#include "ui/bookings/booking_decider.h"
#include "ui/bookings/booking_words.h"
#include "ui/bookings/day_dates.h"
#include "ui/bookings/tab_before.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/tab_order.h"

#include <QComboBox>
#include <QDateEdit>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QTimeZone>
#include <QToolButton>
#include <QVBoxLayout>

#include <optional>
#include <tuple>
#include <utility>

namespace studio::ui {

namespace {

using Visibility = models::TourVisibility;

constexpr int max_city = 80;
constexpr int usual_days = 3;

struct Shown {
    Visibility visibility;
    const char *code; // in the database
    const char *words;
};
constexpr Shown shown_choices[] = {
    {Visibility::Now, "now", QT_TRANSLATE_NOOP("studio::ui::ToursView", "Days shown now")},
    {Visibility::Later, "later", QT_TRANSLATE_NOOP("studio::ui::ToursView", "Days shown from")},
    {Visibility::Month, "month", QT_TRANSLATE_NOOP("studio::ui::ToursView", "Month only")}};

void add_shown_choices(QComboBox *combo) {
    for (const auto &choice : shown_choices) {
        combo->addItem(ToursView::tr(choice.words), QString::fromLatin1(choice.code));
    }
}

QString shown_code(Visibility visibility) {
    for (const auto &choice : shown_choices) {
        if (choice.visibility == visibility) {
            return QString::fromLatin1(choice.code);
        }
    }
    return QStringLiteral("month");
}

struct Places {
    std::optional<bool> incall, outcall;
};
constexpr Places place_choices[] = {{}, {true, false}, {false, true}, {true, true}};

} // namespace

ToursView::ToursView(Worker &worker, QWidget *parent)
    : QWidget(parent), m_worker(worker), m_lines(new QVBoxLayout), m_city(new QLineEdit(this)),
      m_zone(new QComboBox(this)), m_visibility(new QComboBox(this)), m_places(new QComboBox(this)),
      m_first(new QDateEdit(this)), m_last(new QDateEdit(this)), m_from(new QDateEdit(this)),
      m_add(new QPushButton(line_icon(QStringLiteral("plus")), tr("Add tour"), this)),
      m_clock(new QLabel(this)) {
    setObjectName(QStringLiteral("tours"));
    name_fields();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(section_header(
        tr("Tours"), tr("On these days the hours and the clock are those of the city."), this));
    m_lines->setSpacing(4);
    layout->addLayout(m_lines);
    build_form(layout);
    QWidget *const order[] = {m_city, m_zone, m_places, m_first, m_last, m_visibility, m_from, m_add};
    set_tab_order(order);
    connect(m_city, &QLineEdit::textChanged, this, &ToursView::propose_zone);
    connect(m_city, &QLineEdit::textChanged, this, &ToursView::check);
    connect(m_zone, &QComboBox::currentIndexChanged, this, [this] {
        m_zone_is_chosen = m_zone_is_chosen || !m_proposes;
        say_zone();
        check();
    });
    connect(m_first, &QDateEdit::dateChanged, this, [this](QDate first) {
        m_last->setMinimumDate(first);
        check();
    });
    connect(m_visibility, &QComboBox::currentIndexChanged, this, &ToursView::follow_shown);
    connect(m_add, &QPushButton::clicked, this, &ToursView::add);
    follow_shown();
    check();
}

void ToursView::name_fields() {
    const std::tuple<QWidget *, const char *, QString> names[] = {
        {m_city, "city", tr("City")},
        {m_zone, "zone", tr("Time zone of the city")},
        {m_visibility, "visibility", tr("What the site shows")},
        {m_from, "from", tr("Shown from")},
        {m_places, "places", tr("Places on the tour")},
        {m_first, "first", tr("First day")},
        {m_last, "last", tr("Last day")},
        {m_add, "add", m_add->text()}};
    for (const auto &[widget, name, words] : names) {
        widget->setObjectName(QStringLiteral("tours.") + QLatin1String(name));
        widget->setAccessibleName(words);
        widget->setToolTip(words);
    }
    m_clock->setObjectName(QStringLiteral("tours.clock"));
    m_clock->setWordWrap(true);
    m_clock->setTextFormat(Qt::PlainText);
    m_city->setPlaceholderText(tr("City"));
    m_city->setMaxLength(max_city);
    m_zone->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_zone->setMinimumContentsLength(12);
    for (const auto &name : models::timezone_names()) {
        m_zone->addItem(QString::fromStdString(name));
    }
    add_shown_choices(m_visibility);
    m_places->addItems(
        {tr("Places as at home"), tr("Incall only"), tr("Outcall only"), tr("Incall and outcall")});
    for (auto *field : {m_first, m_last, m_from}) {
        field->setDisplayFormat(QStringLiteral("d MMM yyyy"));
        field->setDate(QDate::currentDate());
    }
    m_proposed_day = m_first->date();
    m_last->setDate(m_proposed_day.addDays(usual_days));
}

void ToursView::build_form(QVBoxLayout *layout) {
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(8);
    grid->addWidget(m_city, 0, 0);
    grid->addWidget(m_zone, 0, 1);
    grid->addWidget(m_places, 0, 2);
    grid->addWidget(m_first, 1, 0);
    grid->addWidget(m_last, 1, 1);
    grid->addWidget(m_add, 1, 2);
    grid->addWidget(m_visibility, 2, 0);
    grid->addWidget(m_from, 2, 1);
    grid->addWidget(m_clock, 3, 0, 1, 3);
    for (int column = 0; column < 3; ++column) {
        grid->setColumnStretch(column, 1);
    }
    layout->addLayout(grid);
}

void ToursView::follow_shown() {
    m_from->setVisible(m_visibility->currentData() == QLatin1String("later"));
}

// The form starts with her own clock and her own today.
void ToursView::start_at_home(const QString &zone) {
    m_home_zone = zone;
    m_zone_is_chosen = false;
    propose_zone();
    const QTimeZone clock(zone.toUtf8());
    if (clock.isValid() && m_city->text().isEmpty() && m_first->date() == m_proposed_day) {
        const auto before = m_proposed_day;
        m_proposed_day = QDateTime::currentDateTimeUtc().toTimeZone(clock).date();
        if (m_from->date() == before) {
            m_from->setDate(m_proposed_day);
        }
        m_first->setDate(m_proposed_day);
        m_last->setDate(m_proposed_day.addDays(usual_days));
    }
}

// The zone that is named after the city; "" where there is none.
QString ToursView::zone_of(const QString &city) const {
    return QString::fromStdString(models::timezone_of_city(city.toStdString()));
}

void ToursView::propose_zone() {
    const auto city = m_city->text().trimmed();
    if (city.isEmpty()) {
        m_zone_is_chosen = false; // the next tour
    }
    if (!m_zone_is_chosen) {
        const auto named = zone_of(city);
        m_proposes = true;
        m_zone->setCurrentIndex(m_zone->findText(named.isEmpty() ? m_home_zone : named));
        m_proposes = false;
    }
    say_zone();
}

void ToursView::say_zone() {
    const auto city = m_city->text().trimmed();
    const auto chosen = m_zone->currentText(), named = zone_of(city);
    const auto now = QDateTime::currentDateTimeUtc();
    const auto offset = [&now](const QString &zone) { return QTimeZone(zone.toUtf8()).offsetFromUtc(now); };
    const bool is_odd = !named.isEmpty() && !chosen.isEmpty() && offset(named) != offset(chosen);
    set_text_role(m_clock, is_odd ? TextRole::Negative : TextRole::Muted);
    m_clock->setText(chosen.isEmpty() ? tr("Choose the city’s time zone.")
                     : is_odd         ? tr("%1 has another clock than %2. Choose %3, or the hours are wrong.")
                                    .arg(city, zone_label(chosen), named)
                              : tr("The tour’s hours are in %1.").arg(zone_label(chosen)));
}

void ToursView::show_tours(const models::TenantId &tenant, const QString &home_zone,
                           const models::Json &tours) {
    if (m_tenant != tenant || m_home_zone != home_zone) {
        start_at_home(home_zone);
    }
    if (m_tenant == tenant && m_shown == tours) {
        return; // a press or the focus on one of the lines is not disturbed
    }
    m_tenant = tenant;
    m_shown = tours;
    while (auto *item = m_lines->takeAt(0)) {
        if (auto *line = item->widget()) {
            line->hide();
            line->deleteLater();
        }
        delete item;
    }
    for (const auto &document : tours) {
        m_lines->addWidget(line_of(document));
    }
    set_tab_before(m_city, m_lines);
}

QWidget *ToursView::line_of(const models::Json &document) {
    const auto tour = models::read_tour(document);
    const auto id = QString::fromStdString(tour.id);
    const auto city = QString::fromStdString(tour.city);
    const QLocale locale;
    auto *line = new QWidget(this);
    auto *text = new QLabel(tr("%1 · %2 – %3 · %4")
                                .arg(city, locale.toString(to_date(tour.first_day), QStringLiteral("d MMM")),
                                     locale.toString(to_date(tour.last_day), QStringLiteral("d MMM yyyy")),
                                     zone_label(QString::fromStdString(tour.timezone))),
                            line);
    text->setObjectName(QStringLiteral("tours.words.") + id);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    auto *shown = new QComboBox(line);
    shown->setObjectName(QStringLiteral("tours.shown.") + id);
    shown->setAccessibleName(tr("What the site shows of the tour to %1").arg(city));
    add_shown_choices(shown);
    shown->setCurrentIndex(shown->findData(shown_code(tour.visibility)));
    auto *from = new QDateEdit(tour.visible_from ? to_date(*tour.visible_from) : m_proposed_day, line);
    from->setObjectName(QStringLiteral("tours.shown_from.") + id);
    from->setAccessibleName(tr("Day from which the tour to %1 is shown").arg(city));
    from->setDisplayFormat(QStringLiteral("d MMM yyyy"));
    from->setVisible(tour.visibility == Visibility::Later);
    auto *button = new QToolButton(line);
    button->setIcon(line_icon(QStringLiteral("trash")));
    button->setObjectName(QStringLiteral("tours.remove.") + id);
    button->setAccessibleName(tr("Remove the tour to %1").arg(city));
    button->setToolTip(button->accessibleName());
    const auto store = [this, shown, from, id = tour.id] {
        set_shown(id, shown->currentData().toString().toStdString(), from->date());
    };
    connect(shown, &QComboBox::activated, this, store);
    connect(from, &QDateEdit::editingFinished, this, store);
    connect(button, &QToolButton::clicked, this, [this, document] { remove(document); });
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(text, 1);
    row->addWidget(shown);
    row->addWidget(from);
    row->addWidget(button);
    return line;
}

void ToursView::check() {
    m_add->setEnabled(!m_city->text().trimmed().isEmpty() && !m_zone->currentText().isEmpty());
}

void ToursView::add() {
    models::Tour tour;
    tour.city = m_city->text().trimmed().toStdString();
    tour.timezone = m_zone->currentText().toStdString();
    tour.first_day = to_day(m_first->date());
    tour.last_day = to_day(m_last->date());
    tour.visibility = shown_choices[m_visibility->currentIndex()].visibility;
    if (tour.visibility == Visibility::Later) {
        tour.visible_from = to_day(m_from->date());
    }
    const auto &places = place_choices[m_places->currentIndex()];
    tour.incall = places.incall;
    tour.outcall = places.outcall;
    m_add->setEnabled(false);
    store(m_tenant, models::write_tour(tour, models::Json::object()), tr("The tour is added."));
}

// An answer that comes when another companion is shown says nothing under her name.
void ToursView::store(const models::TenantId &tenant, const models::Json &document, const QString &done) {
    m_worker
        .run([tenant, document](db::Session &session) {
            db::AvailabilityStore(session).add_tour(tenant, document);
        })
        .then(this,
              [this, tenant, done, city = QString::fromStdString(models::read_tour(document).city)] {
                  if (tenant != m_tenant) {
                      emit added_for(tenant);
                      return;
                  }
                  if (m_city->text().trimmed() == city) { // not yet the next one's
                      m_city->clear();
                  }
                  check();
                  emit changed(done);
              })
        .onFailed(this, [this, tenant](const std::exception &error) { refused(tenant, error); });
}

void ToursView::refused(const models::TenantId &tenant, const std::exception &error) {
    check();
    const auto reason = refusal_words(tr("Nothing was changed."), error);
    emit failed(tenant == m_tenant ? reason : tr("This is about another companion’s tour. %1").arg(reason));
}

void ToursView::set_shown(const std::string &id, const std::string &shown, QDate from) {
    for (const auto &document : m_shown) {
        const auto tour = models::read_tour(document);
        const bool same_day = shown != "later" || (tour.visible_from && to_date(*tour.visible_from) == from);
        if (tour.id == id && shown_code(tour.visibility).toStdString() == shown && same_day) {
            return; // left as it was
        }
    }
    const auto day =
        shown == "later" ? std::optional(from.toString(Qt::ISODate).toStdString()) : std::nullopt;
    m_worker
        .run([tenant = m_tenant, id, shown, day](db::Session &session) {
            db::AvailabilityStore(session).set_tour_shown(tenant, id, shown, day);
        })
        .then(this,
              [this, tenant = m_tenant] {
                  if (tenant == m_tenant) {
                      emit changed(tr("The site shows the tour as chosen."));
                  }
              })
        .onFailed(this, [this, tenant = m_tenant](const std::exception &error) {
            m_shown = {}; // the lines show again what is stored
            refused(tenant, error);
        });
}

void ToursView::remove(const models::Json &document) {
    const auto tour = models::read_tour(document);
    m_worker
        .run([tenant = m_tenant, id = tour.id](db::Session &session) {
            db::AvailabilityStore(session).remove_tour(tenant, id);
        })
        .then(this,
              [this, tenant = m_tenant, document, city = QString::fromStdString(tour.city)] {
                  if (tenant == m_tenant) {
                      m_removed = document;
                      m_removed_from = tenant;
                      emit removed(tr("The tour to %1 is removed.").arg(city));
                  }
              })
        .onFailed(this, [this, tenant = m_tenant](const std::exception &error) { refused(tenant, error); });
}

void ToursView::restore() {
    if (!m_removed.is_null()) {
        store(m_removed_from, std::exchange(m_removed, {}), tr("The tour is back."));
    }
}

} // namespace studio::ui
