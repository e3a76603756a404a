// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/deposit_fields.h"

#include "models/values/money.h"
#include "ui/bookings/booking_words.h"
#include "ui/widgets/style_sheet.h"

#include <QComboBox>
#include <QDateEdit>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSignalBlocker>
#include <QTimeZone>

namespace studio::ui {

namespace {

models::NumberSigns signs() {
    const QLocale locale;
    return {locale.decimalPoint().toStdString(), locale.groupSeparator().toStdString()};
}

bool is_asked(const std::string &state) {
    return state == "asked" || state == "overdue";
}

bool may_ask(const db::Booking &booking) {
    const auto &state = booking.deposit.state;
    const bool accepted = booking.status == models::BookingStatus::Accepted;
    if (accepted && (state.empty() || is_asked(state) || state == "returned")) {
        return true;
    }
    const bool confirmed = booking.status == models::BookingStatus::Confirmed;
    return (accepted || confirmed) && (state == "received" || state == "returned") && booking.start &&
           *booking.start > base::now();
}

QString words_to_ask(const std::string &state) {
    if (state.empty()) {
        return DepositFields::tr("Ask for a deposit");
    }
    if (is_asked(state)) {
        return DepositFields::tr("Ask for another amount or day");
    }
    return state == "returned" ? DepositFields::tr("Ask for the deposit again")
                               : DepositFields::tr("It was not received: ask for it again");
}

} // namespace

DepositFields::DepositFields(const QString &name, QWidget *parent)
    : QWidget(parent), m_what(new QComboBox(this)), m_consequence(new QLabel(this)),
      m_amount_label(new QLabel(tr("Amount"), this)), m_day_label(new QLabel(this)),
      m_method_label(new QLabel(tr("How it was paid"), this)), m_amount(new QLineEdit(this)),
      m_day(new QDateEdit(this)), m_method(new QLineEdit(this)) {
    m_what->setObjectName(name + QStringLiteral(".deposit.what"));
    m_what->setAccessibleName(tr("What became of the deposit"));
    m_consequence->setObjectName(name + QStringLiteral(".deposit.consequence"));
    m_consequence->setText(
        tr("For one that was entered as received by mistake. A confirmed booking is accepted "
           "again until the deposit is there."));
    m_consequence->setWordWrap(true);
    set_text_role(m_consequence, TextRole::Small);
    m_amount->setObjectName(name + QStringLiteral(".deposit.amount"));
    m_amount->setAccessibleName(tr("Amount of the deposit"));
    m_method->setObjectName(name + QStringLiteral(".deposit.method"));
    m_method->setAccessibleName(tr("How the deposit was paid"));
    m_method->setPlaceholderText(tr("Bank transfer"));
    m_method->setMaxLength(160);
    m_day->setObjectName(name + QStringLiteral(".deposit.day"));
    m_day->setAccessibleName(tr("Day of the deposit"));
    m_day->setDisplayFormat(QStringLiteral("ddd d MMM yyyy"));
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setVerticalSpacing(8);
    layout->setColumnStretch(1, 1);
    layout->addWidget(m_what, 0, 0, 1, 2);
    layout->addWidget(m_consequence, 1, 0, 1, 2);
    layout->addWidget(m_amount_label, 2, 0);
    layout->addWidget(m_amount, 2, 1);
    layout->addWidget(m_day_label, 3, 0);
    layout->addWidget(m_day, 3, 1);
    layout->addWidget(m_method_label, 4, 0);
    layout->addWidget(m_method, 4, 1);
    connect(m_what, &QComboBox::currentIndexChanged, this, &DepositFields::show_fields);
    connect(m_amount, &QLineEdit::textChanged, this, &DepositFields::changed);
    connect(m_method, &QLineEdit::textChanged, this, &DepositFields::changed);
    connect(m_day, &QDateEdit::dateChanged, this, &DepositFields::changed);
}

void DepositFields::begin(const db::Booking &booking, const QString &zone, const std::string &currency) {
    m_zone = zone;
    m_currency = currency;
    m_was_received = booking.deposit.state == "received";
    offer(booking);
    m_amount->setText(booking.deposit.minor > 0
                          ? QString::fromStdString(models::editable_money({booking.deposit.minor}, signs()))
                          : QString());
    m_day->setDate(today());
    m_method->setText(QString::fromStdString(booking.deposit.method));
    show_fields();
    m_given = entry();
}

// As the database's booking_deposit() allows it.
void DepositFields::offer(const db::Booking &booking) {
    const QSignalBlocker quiet(m_what);
    const auto &state = booking.deposit.state;
    m_what->clear();
    if (is_asked(state)) {
        m_what->addItem(tr("The deposit was received"), QStringLiteral("received"));
    }
    if (state == "received" || state == "kept") {
        m_what->addItem(tr("The deposit was returned"), QStringLiteral("returned"));
    }
    if (state == "received") {
        m_what->addItem(tr("The deposit is kept"), QStringLiteral("kept"));
    }
    if (may_ask(booking)) {
        m_what->addItem(words_to_ask(state), QStringLiteral("asked"));
    }
}

DepositEntry DepositFields::entry() const {
    return {m_what->currentData().toString(), m_amount->text(), m_method->text(), m_day->date()};
}

void DepositFields::enter(const DepositEntry &entry) {
    if (const int what = m_what->findData(entry.what); what >= 0) {
        m_what->setCurrentIndex(what);
    }
    m_amount->setText(entry.amount);
    m_method->setText(entry.method);
    m_day->setDate(entry.day);
}

QDate DepositFields::today() const {
    return in_zone(base::now(), m_zone).date();
}

void DepositFields::show_fields() {
    const auto what = m_what->currentData().toString();
    const bool asks = what == QLatin1String("asked");
    const bool receives = what == QLatin1String("received");
    m_consequence->setVisible(asks && m_was_received);
    m_amount_label->setVisible(asks);
    m_amount->setVisible(asks);
    m_day_label->setVisible(asks || receives);
    m_day->setVisible(asks || receives);
    m_day_label->setText(asks ? tr("Due on") : tr("Received on"));
    if (asks) {
        m_day->setDate(today().addDays(2));
    } else if (receives) {
        m_day->setDate(today());
    }
    m_method_label->setVisible(receives);
    m_method->setVisible(receives);
    emit changed();
}

QString DepositFields::problem() const {
    if (m_what->currentIndex() < 0) {
        return tr("There is no deposit to record in this state.");
    }
    if (m_what->currentData().toString() != QLatin1String("asked") || !missing().isEmpty()) {
        return {};
    }
    const auto reading = models::read_money(m_amount->text().toStdString(), signs(), m_currency);
    if (!reading.amount) {
        return QString::fromStdString(reading.problem);
    }
    return reading.amount->minor > 0 ? QString() : tr("A deposit must be more than 0.");
}

QString DepositFields::missing() const {
    const bool asks = m_what->currentData().toString() == QLatin1String("asked");
    return asks && m_amount->text().trimmed().isEmpty() ? tr("Enter an amount.") : QString();
}

void DepositFields::focus_amount() {
    m_amount->setFocus();
}

std::optional<db::BookingDecisionStore::Deposit> DepositFields::deposit() const {
    if (!problem().isEmpty() || !missing().isEmpty()) {
        return std::nullopt;
    }
    db::BookingDecisionStore::Deposit deposit;
    deposit.what = m_what->currentData().toString().toStdString();
    const auto zone = clock_of(m_zone);
    if (deposit.what == "asked") {
        deposit.minor = models::read_money(m_amount->text().toStdString(), signs(), m_currency).amount->minor;
        deposit.due = to_time(QDateTime(m_day->date(), QTime(23, 59), zone));
    } else if (deposit.what == "received") {
        deposit.received = to_time(m_day->date() == today() ? QDateTime::currentDateTime()
                                                            : QDateTime(m_day->date(), QTime(12, 0), zone));
        deposit.method = m_method->text().trimmed().toStdString();
    }
    return deposit;
}

} // namespace studio::ui
