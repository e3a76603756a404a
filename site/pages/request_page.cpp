// SPDX-License-Identifier: Apache-2.0
#include "site/pages/request_page.h"

#include "models/booking/booking_state.h"
#include "site/pages/document.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace studio::site {

namespace {

struct StatusWords {
    std::string_view status;
    const char *title, *text;
};
constexpr std::array<StatusWords, 12> status_words{{
    {"pending", "Waiting for an answer", "Your request has arrived. Nothing is binding yet."},
    {"waiting", "There is a question for you", "Your request goes on once you have answered it."},
    {"proposed", "Another time is proposed",
     "The time that you asked for is not possible. This one would be."},
    {"accepted", "Accepted", "Your request is accepted, and the time is kept for you."},
    {"confirmed", "Confirmed", "Your deposit has arrived, and your booking is confirmed."},
    {"declined", "Not possible", "Your request could not be accepted."},
    {"expired", "Expired", "Your request was not answered in time and has ended."},
    {"cancelled", "Cancelled", "This was cancelled. Nothing is kept for you."},
    {"released", "Ended", "The deposit did not arrive in time, so the time is no longer kept for you."},
    {"completed", "This is over", "Thank you."},
    {"no_show", "This is over", "This booking has ended."},
    {"spam", "Waiting for an answer", "Your request has arrived. Nothing is binding yet."},
}};

const StatusWords &words_of(const std::string &status) {
    const auto found = std::find_if(status_words.begin(), status_words.end(),
                                    [&](const StatusWords &each) { return each.status == status; });
    return found == status_words.end() ? status_words.front() : *found;
}

bool is_agreed(const RequestPage &request) {
    return request.status == "accepted" || request.status == "confirmed";
}

bool is_open(const RequestPage &request) {
    return request.status == "pending" || request.status == "waiting" || request.status == "proposed";
}

// The kind of place as a full phrase, where the form has only a short word for it.
const char *place_words(const std::string &kind) {
    return kind == "incall"    ? "At an address that you are given"
           : kind == "outcall" ? "At your place"
           : kind == "travel"  ? "On a journey"
                               : "";
}

void fill_fact(Part facts, const char *label, const std::string &value) {
    if (value.empty()) {
        return;
    }
    Part fact = facts.section("FACT");
    fact.text("LABEL", label);
    fact.text("VALUE", value);
}

// `typed` is text of the visitor's that the page has no form for; it is shown so that it is not lost.
void fill_notice(Part content, const PageNotice &notice, const std::string &typed = {}) {
    if (notice.text.empty()) {
        return;
    }
    Part shown = content.section(notice.is_problem ? "PROBLEM" : "DONE");
    shown.text("TEXT", notice.text);
    if (notice.is_problem && !typed.empty()) {
        shown.section("TYPED").text("TYPED", typed);
    }
}

void fill_deposit(Part content, const Deposit &deposit) {
    fill_fact(content, "Deposit", deposit.amount);
    if (deposit.state == "asked" || deposit.state == "overdue") {
        fill_fact(content, "Due", deposit.due);
        fill_fact(content, "Reference for the transfer", deposit.reference);
        Part open = content.section("DEPOSIT_OPEN");
        if (deposit.how_to_pay.empty()) {
            open.section("NO_WAY");
        } else {
            open.section("WAY").text("TEXT", deposit.how_to_pay);
        }
    } else {
        fill_fact(content, "State of the deposit",
                  deposit.state == "received"   ? "arrived"
                  : deposit.state == "returned" ? "returned"
                                                : "kept");
    }
}

void fill_form(Part content, const char *section, const RequestPage &request) {
    Part form = content.section(section);
    form.text("ADDRESS", request.address);
    form.number("VERSION", request.version);
    form.text("TYPED", request.typed);
}

// The form whose field shows what was typed again; "" where the request's state has no such form.
std::string_view form_for_words(const RequestPage &request) {
    return request.status == "proposed" && !request.is_over                ? "PROPOSAL"
           : request.status == "waiting"                                   ? "ANSWER"
           : is_agreed(request) && !request.is_over && !request.move_asked ? "MOVE"
                                                                           : "";
}

void fill_forms(Part content, const RequestPage &request) {
    if (const std::string_view form = form_for_words(request); !form.empty()) {
        fill_form(content, form.data(), request);
    }
    if (request.status == "waiting") {
        content.section("QUESTION").text("TEXT", request.question);
    }
    if (is_agreed(request) && !request.when.empty()) {
        content.section("CALENDAR").text("ADDRESS", request.address);
    }
    if (is_open(request) || (is_agreed(request) && !request.is_over)) {
        fill_form(content, "CANCEL", request);
    }
}

Part fill_choice(Part content, const char *section, const char *name, const DecisionPage &decision) {
    Part part = content.section(section);
    part.text("ADDRESS", decision.address);
    part.text("TYPED", decision.typed_message);
    if (decision.chosen == name) {
        part.section("OPEN");
    }
    return part;
}

void fill_new_time(Part content, const char *section, const char *name, const DecisionPage &decision) {
    Part part = fill_choice(content, section, name, decision);
    part.text("ZONE_PLACE", decision.zone_place);
    part.text("START", decision.typed_start);
}

bool is_possible(models::BookingAction action, const DecisionPage &decision) {
    const auto status = models::booking_status_of(decision.status);
    return status && models::next_status(action, *status);
}

struct Reason {
    const char *code, *label;
};
constexpr std::array<Reason, 6> reasons{{{"not_available", "Not available"},
                                         {"outside_area", "Outside the area"},
                                         {"not_offered", "Not offered"},
                                         {"too_short_notice", "Too short notice"},
                                         {"screening", "Not enough known about the client"},
                                         {"other", "Another reason"}}};

void fill_decline(Part content, const DecisionPage &decision) {
    Part decline = fill_choice(content, "DECLINE", "decline", decision);
    for (const Reason &reason : reasons) {
        Part option = decline.section("REASON");
        option.text("CODE", reason.code);
        option.text("LABEL", reason.label);
        if (decision.typed_reason == reason.code) {
            option.section("CHOSEN");
        }
    }
}

// Plain greys with one blue: no companion's look and not the platform's.
const models::Theme &plain_theme() {
    static const models::Theme theme = [] {
        models::Theme plain;
        plain.colors.primary = models::Color(0x2b, 0x4c, 0x6f);
        plain.colors.secondary = models::Color(0x5c, 0x6b, 0x7a);
        plain.colors.accent = models::Color(0xec, 0xf0, 0xf4);
        plain.colors.background = models::Color(0xfc, 0xfc, 0xfd);
        plain.colors.text = models::Color(0x1f, 0x26, 0x2e);
        plain.colors.text_light = models::Color(0x5a, 0x64, 0x70);
        plain.heading_font = "Inter";
        plain.body_font = "Inter";
        plain.layout = models::Layout::Minimal;
        plain.shadow = models::Shadow::Light;
        return plain;
    }();
    return theme;
}

// What all pages behind an email's link have around their content.
class LinkPage final {
public:
    explicit LinkPage(const char *content_template)
        : m_content(m_document.root().include("CONTENT", content_template)) {}
    Part content() { return m_content; }
    RenderedPage finished(const std::string &title) {
        static const models::Palette palette = models::derive_palette(plain_theme());
        Head head;
        head.title = title;
        head.robots = "noindex,nofollow";
        head.body_class = "secondary layout-minimal";
        return wrap_document({plain_theme(), palette, {"minimal.css", "page.css", "form.css", "request.css"}},
                             {}, head, m_document.expand());
    }

private:
    Document m_document{"link_page.tpl"};
    Part m_content;
};

} // namespace

RenderedPage render_request_page(const RequestPage &request) {
    LinkPage page("request_page.tpl");
    Part content = page.content();
    const StatusWords &words = words_of(request.status);
    fill_notice(content, request.notice, form_for_words(request).empty() ? request.typed : std::string());
    content.text("STATUS", words.title);
    content.text("STATUS_TEXT", words.text);
    fill_fact(content, request.status == "proposed" ? "Proposed time" : "When", request.when);
    fill_fact(content, "What", request.service);
    fill_fact(content, "Where", place_words(request.place_kind));
    fill_fact(content, "Place", request.place);
    for (const Deposit &deposit : request.deposit) {
        fill_deposit(content, deposit);
    }
    if (request.status == "waiting" || request.status == "proposed") {
        fill_fact(content, "Please answer by", request.answer_by);
    }
    if (request.move_asked && is_agreed(request)) {
        content.section("MOVE_ASKED");
    }
    if (!request.message.empty()) {
        content.section("MESSAGE").text("TEXT", request.message);
    }
    fill_forms(content, request);
    return page.finished("Your request");
}

RenderedPage render_decision_page(const DecisionPage &decision) {
    using Action = models::BookingAction;
    LinkPage page("decision_page.tpl");
    Part content = page.content();
    const bool moves = is_possible(Action::Move, decision);
    const std::string title = moves ? "A booking" : "A request";
    content.text("TITLE", title);
    fill_notice(content, decision.notice);
    fill_fact(content, "Name", decision.name);
    fill_fact(content, "Email", decision.email);
    fill_fact(content, "Phone", decision.phone);
    fill_fact(content, "When", decision.when);
    fill_fact(content, "What", decision.service);
    fill_fact(content, "Where", decision.place_kind);
    fill_fact(content, "Place", decision.place);
    if (!decision.message.empty()) {
        content.section("MESSAGE").text("TEXT", decision.message);
    }
    if (is_possible(Action::Accept, decision) && decision.has_time) {
        fill_choice(content, "ACCEPT", "accept", decision);
    }
    if (is_possible(Action::Decline, decision)) {
        fill_decline(content, decision);
    }
    if (is_possible(Action::Propose, decision)) {
        fill_new_time(content, "PROPOSE", "propose", decision);
    }
    if (moves) {
        fill_new_time(content, "MOVE", "move", decision);
    }
    return page.finished(title);
}

RenderedPage render_link_notice(const std::string &title, const std::string &text) {
    LinkPage page("link_notice.tpl");
    page.content().text("TITLE", title);
    page.content().text("TEXT", text);
    return page.finished(title);
}

} // namespace studio::site
