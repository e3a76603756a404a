// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/bookings/coming_mail.h"

#include <QWidget>

#include <optional>

class QPushButton;

namespace studio::ui {

class MailPreview;

// The email of a decision that needs no form: shown on request before, and by itself until it is sent.
class MailNotice final : public QWidget {
    Q_OBJECT

public:
    // Object names begin with `name`.
    explicit MailNotice(const QString &name, QWidget *parent = nullptr);
    // What accepting at once would send; none where that is not possible or sends nothing.
    void offer(const std::optional<ComingMail> &mail);
    // It was decided, and the email waits for the time to undo.
    void show_going_out(const ComingMail &mail);
    // It was sent, or taken back.
    void is_over();
    // Closes what was opened: another booking, or a form with an email of its own.
    void close();

private:
    void show_state();

    std::optional<ComingMail> m_offered, m_going_out;
    QPushButton *m_toggle;
    MailPreview *m_preview;
};

} // namespace studio::ui
