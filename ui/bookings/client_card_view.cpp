// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/client_card_view.h"

#include "db/bookings/block_store.h"
#include "ui/async/worker.h"
#include "ui/bookings/booking_words.h"
#include "ui/bookings/fact_rows.h"
#include "ui/bookings/tab_before.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/tab_order.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace studio::ui {

namespace {

void clear(QLayout *lines) {
    while (auto *item = lines->takeAt(0)) {
        if (auto *line = item->widget()) {
            line->hide();
            line->deleteLater();
        }
        delete item;
    }
}

} // namespace

ClientCardView::ClientCardView(Worker &worker, QWidget *parent)
    : QWidget(parent), m_worker(worker),
      m_explanation(
          new QLabel(tr("Earlier requests of the same email address or phone number, marks and blocks. "
                        "Opening the card is recorded with your name."),
                     this)),
      m_open(new QPushButton(line_icon(QStringLiteral("account")), tr("Open client card"), this)),
      m_card(new QWidget(this)), m_verified(new QCheckBox(tr("Verified"), this)),
      m_trusted(new QCheckBox(tr("Trusted"), this)), m_requests(new QVBoxLayout), m_summary(new QLabel(this)),
      m_blocks(new QWidget(this)), m_reads(new FactRows(QStringLiteral("client.reads"), this)) {
    build_layout();
    connect(m_open, &QPushButton::clicked, this, &ClientCardView::open_card);
    connect(m_verified, &QCheckBox::toggled, this, [this](bool on) { mark("verified", on); });
    connect(m_trusted, &QCheckBox::toggled, this, [this](bool on) { mark("trusted", on); });
}

void ClientCardView::build_layout() {
    setObjectName(QStringLiteral("client_card"));
    m_explanation->setWordWrap(true);
    set_text_role(m_explanation, TextRole::Small);
    m_open->setObjectName(QStringLiteral("client.open"));
    m_verified->setObjectName(QStringLiteral("client.verified"));
    m_trusted->setObjectName(QStringLiteral("client.trusted"));
    m_summary->setObjectName(QStringLiteral("client.summary"));
    m_summary->setWordWrap(true);
    auto *marks = new QHBoxLayout;
    marks->setSpacing(24);
    marks->addWidget(m_verified);
    marks->addWidget(m_trusted);
    marks->addStretch(1);
    auto *card = new QVBoxLayout(m_card);
    card->setContentsMargins(0, 0, 0, 0);
    card->setSpacing(10);
    card->addLayout(marks);
    card->addWidget(m_summary);
    m_requests->setSpacing(2);
    card->addLayout(m_requests);
    m_blocks->setObjectName(QStringLiteral("client.blocks"));
    auto *blocks = new QVBoxLayout(m_blocks);
    blocks->setContentsMargins(0, 0, 0, 0);
    blocks->setSpacing(2);
    card->addWidget(m_blocks);
    card->addWidget(m_reads);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addWidget(section_header(tr("Client"), {}, this));
    layout->addWidget(m_explanation);
    layout->addWidget(m_open, 0, Qt::AlignLeft);
    layout->addWidget(m_card);
    m_card->hide();
}

void ClientCardView::show_booking(const QString &booking, const QString &zone) {
    m_zone = zone;
    if (booking == m_booking) {
        return;
    }
    m_booking = booking;
    m_loads.next();
    m_card->hide();
    m_open->show();
    m_open->setEnabled(true);
    m_explanation->show();
}

bool ClientCardView::is_open() const {
    return !m_card->isHidden();
}

void ClientCardView::read_again() {
    if (is_open()) {
        open_card();
    }
}

void ClientCardView::open_card() {
    m_open->setEnabled(false);
    const auto number = m_loads.next();
    m_worker
        .run([id = m_booking.toStdString()](db::Session &session) {
            return db::BookingClientStore(session).open_card(id);
        })
        .then(this,
              [this, number](const std::optional<db::ClientCard> &card) {
                  if (!m_loads.is_latest(number)) {
                      return;
                  }
                  m_open->setEnabled(true);
                  if (card) {
                      show_card(*card);
                  } else {
                      emit failed(m_booking,
                                  tr("The client card of this booking is not available to your account."));
                  }
              })
        .onFailed(this, [this, number](const std::exception &error) {
            if (m_loads.is_latest(number)) {
                m_open->setEnabled(true);
                emit failed(m_booking, QString::fromUtf8(error.what()));
            }
        });
}

void ClientCardView::show_card(const db::ClientCard &card) {
    {
        const QSignalBlocker quiet_verified(m_verified);
        const QSignalBlocker quiet_trusted(m_trusted);
        m_verified->setChecked(card.verified);
        m_trusted->setChecked(card.trusted);
    }
    show_requests(card.requests);
    show_blocks(card.blocks);
    std::vector<FactRow> reads;
    for (const auto &read : card.reads) {
        reads.push_back({short_moment(in_zone(read.at, m_zone), QDateTime::currentDateTime()),
                         tr("Opened by %1").arg(QString::fromStdString(read.by))});
    }
    m_reads->show_rows(reads);
    std::vector<QWidget *> order{m_verified, m_trusted};
    const auto requests = lines_of(m_requests);
    order.insert(order.end(), requests.begin(), requests.end());
    order.push_back(m_blocks);
    set_tab_order(order);
    m_open->hide();
    m_explanation->hide();
    m_card->show();
}

void ClientCardView::show_blocks(const std::vector<db::ClientBlock> &blocks) {
    clear(m_blocks->layout());
    for (const auto &block : blocks) {
        const auto until = short_moment(in_zone(block.until, m_zone), QDateTime::currentDateTime());
        const auto kind = block_kind_word(block.kind);
        auto *line = new QWidget(m_blocks);
        auto *row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        auto *text =
            new QLabel(block.everywhere ? tr("%1 blocked for every companion, until %2").arg(kind, until)
                                        : tr("%1 blocked until %2").arg(kind, until),
                       line);
        text->setWordWrap(true);
        row->addWidget(text, 1);
        if (!block.id.empty()) {
            add_removal(row, block);
        }
        m_blocks->layout()->addWidget(line);
    }
    m_blocks->setVisible(!blocks.empty());
}

// The first press asks, the second removes.
void ClientCardView::add_removal(QHBoxLayout *row, const db::ClientBlock &block) {
    const auto name = QStringLiteral("client.unblock.") + QString::fromStdString(block.kind);
    auto *ask = new QPushButton(tr("Unblock"), m_blocks);
    auto *confirm = new QPushButton(tr("Unblock: %1").arg(block_kind_word(block.kind)), m_blocks);
    set_button_role(ask, ButtonRole::Quiet);
    set_button_role(confirm, ButtonRole::Danger);
    ask->setObjectName(name);
    ask->setAccessibleName(confirm->text());
    confirm->setObjectName(name + QStringLiteral(".confirm"));
    confirm->hide();
    row->addWidget(ask);
    row->addWidget(confirm);
    connect(ask, &QPushButton::clicked, confirm, [ask, confirm] {
        confirm->show();
        confirm->setFocus();
        ask->hide();
    });
    connect(confirm, &QPushButton::clicked, this, [this, confirm, id = block.id] {
        confirm->setEnabled(false);
        remove_block(id);
    });
}

void ClientCardView::remove_block(const std::string &block) {
    m_worker.run([block](db::Session &session) { db::BlockStore(session).remove(block); })
        .then(this, [this] { read_again(); })
        .onFailed(this, [this, booking = m_booking](const std::exception &error) {
            if (booking == m_booking) {
                read_again();
            }
            emit failed(booking, QString::fromUtf8(error.what()));
        });
}

void ClientCardView::show_requests(const std::vector<db::EarlierRequest> &requests) {
    clear(m_requests);
    int missed = 0, declined = 0;
    for (const auto &request : requests) {
        missed += request.status == "no_show" ? 1 : 0;
        declined += request.status == "declined" ? 1 : 0;
        const auto status = models::booking_status_of(request.status);
        auto text = status ? status_word(*status) : QString::fromStdString(request.status);
        if (const auto at = request.start ? request.start : request.created_at) {
            text = tr("%1: %2").arg(short_moment(in_zone(*at, m_zone), QDateTime::currentDateTime()), text);
        }
        if (!request.reason_code.empty()) {
            text += tr(" (%1)").arg(reason_word(request.reason_code));
        }
        if (!request.own) {
            text += tr(", another companion");
        }
        auto *line = new QPushButton(text, this);
        set_button_role(line, ButtonRole::Quiet);
        line->setObjectName(QStringLiteral("client.request.") + QString::fromStdString(request.id));
        line->setEnabled(!request.id.empty());
        connect(line, &QPushButton::clicked, this,
                [this, id = QString::fromStdString(request.id)] { emit other_requested(id); });
        m_requests->addWidget(line, 0, Qt::AlignLeft);
    }
    m_summary->setText(requests.empty() ? tr("No earlier requests.")
                                        : tr("Earlier requests: %1, no-shows: %2, declined: %3.")
                                              .arg(requests.size())
                                              .arg(missed)
                                              .arg(declined));
}

void ClientCardView::mark(const char *mark, bool present) {
    m_worker
        .run([id = m_booking.toStdString(), name = std::string(mark), present](db::Session &session) {
            db::BookingClientStore(session).mark(id, name, present);
        })
        .onFailed(this, [this, name = QString::fromLatin1(mark), present,
                         booking = m_booking](const std::exception &error) {
            if (booking == m_booking) { // the box is another client's otherwise
                auto *box = name == QLatin1String("verified") ? m_verified : m_trusted;
                const QSignalBlocker quiet(box);
                box->setChecked(!present);
            }
            emit failed(booking, QString::fromUtf8(error.what()));
        });
}

} // namespace studio::ui
