// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/analytics/filters/analytics_query.h"
#include "ui/async/latest.h"
#include "ui/async/worker.h"

#include <QObject>

class QMenu;

namespace studio::ui {

// Fills the menu of a filter's field with its most frequent values among the visits that match the other
// filters.
class FilterMenu final : public QObject {
    Q_OBJECT

public:
    FilterMenu(Worker &worker, QObject *parent);

    // Returns at once and fills the menu when the values have been read. The answer to an older call is
    // dropped.
    void fill(const AnalyticsQuery &query, Field field, QMenu *menu);

signals:
    void chosen(studio::ui::Field field, const QString &value, const QString &words);
    void failed(const QString &message);

private:
    Worker &m_worker;
    Latest m_loads;
};

} // namespace studio::ui
