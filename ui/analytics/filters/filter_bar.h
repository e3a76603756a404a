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

// The bar in which a person chooses a companion, days and filters. Filters combine; each is a chip, and a
// click removes it. The objectNames of its parts are "analytics.companion", ".range", ".from", ".to",
// ".add_filter", ".chip.FIELD".
class FilterBar final : public QWidget {
    Q_OBJECT

public:
    explicit FilterBar(QWidget *parent = nullptr);

    struct Companion {
        QString id, name;
    };
    // `with_all` adds "All companions" and shows the list; a companion's login has nothing to choose. The
    // present choice is kept.
    void set_companions(const std::vector<Companion> &companions, bool with_all);
    void choose_companion(const QString &id);
    QString companion() const;
    QString companion_name() const;

    void set_today(QDate today); // in the time zone of the chosen companion
    db::DateRange range() const;
    void choose_day(QDate day);
    void choose_range(Preset preset);

    const db::AnalyticsFilter &filter() const { return m_filter; }
    // `words` is the chip's text; "" for the value's own label.
    void add_filter(Field field, const QString &value, const QString &words = {});
    // "Source: Google", in the order of the menu.
    std::vector<std::pair<QString, QString>> filter_labels() const;
    void clear_filters();

    // Called when the menu of a field opens, to fill it. May return before the menu is filled.
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
