// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/service_places_fields.h"

#include "ui/bookings/booking_words.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/tab_order.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr std::array kinds{models::ServicePlace::Incall, models::ServicePlace::Outcall,
                           models::ServicePlace::Travel};

void check_boxes(const std::array<QCheckBox *, 3> &boxes, const models::ServicePlaces &places) {
    for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
        const QSignalBlocker quiet(boxes[kind]);
        boxes[kind]->setChecked(std::ranges::count(places, kinds[kind]) > 0);
    }
}

models::ServicePlaces checked(const std::array<QCheckBox *, 3> &boxes) {
    models::ServicePlaces places;
    for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
        if (boxes[kind]->isChecked()) {
            places.push_back(kinds[kind]);
        }
    }
    return places;
}

} // namespace

ServicePlacesFields::ServicePlacesFields(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this)) {
    setObjectName(QStringLiteral("places"));
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(6);
    m_grid->setColumnStretch(0, 1);
    m_grid->addWidget(new QLabel(tr("Usual places"), this), 0, 0);
    m_usual = add_boxes(0, QStringLiteral("availability"), tr("Usual places"));
    for (auto *box : m_usual) {
        connect(box, &QCheckBox::toggled, this, &ServicePlacesFields::follow_usual);
    }
}

std::array<QCheckBox *, 3> ServicePlacesFields::add_boxes(int row, const QString &name,
                                                          const QString &words) {
    std::array<QCheckBox *, 3> boxes{};
    for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
        const auto place = std::string(models::to_string(kinds[kind]));
        auto *box = new QCheckBox(place_word(place), this);
        box->setObjectName(name + QLatin1Char('.') + QString::fromStdString(place));
        box->setAccessibleName(tr("%1: %2").arg(words, place_word(place)));
        connect(box, &QCheckBox::toggled, this, &ServicePlacesFields::changed);
        m_grid->addWidget(box, row, static_cast<int>(kind) + 2);
        boxes[kind] = box;
    }
    return boxes;
}

void ServicePlacesFields::add_service(const QString &id, const QString &name,
                                      const models::Availability &availability) {
    Row row;
    row.service = id.toStdString();
    const auto field = QStringLiteral("places.") + id;
    const int line = static_cast<int>(m_rows.size()) + 1;
    auto *label = new ElidedLabel(name, this);
    m_grid->addWidget(label, line, 0);
    row.usual = new QCheckBox(tr("As usual"), this);
    row.usual->setObjectName(field + QStringLiteral(".usual"));
    row.usual->setAccessibleName(tr("%1: usual places").arg(name));
    m_grid->addWidget(row.usual, line, 1);
    row.places = add_boxes(line, field, name);
    const auto own = availability.places.find(row.service);
    row.usual->setChecked(own == availability.places.end());
    check_boxes(row.places, own == availability.places.end() ? availability.default_places : own->second);
    connect(row.usual, &QCheckBox::toggled, this, [this] {
        follow_usual();
        emit changed();
    });
    m_row_widgets.insert(m_row_widgets.end(),
                         {label, row.usual, row.places[0], row.places[1], row.places[2]});
    m_rows.push_back(row);
}

void ServicePlacesFields::show_places(const models::Availability &availability,
                                      const CompanionFacts &companion) {
    for (auto *widget : m_row_widgets) {
        widget->hide();
        widget->deleteLater();
    }
    m_row_widgets.clear();
    m_rows.clear();
    check_boxes(m_usual, availability.default_places);
    for (qsizetype at = 0; at < companion.service_ids.size(); ++at) {
        if (!companion.service_ids[at].isEmpty()) {
            add_service(companion.service_ids[at], companion.services[at], availability);
        }
    }
    std::vector<QWidget *> order(m_usual.begin(), m_usual.end());
    order.insert(order.end(), m_row_widgets.begin(), m_row_widgets.end());
    set_tab_order(order);
    follow_usual();
}

// A service that is offered at the usual places shows them.
void ServicePlacesFields::follow_usual() {
    for (const auto &row : m_rows) {
        const bool usual = row.usual->isChecked();
        if (usual) {
            check_boxes(row.places, checked(m_usual));
        }
        for (auto *box : row.places) {
            box->setEnabled(!usual);
        }
    }
}

void ServicePlacesFields::write_to(models::Availability &availability) const {
    availability.default_places = checked(m_usual);
    for (const auto &row : m_rows) {
        if (row.usual->isChecked()) {
            availability.places.erase(row.service);
        } else {
            availability.places[row.service] = checked(row.places);
        }
    }
}

bool ServicePlacesFields::is_complete() const {
    return !checked(m_usual).empty() &&
           std::ranges::none_of(m_rows, [](const Row &row) { return checked(row.places).empty(); });
}

} // namespace studio::ui
