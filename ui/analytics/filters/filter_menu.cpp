// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/filters/filter_menu.h"

#include "db/analytics/analytics_store.h"
#include "ui/analytics/filters/variant_names.h"

#include <QLocale>
#include <QMenu>
#include <QPointer>

namespace studio::ui {

namespace {

constexpr int max_values = 20;

struct Answer {
    std::vector<db::BreakdownRow> rows;
    VariantNames names;
};

} // namespace

FilterMenu::FilterMenu(Worker &worker, QObject *parent) : QObject(parent), m_worker(worker) {}

void FilterMenu::fill(const AnalyticsQuery &query, Field field, QMenu *menu) {
    auto others = query;
    set_filter(others.filter, field, {});
    const auto number = m_loads.next();
    m_worker
        .run([query = others, field](db::Session &session) {
            return Answer{db::AnalyticsStore(session).breakdown(
                              query.tenant, query.range, dimension_of(field), max_values, query.filter),
                          field == Field::Variant ? variant_names(session, query.tenant) : VariantNames()};
        })
        .then(this,
              [this, number, field, menu = QPointer<QMenu>(menu)](const Answer &answer) {
                  if (!menu || !m_loads.is_latest(number)) {
                      return;
                  }
                  menu->clear();
                  for (const auto &row : answer.rows) {
                      const auto name = answer.names.find(row.value);
                      const auto words = name == answer.names.end()
                                             ? value_label(dimension_of(field), row.value)
                                             : name->second;
                      const auto value = QString::fromStdString(row.value);
                      auto *action = menu->addAction(
                          tr("%1  (%2)").arg(words, QLocale().toString(qint64(row.totals.visits))), this,
                          [this, field, value, words] { emit chosen(field, value, words); });
                      action->setEnabled(!value.isEmpty() && row.value != db::other_values);
                      action->setData(value);
                  }
                  if (answer.rows.empty()) {
                      menu->addAction(tr("Nothing in this period"))->setEnabled(false);
                  }
              })
        .onFailed(this, [this, number, menu = QPointer<QMenu>(menu)](const std::exception &error) {
            if (!menu || !m_loads.is_latest(number)) {
                return;
            }
            menu->clear();
            menu->addAction(tr("Could not load"))->setEnabled(false);
            emit failed(QString::fromUtf8(error.what()));
        });
}

} // namespace studio::ui
