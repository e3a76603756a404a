// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/decision_mail.h"

#include "ui/bookings/coming_mail.h"
#include "ui/bookings/mail_preview.h"
#include "ui/widgets/tenant_id.h"

#include <QCoreApplication>

namespace studio::ui {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::decision_mail", text);
}

QString why_no_mail(const db::Booking &booking, Act act) {
    if (booking.blocked) {
        return tr("The client is blocked and gets no email, unless you tick it.");
    }
    const auto reason =
        booking.client_email.empty() ? tr("There is no email address to write to.") : tr("No email is sent.");
    return act == Act::Ask ? tr("%1 Ask by phone or message.").arg(reason) : reason;
}

} // namespace

const CompanionFacts &companion_of(const Companions &companions, const db::Booking &booking) {
    static const CompanionFacts unknown;
    const auto found = companions.constFind(to_text(booking.tenant_id));
    return found == companions.constEnd() ? unknown : *found;
}

void preview_mail(MailPreview *preview, const db::Booking &booking, const Companions &companions,
                  const Decision &decision) {
    if (const auto mail = coming_mail(booking, companion_of(companions, booking), decision, base::now())) {
        preview->show_mail(tr("Email to %1").arg(mail->to), mail->text);
    } else {
        preview->show_none(why_no_mail(booking, decision.act));
    }
}

void preview_mails(MailPreview *preview, const std::vector<db::Booking> &bookings,
                   const Companions &companions, const Decision &decision) {
    int number = 0;
    std::optional<ComingMail> first;
    for (const auto &booking : bookings) {
        if (writes_to_client(booking, decision)) {
            ++number;
            if (!first) {
                first = coming_mail(booking, companion_of(companions, booking), decision, base::now());
            }
        }
    }
    if (first) {
        preview->show_mail(number == 1 ? tr("Email to %1").arg(first->to)
                                       : tr("%1 emails, of which this goes to %2").arg(number).arg(first->to),
                           first->text);
    } else {
        preview->show_none(tr("Nobody is written to."));
    }
}

} // namespace studio::ui
