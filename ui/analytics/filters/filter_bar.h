// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/analytics/filters/analytics_query.h"

#include <QWidget>

#include <functional>
#include <map>

class QComboBox;
class QDateEdit;
class QHBoxLayout;
class QMenu;
class QToolButton;

namespace studio::ui {

// Whose figures, which days, and which visits: what the page asks. Filters combine; each is a chip that goes
// away by a click. Parts are "analytics.companion", ".range", ".from", ".to", ".add_filter", ".chip.FIELD".
class FilterBar final : public QWidget {
    Q_OBJECT

public:
    explicit FilterBar(QWidget *parent = nullptr);

    struct Companion {
        QString id, name;
    };
    // With more than one there is also "All companions", and a chooser at all. Keeps who was chosen.
    void set_companions(const std::vector<Companion> &companions, bool with_all);
    void choose_companion(const QString &id);
    QString companion() const;
    QString companion_name() const;

    void set_today(QDate today); // by the clock of who was chosen
    db::DateRange range() const;
    void choose_day(QDate day);
    void choose_range(Preset preset);

    const db::AnalyticsFilter &filter() const { return m_filter; }
    // `words` is what the chip says; "" for the value's own words.
    void add_filter(Field field, const QString &value, const QString &words = {});
    // "Source: Google", in the order of the menu.
    std::vector<std::pair<QString, QString>> filter_labels() const;
    void clear_filters();

    // Fills a field's menu; called as it opens, may come back later.
    std::function<void(Field, QMenu *)> values_requested;

signals:
    void changed();
    void companion_changed();

private:
    void build();
    void connect_signals();
    void show_chips();

    QComboBox *m_companion;
    QComboBox *m_range;
    QDateEdit *m_from;
    QDateEdit *m_to;
    QToolButton *m_add;
    QHBoxLayout *m_chips;
    QDate m_today;
    db::AnalyticsFilter m_filter;
    std::map<Field, QString> m_words;
};

} // namespace studio::ui
