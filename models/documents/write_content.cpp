// SPDX-License-Identifier: Apache-2.0
#include "models/documents/write_content.h"

#include "models/documents/content.h"
#include "models/json/json_read.h"

#include <algorithm>

namespace studio::models {

namespace {

void put_money(Json &object, const char *key, const std::optional<Money> &now,
               const std::optional<Money> &before) {
    if (now == before) {
        return;
    }
    if (now) {
        object[key] = now->to_json();
    } else {
        object.erase(key);
    }
}

// The element as it was before writing, so that only members that differ are written.
template <class Item> Item find_before(const std::vector<Item> &before, const Item &item) {
    const auto found = std::find_if(before.begin(), before.end(),
                                    [&](const Item &candidate) { return candidate.id == item.id; });
    return found == before.end() ? Item{} : *found;
}

Json write_services(const Content &content, const Content &before, const Json &raw) {
    return write_elements(
        content.services, before.services, raw, [](const Service &service) { return service.id; },
        [&](const Service &service, Json &element) {
            const Service old = find_before(before.services, service);
            put_changed(element, "id", service.id, old.id);
            put_changed(element, "name", service.name, old.name);
            put_changed(element, "description", service.description, old.description);
            put_changed(element, "duration", service.duration, old.duration);
            put_money(element, "price", service.price, old.price);
            put_changed(element, "featured", service.featured, old.featured);
        });
}

Json write_testimonials(const Content &content, const Content &before, const Json &raw) {
    return write_elements(
        content.testimonials, before.testimonials, raw,
        [](const Testimonial &testimonial) { return testimonial.id; },
        [&](const Testimonial &testimonial, Json &element) {
            const Testimonial old =
                testimonial.id.empty() ? Testimonial{} : find_before(before.testimonials, testimonial);
            put_changed(element, "id", testimonial.id, old.id);
            put_changed(element, "quote", testimonial.quote, old.quote);
            put_changed(element, "author", testimonial.author, old.author);
            put_changed(element, "photoId", testimonial.photo_id, old.photo_id);
        });
}

void write_pricing(const Pricing &now, const Pricing &before, Json &object) {
    put_money(object, "hourly", now.hourly, before.hourly);
    put_money(object, "overnight", now.overnight, before.overnight);
    put_money(object, "weekend", now.weekend, before.weekend);
    put_changed(object, "currency", now.currency, before.currency);
    if (now.custom_rates == before.custom_rates) {
        return;
    }
    object["customRates"] = write_elements(
        now.custom_rates, before.custom_rates, list_member(object, "customRates"),
        [](const CustomRate &rate) { return rate.id; },
        [&](const CustomRate &rate, Json &element) {
            const CustomRate old = find_before(before.custom_rates, rate);
            put_changed(element, "id", rate.id, old.id);
            put_changed(element, "duration", rate.duration, old.duration);
            put_money(element, "price", rate.price, old.price);
            put_changed(element, "description", rate.description, old.description);
        });
}

void write_social_media(const std::vector<SocialLink> &now, const std::vector<SocialLink> &before,
                        Json &object) {
    const bool same_platforms =
        std::equal(now.begin(), now.end(), before.begin(), before.end(),
                   [](const SocialLink &one, const SocialLink &two) { return one.platform == two.platform; });
    Json rebuilt = same_platforms ? object : Json::object();
    for (const auto &link : now) {
        rebuilt[link.platform] = link.value;
    }
    for (const auto &[platform, value] : object.items()) {
        const bool was_shown =
            std::any_of(before.begin(), before.end(),
                        [&, key = platform](const SocialLink &link) { return link.platform == key; });
        if (!was_shown && !rebuilt.contains(platform)) {
            rebuilt[platform] = value;
        }
    }
    object = std::move(rebuilt);
}

void write_contact(const Contact &now, const Contact &before, Json &object) {
    put_changed(object, "email", now.email, before.email);
    put_changed(object, "phone", now.phone, before.phone);
    put_changed(object, "availableHours", now.available_hours, before.available_hours);
    put_changed(object, "preferredContact", now.preferred_contact, before.preferred_contact);
    put_changed(object, "responseTime", now.response_time, before.response_time);
}

void write_location(const Location &now, const Location &before, Json &object) {
    put_changed(object, "city", now.city, before.city);
    put_changed(object, "travelCities", now.travel_cities, before.travel_cities);
    put_changed(object, "timezone", now.timezone, before.timezone);
}

void write_consent(const Consent &now, const Consent &before, Json &object) {
    put_changed(object, "message", now.message, before.message);
    put_changed(object, "acceptLabel", now.accept_label, before.accept_label);
    put_changed(object, "declineLabel", now.decline_label, before.decline_label);
}

void write_seo(const Seo &now, const Seo &before, Json &object) {
    put_changed(object, "title", now.title, before.title);
    put_changed(object, "description", now.description, before.description);
    put_changed(object, "keywords", now.keywords, before.keywords);
    put_changed(object, "ogImage", now.og_image, before.og_image);
}

void write_wording(const EmailWording &now, const EmailWording &before, Json &emails, const char *key) {
    if (now == before) {
        return;
    }
    Json &object = writable_object(emails, key);
    put_changed(object, "subject", now.subject, before.subject);
    put_changed(object, "message", now.message, before.message);
}

void write_booking_emails(const BookingEmails &now, const BookingEmails &before, Json &object) {
    for (const BookingEmailKey &email : booking_email_keys()) {
        write_wording(now.*email.wording, before.*email.wording, object, email.key);
    }
}

Json write_screening_fields(const Content &content, const Content &before, const Json &raw) {
    return write_elements(
        content.screening_fields, before.screening_fields, raw,
        [](const ScreeningField &field) { return field.id; },
        [&](const ScreeningField &field, Json &element) {
            const ScreeningField old = find_before(before.screening_fields, field);
            put_changed(element, "id", field.id, old.id);
            put_changed(element, "label", field.label, old.label);
            put_changed(element, "hint", field.hint, old.hint);
            put_changed(element, "required", field.required, old.required);
        });
}

Json write_reply_templates(const Content &content, const Content &before, const Json &raw) {
    return write_elements(
        content.reply_templates, before.reply_templates, raw,
        [](const ReplyTemplate &reply) { return reply.id; },
        [&](const ReplyTemplate &reply, Json &element) {
            const ReplyTemplate old = find_before(before.reply_templates, reply);
            put_changed(element, "id", reply.id, old.id);
            put_changed(element, "title", reply.title, old.title);
            put_changed(element, "language", reply.language, old.language);
            put_changed(element, "text", reply.text, old.text);
        });
}

} // namespace

Json write_content(const Content &content, Json document) {
    if (!document.is_object()) {
        document = Json::object();
    }
    const Content before = read_content(document);
    put_changed(document, "name", content.name, before.name);
    put_changed(document, "tagline", content.tagline, before.tagline);
    put_changed(document, "bio", content.bio, before.bio);
    put_changed(document, "shortBio", content.short_bio, before.short_bio);
    if (content.services != before.services) {
        document["services"] = write_services(content, before, list_member(document, "services"));
    }
    if (!(content.pricing == before.pricing)) {
        write_pricing(content.pricing, before.pricing, writable_object(document, "pricing"));
    }
    if (!(content.contact == before.contact)) {
        write_contact(content.contact, before.contact, writable_object(document, "contact"));
    }
    if (content.social_media != before.social_media) {
        write_social_media(content.social_media, before.social_media,
                           writable_object(document, "socialMedia"));
    }
    if (content.testimonials != before.testimonials) {
        document["testimonials"] = write_testimonials(content, before, list_member(document, "testimonials"));
    }
    if (!(content.location == before.location)) {
        write_location(content.location, before.location, writable_object(document, "location"));
    }
    if (content.cta_label != before.cta_label) {
        writable_object(document, "cta")["label"] = content.cta_label;
    }
    if (!(content.consent == before.consent)) {
        write_consent(content.consent, before.consent, writable_object(document, "consent"));
    }
    if (content.age_gate != before.age_gate) {
        writable_object(document, "ageGate")["enabled"] = content.age_gate;
    }
    put_changed(document, "privacyPolicy", content.privacy_policy, before.privacy_policy);
    put_changed(document, "bookingTerms", content.booking_terms, before.booking_terms);
    if (!(content.booking_emails == before.booking_emails)) {
        write_booking_emails(content.booking_emails, before.booking_emails,
                             writable_object(document, "bookingEmails"));
    }
    if (content.screening_fields != before.screening_fields) {
        document["screeningFields"] =
            write_screening_fields(content, before, list_member(document, "screeningFields"));
    }
    if (content.reply_templates != before.reply_templates) {
        document["replyTemplates"] =
            write_reply_templates(content, before, list_member(document, "replyTemplates"));
    }
    if (!(content.seo == before.seo)) {
        write_seo(content.seo, before.seo, writable_object(document, "seo"));
    }
    return document;
}

} // namespace studio::models
