// SPDX-License-Identifier: Apache-2.0
#include "models/documents/validate_content.h"

#include "base/telephone.h"
#include "base/text.h"
#include "models/documents/checker.h"
#include "models/documents/content.h"
#include "models/documents/social_links.h"
#include "models/json/json_read.h"
#include "models/values/timezone.h"
#include "models/values/web_address.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace studio::models {

namespace {

void check_services(Checker &checker, const Node &services) {
    if (!checker.list(services, "The services", 100)) {
        return;
    }
    std::set<std::string> ids;
    for (std::size_t at = 0; at < services.value->size(); ++at) {
        const Node service = services.at(at);
        if (!checker.object(service, "A service")) {
            continue;
        }
        checker.id(service.at("id"), "A service", ids, false);
        checker.text(service.at("name"), {"The service's name", 120, false, true});
        checker.text(service.at("description"), {"The service's description", 2'000, true});
        checker.text(service.at("duration"), {"The service's duration", 60});
        checker.money(service.at("price"), "The service's price");
        checker.boolean(service.at("featured"), "Featured");
    }
}

void check_pricing(Checker &checker, const Node &pricing) {
    if (!checker.object(pricing, "The pricing")) {
        return;
    }
    checker.money(pricing.at("hourly"), "The hourly rate");
    checker.money(pricing.at("overnight"), "The overnight rate");
    checker.money(pricing.at("weekend"), "The weekend rate");
    const Node currency = pricing.at("currency");
    if (currency && !(currency.value->is_string() && is_currency_code(currency.value->get<std::string>()))) {
        checker.error(currency.pointer, "The currency must be a code that the platform knows: three capital "
                                        "letters such as AUD, NZD, USD, EUR or GBP.");
    }
    const Node rates = pricing.at("customRates");
    if (!checker.list(rates, "The other rates", 50)) {
        return;
    }
    std::set<std::string> ids;
    for (std::size_t at = 0; at < rates.value->size(); ++at) {
        const Node rate = rates.at(at);
        if (!checker.object(rate, "A rate")) {
            continue;
        }
        checker.id(rate.at("id"), "A rate", ids, false);
        checker.text(rate.at("duration"), {"The rate's duration", 60, false, true});
        checker.money(rate.at("price"), "The rate's price");
        checker.text(rate.at("description"), {"The rate's description", 500, true});
    }
}

void check_phone(Checker &checker, const Node &node, const std::string &region) {
    const auto phone = checker.text(node, {"The phone number", 40});
    if (!phone || phone->empty()) {
        return;
    }
    for (const std::string &number : base::separate_telephones(*phone, region)) {
        if (!base::telephone_to_dial(number, region)) {
            checker.warning(node.pointer,
                            "The phone number cannot be dialled from the page: use digits with the country "
                            "code, such as +61 412 345 678, and a comma between two numbers.");
        }
    }
}

void check_contact(Checker &checker, const Node &contact, const std::string &region) {
    if (!checker.object(contact, "The contact details")) {
        return;
    }
    const Node email = contact.at("email");
    if (const auto text = checker.text(email, {"The email address", 254});
        text && !text->empty() && !is_email(*text)) {
        checker.error(email.pointer, "The email address must look like name@example.com.");
    }
    check_phone(checker, contact.at("phone"), region);
    checker.text(contact.at("availableHours"), {"The available hours", 200});
    checker.text(contact.at("preferredContact"), {"The preferred contact", 60});
    checker.text(contact.at("responseTime"), {"The reply time", 100});
    if (text_member(*contact.value, "email").empty()) {
        checker.warning(email.pointer, "There is no email address: booking requests cannot be forwarded.");
    }
}

void check_social_media(Checker &checker, const Node &links) {
    if (!checker.object(links, "The social media")) {
        return;
    }
    if (links.value->size() > 50) {
        checker.error(links.pointer, "The social media must have at most 50 entries.");
        return;
    }
    for (const auto &[platform, value] : links.value->items()) {
        const Node node = links.at(platform.c_str());
        const auto text = checker.text(node, {"The social media entry", 2'048});
        if (text && !text->empty() && !social_url({platform, *text})) {
            checker.error(node.pointer,
                          fmt::format("The entry for {} must be a name such as @claire_hamilton for a known "
                                      "platform, or an address that starts with https://.",
                                      social_label(platform)));
        }
    }
}

void check_testimonials(Checker &checker, const Node &testimonials) {
    if (!checker.list(testimonials, "The testimonials", 100)) {
        return;
    }
    std::set<std::string> ids;
    std::set<std::string> no_duplicates;
    for (std::size_t at = 0; at < testimonials.value->size(); ++at) {
        const Node testimonial = testimonials.at(at);
        if (!checker.object(testimonial, "A testimonial")) {
            continue;
        }
        checker.id(testimonial.at("id"), "A testimonial", ids, true);
        checker.text(testimonial.at("quote"), {"The quote", 1'000, true, true});
        checker.text(testimonial.at("author"), {"The author", 100});
        no_duplicates.clear();
        if (const Node photo = testimonial.at("photoId");
            photo && *photo.value != "") { // NOLINT(readability-container-size-empty): a text of JSON
            checker.id(photo, "the testimonial's photo", no_duplicates, false);
        }
    }
}

void check_location(Checker &checker, const Node &location) {
    if (!checker.object(location, "The location")) {
        return;
    }
    checker.text(location.at("city"), {"The city", 100});
    checker.text_list(location.at("travelCities"), {"The travel cities", 100}, 50);
    const Node timezone = location.at("timezone");
    const auto name = checker.text(timezone, {"The time zone", 64});
    if (name && !is_timezone(*name)) {
        checker.error(timezone.pointer,
                      "The time zone must be an IANA name such as Australia/Sydney or Europe/London.");
    }
}

void check_small_parts(Checker &checker, const Node &root) {
    if (const Node cta = root.at("cta"); checker.object(cta, "The call to action")) {
        checker.text(cta.at("label"), {"The call to action's label", 60});
    }
    if (const Node consent = root.at("consent"); checker.object(consent, "The consent banner")) {
        checker.text(consent.at("message"), {"The consent message", 600, true});
        checker.text(consent.at("acceptLabel"), {"The accept label", 40});
        checker.text(consent.at("declineLabel"), {"The decline label", 40});
    }
    if (const Node gate = root.at("ageGate"); checker.object(gate, "The 18+ gate")) {
        checker.boolean(gate.at("enabled"), "Whether the 18+ gate is on");
    }
    if (const Node seo = root.at("seo"); checker.object(seo, "The search engine details")) {
        checker.text(seo.at("title"), {"The search title", 120});
        checker.text(seo.at("description"), {"The search description", 320});
        checker.text_list(seo.at("keywords"), {"The keywords", 60}, 30);
        checker.picture_url(seo.at("ogImage"), "The image for shared links", false);
    }
}

void check_wording(Checker &checker, const Node &wording, const BookingEmailKey &email) {
    if (!checker.object(wording, email.label)) {
        return;
    }
    const auto names = placeholders_for(email.reader);
    const std::string part = base::inside_sentence(email.label);
    const std::string subject = "The subject of " + part, message = "The message of " + part;
    for (const auto &[key, rule] : {std::pair("subject", TextRule{subject.c_str(), 150}),
                                    std::pair("message", TextRule{message.c_str(), 5'000, true})}) {
        const Node node = wording.at(key);
        const auto text = checker.text(node, rule);
        if (const auto unknown = text ? unknown_placeholder(*text) : std::nullopt) {
            checker.error(node.pointer,
                          fmt::format("{} has {}, which is not a placeholder: the placeholders are {}.",
                                      rule.label, base::first_characters(*unknown, 60),
                                      listed_placeholders(names)));
        }
        if (const auto empty = text ? placeholder_left_empty(*text, email.reader) : std::nullopt) {
            checker.warning(node.pointer,
                            fmt::format("{} has {}, which stays empty there: what is filled in is {}.",
                                        rule.label, base::first_characters(*empty, 60),
                                        listed_placeholders(names)));
        }
    }
}

void check_booking_emails(Checker &checker, const Node &emails) {
    if (!checker.object(emails, "The booking emails")) {
        return;
    }
    for (const BookingEmailKey &email : booking_email_keys()) {
        check_wording(checker, emails.at(email.key), email);
    }
}

// Checks the questions that a companion asks new clients on the booking form.
void check_screening_fields(Checker &checker, const Node &fields) {
    if (!checker.list(fields, "The questions to new clients", 12)) {
        return;
    }
    std::set<std::string> ids;
    for (std::size_t at = 0; at < fields.value->size(); ++at) {
        const Node field = fields.at(at);
        if (!checker.object(field, "A question to new clients")) {
            continue;
        }
        checker.id(field.at("id"), "A question to new clients", ids, true);
        checker.text(field.at("label"), {"The question", 120, false, true});
        checker.text(field.at("hint"), {"The hint of a question", 200});
        checker.boolean(field.at("required"), "Whether a question must be answered");
    }
}

void check_reply(Checker &checker, const Node &reply, std::set<std::string> &ids) {
    checker.id(reply.at("id"), "A saved reply", ids, false);
    checker.text(reply.at("title"), {"The title of a saved reply", 80, false, true});
    const Node language = reply.at("language");
    const auto code = checker.text(language, {"The language of a saved reply", 35});
    if (code && !code->empty() && !is_language_code(*code)) {
        checker.error(language.pointer,
                      "The language of a saved reply must be a code such as en, de or pt-BR.");
    }
    const Node text = reply.at("text");
    const auto words = checker.text(text, {"The text of a saved reply", 4'000, true, true});
    if (const auto unknown = words ? placeholder_unknown_in_reply(*words) : std::nullopt) {
        checker.error(text.pointer,
                      fmt::format("The text of a saved reply has {}, which cannot be filled in there: the "
                                  "placeholders are {}.",
                                  base::first_characters(*unknown, 60),
                                  listed_placeholders(reply_placeholders())));
    }
}

void check_reply_templates(Checker &checker, const Node &replies) {
    if (!checker.list(replies, "The saved replies", 100)) {
        return;
    }
    std::set<std::string> ids;
    for (std::size_t at = 0; at < replies.value->size(); ++at) {
        const Node reply = replies.at(at);
        if (checker.object(reply, "A saved reply")) {
            check_reply(checker, reply, ids);
        }
    }
}

} // namespace

ValidationIssues validate_content(const Json &document) {
    Checker checker;
    if (!checker.fit_document(document, "content")) {
        return checker.take();
    }
    const Node root{&document, ""};
    checker.schema_version(root);
    checker.text(root.at("name"), {"The name", 100, false, true});
    checker.text(root.at("tagline"), {"The tagline", 160});
    checker.text(root.at("bio"), {"The bio", 20'000, true});
    checker.text(root.at("shortBio"), {"The short bio", 500, true});
    check_services(checker, root.at("services"));
    check_pricing(checker, root.at("pricing"));
    check_contact(checker, root.at("contact"), telephone_region(read_content(document)));
    check_social_media(checker, root.at("socialMedia"));
    check_testimonials(checker, root.at("testimonials"));
    check_location(checker, root.at("location"));
    check_small_parts(checker, root);
    checker.text(root.at("privacyPolicy"), {"The privacy policy", 50'000, true});
    checker.text(root.at("bookingTerms"), {"The booking terms", 20'000, true});
    check_booking_emails(checker, root.at("bookingEmails"));
    check_screening_fields(checker, root.at("screeningFields"));
    check_reply_templates(checker, root.at("replyTemplates"));
    return checker.take();
}

} // namespace studio::models
