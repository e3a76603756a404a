// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/booking/availability.h"
#include "ui/bookings/companion_facts.h"

#include <QWidget>

#include <array>
#include <map>
#include <vector>

class QCheckBox;
class QGridLayout;

namespace studio::ui {

// Where services are offered: the usual places, and for each service either these or places of its own.
class ServicePlacesFields final : public QWidget {
    Q_OBJECT

public:
    explicit ServicePlacesFields(QWidget *parent = nullptr);
    void show_places(const models::Availability &availability, const CompanionFacts &companion);
    // Services that are not shown keep theirs.
    void write_to(models::Availability &availability) const;
    // Every service has a place.
    bool is_complete() const;

signals:
    void changed();

private:
    struct Row {
        std::string service; // id
        QCheckBox *usual = nullptr;
        std::array<QCheckBox *, 3> places{};
    };
    std::array<QCheckBox *, 3> add_boxes(int row, const QString &name, const QString &words);
    void add_service(const QString &id, const QString &name, const models::Availability &availability);
    void follow_usual();

    QGridLayout *m_grid;
    std::array<QCheckBox *, 3> m_usual{};
    std::vector<Row> m_rows;
    std::vector<QWidget *> m_row_widgets;
};

} // namespace studio::ui
