// SPDX-License-Identifier: Apache-2.0
// What the form of a decision shows of the email that it sends.
#pragma once

#include "ui/bookings/booking_decider.h"
#include "ui/bookings/companion_facts.h"

#include <vector>

namespace studio::ui {

class MailPreview;

// Nothing is known of a companion that is not among them.
const CompanionFacts &companion_of(const Companions &companions, const db::Booking &booking);
// The email as it will go, or why there is none.
void preview_mail(MailPreview *preview, const db::Booking &booking, const Companions &companions,
                  const Decision &decision);
// Of several bookings the first email stands for all.
void preview_mails(MailPreview *preview, const std::vector<db::Booking> &bookings,
                   const Companions &companions, const Decision &decision);

} // namespace studio::ui
