// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/booking/booking_emails.h"
#include "models/booking/reply_templates.h"
#include "models/json/json.h"
#include "models/values/money.h"
#include "models/values/timezone.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace studio::models {

struct Service {
    std::string id, name, description, duration;
    std::optional<Money> price;
    bool featured = false;
    bool operator==(const Service &) const = default;
};

struct CustomRate {
    std::string id, duration;
    std::optional<Money> price;
    std::string description;
    bool operator==(const CustomRate &) const = default;
};

struct Pricing {
    std::optional<Money> hourly, overnight, weekend;
    std::string currency = "AUD";
    std::vector<CustomRate> custom_rates;
    bool operator==(const Pricing &) const = default;
};

struct Contact {
    std::string email, phone, available_hours, preferred_contact, response_time;
    bool operator==(const Contact &) const = default;
};

struct SocialLink {
    std::string platform; // the key in socialMedia: "instagram"
    std::string value;    // as typed: "@claire_hamilton" or a URL
    bool operator==(const SocialLink &) const = default;
};

struct Testimonial {
    std::string id, quote, author, photo_id;
    bool operator==(const Testimonial &) const = default;
};

struct Location {
    std::string city;
    std::vector<std::string> travel_cities;
    std::string timezone = default_timezone; // IANA name
    bool operator==(const Location &) const = default;
};

struct Consent {
    std::string message, accept_label, decline_label; // empty: the platform's wording
    bool operator==(const Consent &) const = default;
};

// What the companion asks of new clients, on the booking form.
struct ScreeningField {
    std::string id, label, hint;
    bool required = false;
    bool operator==(const ScreeningField &) const = default;
};

struct Seo {
    std::string title, description;
    std::vector<std::string> keywords;
    std::string og_image;
    bool operator==(const Seo &) const = default;
};

// The content document as the page renderer uses it. Strings may be empty: the part is then left out.
struct Content {
    std::string name, tagline, bio /* Markdown */, short_bio;
    std::vector<Service> services;
    Pricing pricing;
    Contact contact;
    std::vector<SocialLink> social_media; // in document order, empty values left out
    std::vector<Testimonial> testimonials;
    Location location;
    std::string cta_label;
    Consent consent;
    bool age_gate = true;       // content.ageGate.enabled
    std::string privacy_policy; // Markdown; empty: the sound default
    std::string booking_terms;  // Markdown
    BookingEmails booking_emails;
    std::vector<ScreeningField> screening_fields;
    std::vector<ReplyTemplate> reply_templates;
    Seo seo;
    bool operator==(const Content &) const = default;
};

// Lenient: a missing or invalid field takes its default. A service or rate without id gets one from its
// position ("service-1").
Content read_content(const Json &document);

// The country whose telephone numbers need no country code, by the time zone: "AU"; "" where it is unknown.
std::string telephone_region(const Content &content);
// Whether a pointer into the content document leads to an amount: "/pricing/hourly", "/services/0/price".
bool is_money_pointer(std::string_view pointer);

} // namespace studio::models
