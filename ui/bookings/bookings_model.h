// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/bookings/booking_store.h"
#include "ui/bookings/companion_facts.h"

#include <QAbstractTableModel>
#include <QSet>

#include <list>
#include <map>
#include <optional>
#include <vector>

namespace studio::ui {

// Bookings as the database orders them: all rows are announced by their number, their contents come in pages
// when they are looked at, and at most max_pages stay. Holds values only.
class BookingsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum class Column { Client, When, State };
    static constexpr int column_count = 3;
    static constexpr int page_size = 200;
    static constexpr std::size_t max_pages = 8;
    enum Role { Id = Qt::UserRole + 1, SecondLine, Status, Hint, IsHintUrgent };

    using QAbstractTableModel::QAbstractTableModel;

    // Forgets every page: other conditions.
    void reset(int count);
    // The same conditions, another number of rows; pages stay until they are replaced.
    void set_count(int count);
    void set_page(int page, std::vector<db::Booking> rows);
    // The others are out of date; they are asked for again when they are looked at.
    void keep_only(const std::vector<int> &pages);
    void add_companions(const Companions &companions);
    const Companions &companions() const { return m_companions; }
    // Ages and times left are of that moment.
    void set_now(const QDateTime &now);
    void set_shows_companion(bool shows) { m_shows_companion = shows; }

    const db::Booking *at(int row) const; // nullptr while its page is not there
    int row_of(const QString &id) const;  // among the pages that are there; -1 where it is in none
    std::vector<int> pages() const;
    // Asked for and not yet there.
    bool awaits(int page) const { return m_awaited.contains(page); }
    void await(int page) { m_awaited.insert(page); }
    // It could not be read: the next look at it asks again.
    void give_up(int page) { m_awaited.remove(page); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    void page_wanted(int page) const;

private:
    const db::Booking *looked_at(int row) const;
    QString zone_of(const db::Booking &booking) const;
    QString first_line(const db::Booking &booking, Column column) const;
    QString second_line(const db::Booking &booking, Column column) const;
    QString hint(const db::Booking &booking) const;

    int m_count = 0;
    std::map<int, std::vector<db::Booking>> m_pages;
    mutable std::list<int> m_recent; // pages, the one looked at last first
    mutable QSet<int> m_awaited;
    Companions m_companions;
    QDateTime m_now = QDateTime::currentDateTime();
    bool m_shows_companion = true;
};

} // namespace studio::ui
