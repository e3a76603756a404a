// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/block_fields.h"

#include "ui/widgets/style_sheet.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr int usual_hours = 4;
constexpr int max_hours = 24;

QLabel *explanation(const QString &text, QWidget *parent) {
    auto *label = new QLabel(text, parent);
    set_text_role(label, TextRole::Small);
    label->setWordWrap(true);
    label->setContentsMargins(24, 0, 0, 0);
    return label;
}

} // namespace

BlockFields::BlockFields(const QString &name, QWidget *parent)
    : QWidget(parent), m_email(new QCheckBox(tr("Email address, for a year"), this)),
      m_phone(new QCheckBox(tr("Phone number, for a year"), this)),
      m_address(new QCheckBox(tr("Internet address, for"), this)), m_hours(new QSpinBox(this)),
      m_reason(new QLineEdit(this)) {
    m_email->setObjectName(name + QStringLiteral(".block.email"));
    m_phone->setObjectName(name + QStringLiteral(".block.phone"));
    m_address->setObjectName(name + QStringLiteral(".block.address"));
    m_hours->setObjectName(name + QStringLiteral(".block.hours"));
    m_hours->setAccessibleName(tr("Hours for which the internet address is blocked"));
    m_hours->setRange(1, max_hours);
    m_hours->setSuffix(tr(" h"));
    m_reason->setObjectName(name + QStringLiteral(".block.reason"));
    m_reason->setAccessibleName(tr("Reason for the block"));
    m_reason->setPlaceholderText(tr("Reason, for your team"));
    m_reason->setMaxLength(200);
    auto *address = new QHBoxLayout;
    address->addWidget(m_address);
    address->addWidget(m_hours);
    address->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_email);
    layout->addWidget(explanation(tr("New requests with this address are stored as spam. The sender sees the "
                                     "usual confirmation and nobody is notified."),
                                  this));
    layout->addWidget(m_phone);
    layout->addWidget(explanation(tr("The same for requests with this number."), this));
    layout->addLayout(address);
    layout->addWidget(explanation(tr("Requests from it still arrive and are flagged: other people may share "
                                     "the address."),
                                  this));
    layout->addWidget(m_reason);
    for (auto *box : {m_email, m_phone, m_address}) {
        connect(box, &QCheckBox::toggled, this, &BlockFields::changed);
    }
    connect(m_hours, &QSpinBox::valueChanged, this, &BlockFields::changed);
    connect(m_reason, &QLineEdit::textChanged, this, &BlockFields::changed);
}

void BlockFields::begin(const db::Booking &booking) {
    m_email->setEnabled(!booking.client_email.empty());
    m_phone->setEnabled(
        std::ranges::any_of(booking.client_phone, [](char c) { return c >= '0' && c <= '9'; }));
    m_address->setEnabled(booking.source == "site");
    m_email->setChecked(m_email->isEnabled());
    m_phone->setChecked(m_phone->isEnabled());
    m_address->setChecked(false);
    m_hours->setValue(usual_hours);
    m_reason->clear();
    m_given = entry();
}

BlockEntry BlockFields::entry() const {
    return {m_email->isChecked(), m_phone->isChecked(), m_address->isChecked(), m_hours->value(),
            m_reason->text()};
}

void BlockFields::enter(const BlockEntry &entry) {
    m_email->setChecked(entry.email && m_email->isEnabled());
    m_phone->setChecked(entry.phone && m_phone->isEnabled());
    m_address->setChecked(entry.address && m_address->isEnabled());
    m_hours->setValue(entry.hours);
    m_reason->setText(entry.reason);
}

Decision::Block BlockFields::block() const {
    Decision::Block block;
    if (m_email->isChecked()) {
        block.kinds.emplace_back("email");
    }
    if (m_phone->isChecked()) {
        block.kinds.emplace_back("phone");
    }
    if (m_address->isChecked()) {
        block.kinds.emplace_back("address");
    }
    block.hours = m_hours->value();
    block.reason = m_reason->text().trimmed().toStdString();
    return block;
}

} // namespace studio::ui
