// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/mail_notice.h"

#include "ui/bookings/mail_preview.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/style_sheet.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace studio::ui {

MailNotice::MailNotice(const QString &name, QWidget *parent)
    : QWidget(parent),
      m_toggle(new QPushButton(line_icon(QStringLiteral("mail")), tr("Email that “Accept” sends"), this)),
      m_preview(new MailPreview(name, this)) {
    m_toggle->setObjectName(name + QStringLiteral(".see"));
    m_toggle->setCheckable(true);
    set_button_role(m_toggle, ButtonRole::Quiet);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_toggle, 0, Qt::AlignLeft);
    layout->addWidget(m_preview);
    connect(m_toggle, &QPushButton::toggled, this, &MailNotice::show_state);
    show_state();
}

void MailNotice::offer(const std::optional<ComingMail> &mail) {
    m_offered = mail;
    show_state();
}

void MailNotice::show_going_out(const ComingMail &mail) {
    m_going_out = mail;
    show_state();
}

void MailNotice::is_over() {
    m_going_out.reset();
    show_state();
}

void MailNotice::close() {
    m_offered.reset();
    m_going_out.reset();
    m_toggle->setChecked(false);
    show_state();
}

void MailNotice::show_state() {
    const bool offers = m_offered && !m_going_out;
    m_toggle->setVisible(offers);
    if (m_going_out) {
        m_preview->show_mail(tr("Goes to %1 when the time to undo is over").arg(m_going_out->to),
                             m_going_out->text);
    } else if (offers && m_toggle->isChecked()) {
        m_preview->show_mail(tr("Email to %1").arg(m_offered->to), m_offered->text);
    }
    m_preview->setVisible(m_going_out || (offers && m_toggle->isChecked()));
    setVisible(offers || m_going_out);
}

} // namespace studio::ui
