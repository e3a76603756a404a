// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/answer_fields.h"

#include "base/text.h"
#include "models/booking/booking_rules.h"
#include "models/values/money.h"
#include "ui/widgets/tab_order.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QTime>

#include <algorithm>
#include <tuple>

namespace studio::ui {

namespace {

using DepositKind = models::DepositRule::Kind;

constexpr int max_hours = 24 * 60;
constexpr int how_to_pay_lines = 3;

QSpinBox *number(int least, int most, int step, const QString &suffix, QWidget *parent) {
    auto *field = new QSpinBox(parent);
    field->setRange(least, most);
    field->setSingleStep(step);
    field->setSuffix(suffix);
    return field;
}

models::NumberSigns signs() {
    const QLocale locale;
    return {locale.decimalPoint().toStdString(), locale.groupSeparator().toStdString()};
}

std::optional<int> hours_or_none(const QSpinBox *field) {
    return field->value() == 0 ? std::nullopt : std::optional(field->value());
}

} // namespace

AnswerFields::AnswerFields(QWidget *parent)
    : QWidget(parent), m_answer(number(1, max_hours, 1, tr(" h"), this)),
      m_client_answer(number(1, max_hours, 1, tr(" h"), this)),
      m_reminder(number(0, max_hours, 1, tr(" h before"), this)),
      m_percent(number(1, 100, 5, tr(" %"), this)), m_due(number(1, max_hours, 1, tr(" h"), this)),
      m_deposit_reminder(number(0, max_hours, 1, tr(" h before"), this)), m_agenda(new QComboBox(this)),
      m_deposit(new QComboBox(this)), m_amount(new QLineEdit(this)), m_how_to_pay(new QPlainTextEdit(this)),
      m_replies(new QCheckBox(
          tr("Clients’ answers go to the address on the site, which then stands in the emails"), this)) {
    name_fields();
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (auto *field :
         std::initializer_list<QWidget *>{m_answer, m_client_answer, m_reminder, m_agenda, m_deposit,
                                          m_amount, m_percent, m_due, m_deposit_reminder, m_how_to_pay}) {
        auto *label = new QLabel(field->accessibleName(), this);
        label->setObjectName(field->objectName() + QStringLiteral(".label"));
        label->setWordWrap(true);
        grid->addWidget(label, row, 0);
        grid->addWidget(field, row++, 1);
    }
    for (auto *field : {m_answer, m_client_answer, m_reminder, m_percent, m_due, m_deposit_reminder}) {
        connect(field, &QSpinBox::valueChanged, this, &AnswerFields::changed);
    }
    connect(m_deposit, &QComboBox::currentIndexChanged, this, &AnswerFields::follow_deposit);
    for (auto *combo : {m_agenda, m_deposit}) {
        connect(combo, &QComboBox::currentIndexChanged, this, &AnswerFields::changed);
    }
    connect(m_amount, &QLineEdit::textChanged, this, &AnswerFields::changed);
    connect(m_how_to_pay, &QPlainTextEdit::textChanged, this, &AnswerFields::changed);
    grid->addWidget(m_replies, row, 0, 1, 2);
    QWidget *const order[] = {m_answer,           m_client_answer, m_reminder, m_agenda,
                              m_deposit,          m_amount,        m_percent,  m_due,
                              m_deposit_reminder, m_how_to_pay,    m_replies};
    set_tab_order(order);
    connect(m_replies, &QCheckBox::toggled, this, &AnswerFields::changed);
    follow_deposit();
}

void AnswerFields::name_fields() {
    const std::tuple<QWidget *, const char *, QString> names[] = {
        {m_answer, "answer", tr("Requests are answered within")},
        {m_client_answer, "client_answer", tr("Clients answer within")},
        {m_reminder, "reminder", tr("Reminder to the client")},
        {m_agenda, "agenda", tr("Agenda of the day by email")},
        {m_deposit, "deposit", tr("Deposit")},
        {m_amount, "amount", tr("Amount of the deposit")},
        {m_percent, "percent", tr("Share of the price")},
        {m_due, "due", tr("Due after acceptance")},
        {m_deposit_reminder, "deposit_reminder", tr("Reminder of the deposit")},
        {m_how_to_pay, "how_to_pay", tr("How to pay the deposit")},
        {m_replies, "replies", m_replies->text()}};
    for (const auto &[widget, name, words] : names) {
        widget->setObjectName(QStringLiteral("availability.") + QLatin1String(name));
        widget->setAccessibleName(words);
    }
    m_how_to_pay->setTabChangesFocus(true);
    m_how_to_pay->setPlaceholderText(tr(
        "Account, name and bank, for example. Clients who owe a deposit see it on their page and by email."));
    m_how_to_pay->setFixedHeight(m_how_to_pay->fontMetrics().lineSpacing() * how_to_pay_lines + 20);
    m_reminder->setSpecialValueText(tr("No reminder"));
    m_deposit_reminder->setSpecialValueText(tr("No reminder"));
    m_deposit->addItem(tr("No deposit"), static_cast<int>(DepositKind::None));
    m_deposit->addItem(tr("A fixed amount"), static_cast<int>(DepositKind::Amount));
    m_deposit->addItem(tr("A share of the price"), static_cast<int>(DepositKind::Share));
    show_agenda({});
}

// Every half hour of the morning, and whatever time is set.
void AnswerFields::show_agenda(const std::string &at) {
    constexpr int first = 5, last = 12;
    const auto chosen = QString::fromStdString(at);
    m_agenda->clear();
    m_agenda->addItem(tr("No agenda"), QString());
    QStringList times;
    for (int half = first * 2; half <= last * 2; ++half) {
        times << QTime(half / 2, half % 2 * 30).toString(QStringLiteral("HH:mm"));
    }
    if (!chosen.isEmpty() && !times.contains(chosen)) {
        times << chosen;
        times.sort();
    }
    for (const auto &time : times) {
        m_agenda->addItem(tr("At %1").arg(time), time);
    }
    m_agenda->setCurrentIndex(std::max(0, m_agenda->findData(chosen)));
}

void AnswerFields::follow_deposit() {
    const auto kind = static_cast<DepositKind>(m_deposit->currentData().toInt());
    const auto show = [this](QWidget *field, bool visible) {
        field->setVisible(visible);
        if (auto *label = findChild<QLabel *>(field->objectName() + QStringLiteral(".label"))) {
            label->setVisible(visible);
        }
    };
    show(m_amount, kind == DepositKind::Amount);
    show(m_percent, kind == DepositKind::Share);
    show(m_due, kind != DepositKind::None);
    show(m_deposit_reminder, kind != DepositKind::None);
}

void AnswerFields::show_rules(const models::Json &document, const std::string &currency) {
    m_currency = currency;
    if (auto *label = findChild<QLabel *>(m_amount->objectName() + QStringLiteral(".label"))) {
        label->setText(tr("%1 (%2)").arg(m_amount->accessibleName(), QString::fromStdString(currency)));
    }
    const auto rules = models::read_booking_rules(document);
    m_answer->setValue(rules.answer_hours);
    m_client_answer->setValue(rules.client_answer_hours);
    m_reminder->setValue(rules.reminder_hours.value_or(0));
    show_agenda(rules.agenda_at);
    m_deposit->setCurrentIndex(m_deposit->findData(static_cast<int>(rules.deposit.kind)));
    m_amount->setText(rules.deposit.amount_minor > 0 ? QString::fromStdString(models::editable_money(
                                                           {rules.deposit.amount_minor}, signs()))
                                                     : QString());
    m_percent->setValue(std::max(1, rules.deposit.percent));
    m_due->setValue(rules.deposit.due_hours);
    m_how_to_pay->setPlainText(QString::fromStdString(rules.deposit.how_to_pay));
    m_deposit_reminder->setValue(rules.deposit_reminder_hours.value_or(0));
    m_replies->setChecked(rules.replies_to_companion);
    follow_deposit();
}

models::Json AnswerFields::rules(models::Json before) const {
    auto rules = models::read_booking_rules(before);
    rules.answer_hours = m_answer->value();
    rules.client_answer_hours = m_client_answer->value();
    rules.reminder_hours = hours_or_none(m_reminder);
    rules.deposit_reminder_hours = hours_or_none(m_deposit_reminder);
    rules.agenda_at = m_agenda->currentData().toString().toStdString();
    rules.deposit.kind = static_cast<DepositKind>(m_deposit->currentData().toInt());
    if (const auto amount = models::read_money(m_amount->text().toStdString(), signs(), m_currency).amount) {
        rules.deposit.amount_minor = amount->minor;
    }
    rules.deposit.percent = m_percent->value();
    rules.deposit.due_hours = m_due->value();
    rules.deposit.how_to_pay = m_how_to_pay->toPlainText().toStdString();
    rules.replies_to_companion = m_replies->isChecked();
    models::write_booking_rules(rules, before);
    return before;
}

bool AnswerFields::asks_for_amount() const {
    return m_deposit->currentData().toInt() == static_cast<int>(DepositKind::Amount);
}

QString AnswerFields::problem() const {
    const auto length = base::character_count(m_how_to_pay->toPlainText().toStdString());
    if (length > models::max_how_to_pay) {
        return tr("How to pay the deposit: at most %1 characters; there are %2.")
            .arg(models::max_how_to_pay)
            .arg(length);
    }
    if (!asks_for_amount() || !missing().isEmpty()) {
        return {};
    }
    const auto reading = models::read_money(m_amount->text().toStdString(), signs(), m_currency);
    if (!reading.amount) {
        return QString::fromStdString(reading.problem);
    }
    return reading.amount->minor > 0 ? QString() : tr("A deposit must be more than 0.");
}

QString AnswerFields::missing() const {
    return asks_for_amount() && m_amount->text().trimmed().isEmpty() ? tr("Enter the amount of the deposit.")
                                                                     : QString();
}

void AnswerFields::focus_amount() {
    m_amount->setFocus();
}

} // namespace studio::ui
