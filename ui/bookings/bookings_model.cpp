// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/bookings_model.h"

#include "ui/bookings/booking_words.h"
#include "ui/widgets/tenant_id.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace studio::ui {

namespace {
constexpr int urgent_s = 2 * 3600;
}

void BookingsModel::reset(int count) {
    beginResetModel();
    m_count = count;
    m_pages.clear();
    m_recent.clear();
    m_awaited.clear();
    endResetModel();
}

void BookingsModel::set_count(int count) {
    if (count > m_count) {
        beginInsertRows({}, m_count, count - 1);
        m_count = count;
        endInsertRows();
    } else if (count < m_count) {
        beginRemoveRows({}, count, m_count - 1);
        m_count = count;
        endRemoveRows();
    }
}

void BookingsModel::set_page(int page, std::vector<db::Booking> rows) {
    m_awaited.remove(page);
    m_pages[page] = std::move(rows);
    m_recent.remove(page);
    m_recent.push_front(page);
    while (m_recent.size() > max_pages) {
        m_pages.erase(m_recent.back());
        m_recent.pop_back();
    }
    const int first = page * page_size;
    const int last = std::min(m_count, first + page_size) - 1;
    if (first <= last) {
        emit dataChanged(index(first, 0), index(last, column_count - 1));
    }
}

void BookingsModel::keep_only(const std::vector<int> &pages) {
    const auto is_old = [&pages](int page) { return std::ranges::count(pages, page) == 0; };
    std::erase_if(m_pages, [&is_old](const auto &page) { return is_old(page.first); });
    m_recent.remove_if(is_old);
}

void BookingsModel::add_companions(const Companions &companions) {
    m_companions.insert(companions);
}

void BookingsModel::set_now(const QDateTime &now) {
    m_now = now;
    if (m_count > 0) {
        emit dataChanged(index(0, 0), index(m_count - 1, column_count - 1));
    }
}

const db::Booking *BookingsModel::at(int row) const {
    const auto page = m_pages.find(row / page_size);
    const auto place = static_cast<std::size_t>(row % page_size);
    if (row < 0 || row >= m_count || page == m_pages.end() || place >= page->second.size()) {
        return nullptr;
    }
    return &page->second[place];
}

int BookingsModel::row_of(const QString &id) const {
    const auto wanted = id.toStdString();
    for (const auto &[page, rows] : m_pages) {
        const auto found =
            std::ranges::find_if(rows, [&wanted](const auto &booking) { return booking.id == wanted; });
        if (found != rows.end()) {
            return page * page_size + static_cast<int>(found - rows.begin());
        }
    }
    return -1;
}

std::vector<int> BookingsModel::pages() const {
    std::vector<int> numbers;
    for (const auto &page : m_pages) {
        numbers.push_back(page.first);
    }
    return numbers;
}

// Looking at a row asks for its page and keeps it from being forgotten.
const db::Booking *BookingsModel::looked_at(int row) const {
    const int page = row / page_size;
    if (m_pages.contains(page)) {
        if (m_recent.front() != page) {
            m_recent.remove(page);
            m_recent.push_front(page);
        }
    } else if (!m_awaited.contains(page)) {
        m_awaited.insert(page);
        emit page_wanted(page);
    }
    return at(row);
}

int BookingsModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : m_count;
}

int BookingsModel::columnCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : column_count;
}

QVariant BookingsModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto *booking = looked_at(index.row());
    if (booking == nullptr) {
        return {};
    }
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return first_line(*booking, column);
    case Qt::ToolTipRole:
        return second_line(*booking, column).isEmpty()
                   ? first_line(*booking, column)
                   : first_line(*booking, column) + QLatin1Char('\n') + second_line(*booking, column);
    case Qt::AccessibleTextRole:
        return QStringList{first_line(*booking, column), second_line(*booking, column)}.join(
            QStringLiteral(", "));
    case Id:
        return QString::fromStdString(booking->id);
    case SecondLine:
        return second_line(*booking, column);
    case Status:
        return static_cast<int>(booking->status);
    case Hint:
        return hint(*booking);
    case IsHintUrgent:
        return booking->answer_by.has_value() && models::is_open(booking->status) &&
               m_now.secsTo(to_date_time(*booking->answer_by)) < urgent_s;
    default:
        return {};
    }
}

QVariant BookingsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (static_cast<Column>(section)) {
    case Column::Client:
        return tr("Client");
    case Column::When:
        return tr("Time");
    case Column::State:
        return tr("Status");
    }
    return {};
}

QString BookingsModel::zone_of(const db::Booking &booking) const {
    return m_companions.value(to_text(booking.tenant_id)).zone;
}

QString BookingsModel::first_line(const db::Booking &booking, Column column) const {
    switch (column) {
    case Column::Client:
        return booking.erased ? tr("Erased") : QString::fromStdString(booking.client_name);
    case Column::When:
        return booking.start ? short_moment(in_zone(*booking.start, zone_of(booking)), m_now)
                             : tr("No time yet");
    case Column::State:
        return status_word(booking.status);
    }
    return {};
}

QString BookingsModel::second_line(const db::Booking &booking, Column column) const {
    QStringList parts;
    switch (column) {
    case Column::Client:
        if (m_shows_companion) {
            parts << QString::fromStdString(booking.tenant_name);
        }
        if (!booking.service_type.empty()) {
            parts << QString::fromStdString(booking.service_type);
        }
        break;
    case Column::When:
        if (booking.start && booking.end) {
            using std::chrono::duration_cast;
            parts << minutes_text(
                static_cast<int>(duration_cast<std::chrono::minutes>(*booking.end - *booking.start).count()));
        }
        if (!booking.place_kind.empty()) {
            parts << place_word(booking.place_kind);
        }
        break;
    case Column::State:
        return hint(booking);
    }
    return parts.join(QStringLiteral(" · "));
}

// For open ones the time left to answer, else how old it is.
QString BookingsModel::hint(const db::Booking &booking) const {
    const auto seconds = to_date_time(booking.created_at).secsTo(m_now);
    const auto age = short_duration(seconds);
    const bool is_new = seconds < 60;
    if (booking.move_asked) {
        return tr("Asks to move");
    }
    if (!models::is_open(booking.status) || !booking.answer_by) {
        return is_new ? tr("Just now") : tr("%1 ago").arg(age);
    }
    const auto left = m_now.secsTo(to_date_time(*booking.answer_by));
    if (left < 0) {
        return is_new ? tr("Overdue") : tr("%1 old, overdue").arg(age);
    }
    return is_new ? tr("New, %1 left").arg(short_duration(left))
                  : tr("%1 old, %2 left").arg(age, short_duration(left));
}

} // namespace studio::ui
