// SPDX-License-Identifier: Apache-2.0
#include "models/documents/content.h"

#include "models/json/json_read.h"
#include "models/values/timezone.h"

#include <algorithm>

namespace studio::models {

namespace {

std::optional<Money> money_member(const Json &object, const char *key) {
    const Json *value = member(object, key);
    return value ? Money::from_json(*value) : std::nullopt;
}

Service read_service(const Json &element) {
    Service service;
    service.id = id_member(element);
    service.name = line_member(element, "name");
    service.description = prose_member(element, "description");
    service.duration = line_member(element, "duration");
    service.price = money_member(element, "price");
    service.featured = bool_member(element, "featured", false);
    return service;
}

// Gives elements without an id "service-1" and so on by their position, or the next free number.
template <class Item> void add_missing_ids(std::vector<Item> &items, const std::string &kind) {
    const auto taken = [&](const std::string &id) {
        return std::any_of(items.begin(), items.end(), [&](const Item &other) { return other.id == id; });
    };
    for (std::size_t at = 0; at < items.size(); ++at) {
        for (std::size_t number = at + 1; items[at].id.empty(); ++number) {
            if (const std::string id = kind + "-" + std::to_string(number); !taken(id)) {
                items[at].id = id;
            }
        }
    }
}

std::vector<Service> read_services(const Json &list) {
    std::vector<Service> services;
    for (const auto &element : list) {
        if (element.is_object()) {
            services.push_back(read_service(element));
        }
    }
    add_missing_ids(services, "service");
    return services;
}

Pricing read_pricing(const Json &object) {
    Pricing pricing;
    pricing.hourly = money_member(object, "hourly");
    pricing.overnight = money_member(object, "overnight");
    pricing.weekend = money_member(object, "weekend");
    if (const std::string currency = text_member(object, "currency"); is_currency_code(currency)) {
        pricing.currency = currency;
    }
    for (const auto &element : list_member(object, "customRates")) {
        if (element.is_object()) {
            pricing.custom_rates.push_back({id_member(element), line_member(element, "duration"),
                                            money_member(element, "price"),
                                            prose_member(element, "description")});
        }
    }
    add_missing_ids(pricing.custom_rates, "rate");
    return pricing;
}

std::vector<SocialLink> read_social_media(const Json &object) {
    std::vector<SocialLink> links;
    for (const auto &[platform, value] : object.items()) {
        if (std::string text = line_member(object, platform.c_str()); !text.empty()) {
            links.push_back({platform, std::move(text)});
        }
    }
    return links;
}

// Fields without an id or a label are left out, because a form cannot ask them.
std::vector<ScreeningField> read_screening_fields(const Json &list) {
    std::vector<ScreeningField> fields;
    for (const Json &element : list) {
        ScreeningField field{id_member(element), line_member(element, "label"), line_member(element, "hint"),
                             bool_member(element, "required", false)};
        if (!field.id.empty() && !field.label.empty()) {
            fields.push_back(std::move(field));
        }
    }
    return fields;
}

std::vector<ReplyTemplate> read_reply_templates(const Json &list) {
    std::vector<ReplyTemplate> replies;
    for (const Json &element : list) {
        if (element.is_object()) {
            replies.push_back({id_member(element), line_member(element, "title"),
                               line_member(element, "language"), prose_member(element, "text")});
        }
    }
    add_missing_ids(replies, "reply");
    return replies;
}

std::vector<Testimonial> read_testimonials(const Json &list) {
    std::vector<Testimonial> testimonials;
    for (const auto &element : list) {
        if (!element.is_object()) {
            continue;
        }
        const Json *photo = member(element, "photoId");
        testimonials.push_back({id_member(element), prose_member(element, "quote"),
                                line_member(element, "author"),
                                photo ? id_member({{"id", *photo}}) : std::string()});
    }
    return testimonials;
}

} // namespace

Content read_content(const Json &document) {
    Content content;
    content.name = line_member(document, "name");
    content.tagline = line_member(document, "tagline");
    content.bio = prose_member(document, "bio");
    content.short_bio = prose_member(document, "shortBio");
    content.services = read_services(list_member(document, "services"));
    content.pricing = read_pricing(object_member(document, "pricing"));
    const Json &contact = object_member(document, "contact");
    content.contact = {line_member(contact, "email"), line_member(contact, "phone"),
                       line_member(contact, "availableHours"), line_member(contact, "preferredContact"),
                       line_member(contact, "responseTime")};
    content.social_media = read_social_media(object_member(document, "socialMedia"));
    content.testimonials = read_testimonials(list_member(document, "testimonials"));
    const Json &location = object_member(document, "location");
    content.location.city = line_member(location, "city");
    content.location.travel_cities = line_list_member(location, "travelCities");
    if (const std::string zone = text_member(location, "timezone"); !zone.empty()) {
        content.location.timezone = zone;
    }
    content.cta_label = line_member(object_member(document, "cta"), "label");
    const Json &consent = object_member(document, "consent");
    content.consent = {prose_member(consent, "message"), line_member(consent, "acceptLabel"),
                       line_member(consent, "declineLabel")};
    content.age_gate = bool_member(object_member(document, "ageGate"), "enabled", true);
    content.privacy_policy = prose_member(document, "privacyPolicy");
    content.booking_terms = prose_member(document, "bookingTerms");
    content.booking_emails = read_booking_emails(object_member(document, "bookingEmails"));
    content.screening_fields = read_screening_fields(list_member(document, "screeningFields"));
    content.reply_templates = read_reply_templates(list_member(document, "replyTemplates"));
    const Json &seo = object_member(document, "seo");
    content.seo = {line_member(seo, "title"), line_member(seo, "description"),
                   line_list_member(seo, "keywords"), text_member(seo, "ogImage")};
    return content;
}

bool is_money_pointer(std::string_view pointer) {
    for (const std::string_view rate : {"/pricing/hourly", "/pricing/overnight", "/pricing/weekend"}) {
        if (pointer == rate) {
            return true;
        }
    }
    return pointer.ends_with("/price") &&
           (pointer.starts_with("/services/") || pointer.starts_with("/pricing/customRates/"));
}

std::string telephone_region(const Content &content) {
    return region_of_timezone(content.location.timezone);
}

} // namespace studio::models
