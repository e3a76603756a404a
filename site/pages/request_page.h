// SPDX-License-Identifier: Apache-2.0
// The pages behind the links in emails: the state of a request for its client, and a decision for the
// companion. Apart from the booking's own data they reveal neither the companion nor the subject: all have
// the same plain look, without header and footer. Opening them changes nothing; only sending one of their
// forms does.
#pragma once

#include "site/page.h"

#include <string>
#include <vector>

namespace studio::site {

struct Deposit {
    std::string state; // "asked", "received", "overdue", "returned", "kept"
    std::string amount, due, reference;
    std::string how_to_pay; // lines of the companion's; "" for none
};

// The result of a form that was sent, shown at the top of the page.
struct PageNotice {
    std::string text; // "" for none
    bool is_problem = false;
};

struct RequestPage {
    std::string address; // of this page: "/request/TOKEN"
    std::string status;  // of models/booking/booking_state.h
    int version = 0;     // of the booking, which the forms send back
    std::string when, service, place_kind, place, question, message, answer_by; // "" for none
    std::vector<Deposit> deposit;                                               // at most one
    bool move_asked = false, is_over = false; // is_over: the time has passed
    PageNotice notice;
    std::string typed; // the person's text, shown again where the answer was refused
};
RenderedPage render_request_page(const RequestPage &request);

struct DecisionPage {
    std::string address; // "/decide/TOKEN"
    std::string status;  // as above; decides which forms are shown
    std::string chosen;  // "accept", "decline", "propose", "move" or "": which form is open
    std::string name, email, phone, when, service, place_kind, place, message, zone_place;
    bool has_time = false;
    PageNotice notice;
    std::string typed_start, typed_message, typed_reason;
};
RenderedPage render_decision_page(const DecisionPage &decision);

// A page with one message: that a link is not valid, or that an answer was recorded.
RenderedPage render_link_notice(const std::string &title, const std::string &text);

} // namespace studio::site
