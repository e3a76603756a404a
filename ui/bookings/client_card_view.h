// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/bookings/booking_client_store.h"
#include "ui/async/latest.h"

#include <QWidget>

#include <optional>

class QCheckBox;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace studio::ui {

class FactRows;
class Worker;

// What is known of a booking's client. It is read when a person asks for it, because the database writes down
// who did.
class ClientCardView final : public QWidget {
    Q_OBJECT

public:
    explicit ClientCardView(Worker &worker, QWidget *parent = nullptr);
    // Closes the card where the booking is another one.
    void show_booking(const QString &booking, const QString &zone);
    bool is_open() const;
    // Where it is open.
    void read_again();

signals:
    void other_requested(const QString &booking);
    void failed(const QString &booking, const QString &reason);

private:
    void build_layout();
    void open_card();
    void show_card(const db::ClientCard &card);
    void show_requests(const std::vector<db::EarlierRequest> &requests);
    void show_blocks(const std::vector<db::ClientBlock> &blocks);
    void add_removal(QHBoxLayout *row, const db::ClientBlock &block);
    void remove_block(const std::string &block);
    void mark(const char *mark, bool present);

    Worker &m_worker;
    Latest m_loads;
    QString m_booking, m_zone;
    QLabel *m_explanation;
    QPushButton *m_open;
    QWidget *m_card;
    QCheckBox *m_verified, *m_trusted;
    QVBoxLayout *m_requests;
    QLabel *m_summary;
    QWidget *m_blocks;
    FactRows *m_reads;
};

} // namespace studio::ui
