// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/analytics/filters/analytics_query.h"
#include "ui/async/latest.h"
#include "ui/async/worker.h"

#include <QObject>

class QMenu;

namespace studio::ui {

// The values that a filter can have, in the menu of its field: those with the most visits, as the other
// filters leave them.
class FilterMenu final : public QObject {
    Q_OBJECT

public:
    FilterMenu(Worker &worker, QObject *parent);

    // May come back later; an answer to an older question is dropped.
    void fill(const AnalyticsQuery &query, Field field, QMenu *menu);

signals:
    void chosen(studio::ui::Field field, const QString &value, const QString &words);
    void failed(const QString &message);

private:
    Worker &m_worker;
    Latest m_loads;
};

} // namespace studio::ui
