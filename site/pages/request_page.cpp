// SPDX-License-Identifier: Apache-2.0
#include "site/pages/request_page.h"

#include "site/pages/secondary_page.h"

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
    return kind == "incall"    ? "At her place"
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

void fill_notice(Part content, const PageNotice &notice) {
    if (!notice.text.empty()) {
        content.section(notice.is_problem ? "PROBLEM" : "DONE").text("TEXT", notice.text);
    }
}

void fill_deposit(Part content, const Deposit &deposit) {
    fill_fact(content, "Deposit", deposit.amount);
    if (deposit.state == "asked" || deposit.state == "overdue") {
        fill_fact(content, "Due", deposit.due);
        fill_fact(content, "Reference for the transfer", deposit.reference);
        content.section("DEPOSIT_OPEN");
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

void fill_forms(Part content, const RequestPage &request) {
    if (request.status == "proposed" && !request.is_over) {
        fill_form(content, "PROPOSAL", request);
    }
    if (request.status == "waiting") {
        content.section("QUESTION").text("TEXT", request.question);
        fill_form(content, "ANSWER", request);
    }
    if (is_agreed(request) && !request.is_over && !request.move_asked) {
        fill_form(content, "MOVE", request);
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

struct Reason {
    const char *code, *label;
};
constexpr std::array<Reason, 6> reasons{{{"not_available", "Not available"},
                                         {"outside_area", "Outside the area"},
                                         {"not_offered", "Not offered"},
                                         {"too_short_notice", "Too short notice"},
                                         {"screening", "Not enough known about the client"},
                                         {"other", "Another reason"}}};

} // namespace

RenderedPage render_request_page(const SiteSettings &settings, const TenantPage &page,
                                 const RequestPage &request) {
    SecondaryPage secondary(settings, page, "request_page.tpl", SecondaryPage::AgeGate::Open);
    Part content = secondary.content();
    const StatusWords &words = words_of(request.status);
    fill_notice(content, request.notice);
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
    return secondary.finished_discreetly("Your request");
}

RenderedPage render_decision_page(const SiteSettings &settings, const TenantPage &page,
                                  const DecisionPage &decision) {
    SecondaryPage secondary(settings, page, "decision_page.tpl", SecondaryPage::AgeGate::Open);
    Part content = secondary.content();
    fill_notice(content, decision.notice);
    fill_fact(content, "Name", decision.name);
    fill_fact(content, "When", decision.when);
    fill_fact(content, "What", decision.service);
    fill_fact(content, "Where", decision.place_kind);
    fill_fact(content, "Place", decision.place);
    if (!decision.message.empty()) {
        content.section("MESSAGE").text("TEXT", decision.message);
    }
    if (decision.has_time) {
        fill_choice(content, "ACCEPT", "accept", decision);
    }
    Part decline = fill_choice(content, "DECLINE", "decline", decision);
    for (const Reason &reason : reasons) {
        Part option = decline.section("REASON");
        option.text("CODE", reason.code);
        option.text("LABEL", reason.label);
        if (decision.typed_reason == reason.code) {
            option.section("CHOSEN");
        }
    }
    fill_choice(content, "PROPOSE", "propose", decision);
    content.text("ZONE_PLACE", decision.zone_place);
    content.text("START", decision.typed_start);
    return secondary.finished_discreetly("A request");
}

RenderedPage render_link_notice(const SiteSettings &settings, const TenantPage &page,
                                const std::string &title, const std::string &text) {
    SecondaryPage secondary(settings, page, "link_notice.tpl", SecondaryPage::AgeGate::Open);
    secondary.content().text("TITLE", title);
    secondary.content().text("TEXT", text);
    return secondary.finished_discreetly(title);
}

} // namespace studio::site
