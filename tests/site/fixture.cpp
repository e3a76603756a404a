// SPDX-License-Identifier: Apache-2.0
#include "fixture.h"

#include "site/booking_form.h"
#include "site/pages/landing_page.h"

namespace studio::site::testing {

namespace {

using models::Json;

const char *const bio =
    "I grew up between a harbour and a library, and I still divide my days that way: salt air in the "
    "morning, a book by "
    "the afternoon, a long table in the evening.\n\n"
    "People tell me that I listen well. I like conversation that wanders, **restaurants with short menus**, "
    "late trains "
    "and early swims. I am as much at home at a gallery opening as on a quiet veranda.\n\n"
    "> Good company is a matter of attention.\n\n"
    "### What to expect\n\n"
    "Discretion, warmth and good humour. I keep my calendar light so that no meeting is rushed, and I "
    "prepare for each "
    "one: tell me about the evening you have in mind and I will bring the right shoes.";

// Twelve colours, the same for each photo.
const char *const placeholder = "d8c9c0cbb8aebfa698b39486a7857798746a8a665d7d59516f4b45613f3a54343047291f";

Json photo(int number, int width, int height, double x = 0.5, double y = 0.5) {
    const std::string stem = "/media/claire/photo-" + std::to_string(number) + "-3f2a9c81";
    Json derivatives = Json::array();
    for (const char *format : {"avif", "webp"}) {
        for (const int size : {480, 960, 1440, 1920}) {
            derivatives.push_back({{"url", stem + '-' + std::to_string(size) + '.' + format},
                                   {"width", size},
                                   {"format", format}});
        }
    }
    return {{"id", "photo-" + std::to_string(number)},
            {"url", stem + ".jpg"},
            {"alt", "Soft light on folded paper, study " + std::to_string(number)},
            {"width", width},
            {"height", height},
            {"focalPoint", {{"x", x}, {"y", y}}},
            {"placeholder", placeholder},
            {"luminance", {{"phone", 0.5}, {"desktop", 0.25}}},
            {"derivatives", derivatives}};
}

Json service(const char *name, const char *description, const char *duration, int price,
             bool featured = false) {
    Json result{{"id", std::string("service-") + name},
                {"name", name},
                {"description", description},
                {"duration", duration},
                {"price", price}};
    if (featured) {
        result["featured"] = true;
    }
    return result;
}

Json gallery(int count) {
    static constexpr int shapes[][2] = {{1600, 2000}, {2000, 1333}, {1500, 1500},
                                        {2000, 1500}, {1333, 2000}, {2100, 1180}};
    Json list = Json::array();
    for (int i = 1; i <= count; ++i) {
        const auto &shape = shapes[static_cast<std::size_t>(i * 5) % 6];
        list.push_back(photo(i, shape[0], shape[1], 0.5, i % 3 == 0 ? 0.3 : 0.5));
    }
    return list;
}

Json rich_content() {
    return {
        {"schemaVersion", 1},
        {"name", "Claire Hamilton"},
        {"tagline", "Unhurried evenings, good conversation"},
        {"bio", bio},
        {"shortBio", "A calm, curious companion for dinners, openings and weekends away."},
        {"services",
         {service("Dinner Date",
                  "A table for two, a menu without haste and conversation that finds its own way.", "3 hours",
                  1500, true),
          service("Cultural Evening",
                  "Theatre, opera or a gallery opening, with a drink before and a walk after.", "4 hours",
                  1900),
          service("Social Companion", "At your side for a gala, a wedding or a company evening.", "5 hours",
                  2400),
          service("Quiet Afternoon", "Tea, a garden, a bookshop. An afternoon off the clock.", "2 hours",
                  1000),
          service("Overnight", "From dinner to a late breakfast.", "12 hours", 5000),
          service("Weekend Away", "Two nights by the sea or in the mountains; I know a few good addresses.",
                  "48 hours", 12000, true),
          service("Travel Companion", "Longer journeys within Australia and abroad, arranged together.",
                  "By arrangement", 18000)}},
        {"pricing",
         {{"hourly", 800},
          {"overnight", 5000},
          {"weekend", 12000},
          {"currency", "AUD"},
          {"customRates",
           {{{"duration", "Two hours"}, {"price", 1500}, {"description", "the usual beginning"}},
            {{"duration", "Half a day"}, {"price", 2900.5}, {"description", "up to six hours"}}}}}},
        {"contact",
         {{"email", "claire@companionconnect.example"},
          {"phone", "+61 412 345 678"},
          {"availableHours", "10:00 to 22:00"},
          {"preferredContact", "email"},
          {"responseTime", "within a day"}}},
        {"socialMedia",
         {{"instagram", "@claire_hamilton"}, {"bluesky", "claire.example"}, {"linkedin", "claire-hamilton"}}},
        {"testimonials",
         {{{"id", "t1"},
           {"quote", "The easiest evening I have had in years. We talked until they turned the lights up."},
           {"author", "J., Sydney"},
           {"photoId", "t1"}},
          {{"id", "t2"}, {"quote", "Thoughtful, funny and entirely present."}, {"author", "M., Melbourne"}},
          {{"id", "t3"},
           {"quote", "She remembered what I had said a year before. Grace like that cannot be taught."},
           {"author", "Andrew"}},
          {{"id", "t4"}, {"quote", "A rare gift for putting people at ease."}, {"author", "R."}}}},
        {"location",
         {{"city", "Sydney"},
          {"travelCities", {"Melbourne", "Brisbane", "Auckland"}},
          {"timezone", "Australia/Sydney"}}},
        {"cta", {{"label", "Arrange an evening"}}},
        {"bookingTerms",
         "A deposit of 20 % confirms the date. Please tell me of changes **two days ahead**."},
        {"seo",
         {{"title", "Claire Hamilton, companion in Sydney"},
          {"description", "Dinners, openings and weekends away with a calm, curious companion."},
          {"keywords", {"sydney", "companion"}}}},
    };
}

// Each tries to break out of text, an attribute, a URL, a style sheet, a script or JSON.
const std::vector<std::string> &attacks() {
    static const std::vector<std::string> list{
        "<script data-hostile>hit=1</script>",
        "\"><img src=x onerror=hit=1 data-hostile>",
        "' onmouseover='hit=1' data-hostile='",
        "\" autofocus onfocus=\"hit=1\" data-hostile=\"",
        "</title></style></textarea><script data-hostile>hit=1</script>",
        "</script><script data-hostile>hit=1</script>",
        "javascript:hit=1",
        "java\tscript:hit=1//",
        "data:text/html,<script data-hostile>hit=1</script>",
        "{{NAME}}{{#GATE}}{{>HERO}}",
        "<!--<script data-hostile>",
        "--><svg onload=hit=1 data-hostile>",
        "\\\"};hit=1;//\xE2\x80\xA8\xE2\x80\xA9",
        "]]><iframe srcdoc='<script data-hostile>parent.hit=1</script>'>",
        "&lt;script data-hostile&gt;hit=1&#60;/script&#62;",
        "a\xff\xc0\xaf"
        "b\x01<b data-hostile>",
        "body{background:url(https://evil.example)}</style><b data-hostile>",
        "[x](javascript:hit=1) <b data-hostile> ![y](https://evil.example/y.png)",
        "}*{display:none}/*<b data-hostile>",
        "x, https://evil.example/z 2w\" data-hostile=\""};
    return list;
}

void replace_strings(Json &value, std::size_t &next, bool urls) {
    if (value.is_string()) {
        const std::string before = value.get<std::string>();
        const std::string &attack = attacks()[next++ % attacks().size()];
        const bool url = before.starts_with("/media/");
        value = urls && url ? "https://evil.example/" + attack : attack;
    } else if (value.is_structured()) {
        for (auto &element : value) {
            replace_strings(element, next, urls);
        }
    }
}

} // namespace

models::Documents hostile_documents(bool urls) {
    models::Documents documents = rich_documents();
    documents.theme["customCss"] = "x";
    documents.content["privacyPolicy"] = "x";
    documents.content["consent"] = {{"message", "x"}, {"acceptLabel", "x"}, {"declineLabel", "x"}};
    documents.content["socialMedia"]["\"><b data-hostile>"] = "https://evil.example/\" data-hostile=\"";
    std::size_t next = urls ? 3 : 0;
    for (Json *document : {&documents.theme, &documents.content, &documents.photos}) {
        replace_strings(*document, next, urls);
    }
    documents.content["seo"]["ogImage"] = "https://evil.example/\"><b data-hostile>";
    return documents;
}

const std::string &hostile_mark() {
    static const std::string mark = "data-hostile";
    return mark;
}

models::Documents rich_documents() {
    models::Documents documents;
    documents.theme = {{"schemaVersion", 1},
                       {"colors",
                        {{"primary", "#8B4789"},
                         {"secondary", "#D4AF37"},
                         {"accent", "#F4E6D8"},
                         {"background", "#FFFFFF"},
                         {"text", "#2C2C2C"}}},
                       {"fonts", {{"heading", "Playfair Display"}, {"body", "Montserrat"}}},
                       {"layout", "elegant"},
                       {"spacing", "comfortable"}};
    documents.content = rich_content();
    documents.photos = {
        {"schemaVersion", 1},
        {"hero",
         {{"control", photo(101, 2400, 1600, 0.6, 0.4)},
          {"variants", {{{"id", "warm"}, {"url", photo(102, 2400, 1600)}, {"weight", 0.5}}}}}},
        {"gallery", gallery(12)},
        {"testimonials", {{{"id", "t1"}, {"photo", photo(201, 800, 800)}}}}};
    documents.photos["gallery"][4]["caption"] = "Late light, Bronte";
    return documents;
}

models::Documents sparse_documents() {
    models::Documents documents;
    documents.theme = {{"colors",
                        {{"primary", "#1F4B5B"},
                         {"secondary", "#C26D4B"},
                         {"accent", "#E8EFEF"},
                         {"background", "#FBFBF9"},
                         {"text", "#22292B"}}},
                       {"fonts", {{"heading", "Cormorant Garamond"}, {"body", "Lato"}}}};
    documents.content = {
        {"name", "Emma"},
        {"tagline", "Melbourne, by arrangement"},
        {"bio",
         "A quiet presence and a quick wit. I like small restaurants, long walks and people who read."},
        {"contact", {{"email", "emma@companionconnect.example"}}}};
    documents.photos = {{"hero", {{"control", "/media/emma/hero-1a2b3c4d.jpg"}}}};
    return documents;
}

models::Documents crowded_documents() {
    models::Documents documents = rich_documents();
    documents.theme["colors"] = {{"primary", "#7A1F2B"},
                                 {"secondary", "#B08D57"},
                                 {"accent", "#EFE3DA"},
                                 {"background", "#FFFDFB"},
                                 {"text", "#2B2020"}};
    documents.theme["fonts"] = {{"heading", "Lora"}, {"body", "Source Sans 3"}};
    documents.content["name"] = "Alexandra Wilhelmina Featherstonehaugh-Cholmondeley";
    std::string long_bio;
    for (int i = 0; i < 6; ++i) {
        long_bio += std::string(i ? "\n\n" : "") + bio;
    }
    documents.content["bio"] = long_bio;
    Json services = Json::array();
    for (int i = 0; i < 30; ++i) {
        Json copy = rich_content()["services"][static_cast<std::size_t>(i) % 7];
        copy["id"] = "s" + std::to_string(i);
        services.push_back(copy);
    }
    documents.content["services"] = services;
    documents.photos["gallery"] = gallery(60);
    return documents;
}

models::Documents dark_documents() {
    models::Documents documents = rich_documents();
    documents.theme["colors"] = {{"primary", "#E0A96D"},
                                 {"secondary", "#8FA3AD"},
                                 {"accent", "#2E2A2F"},
                                 {"background", "#141215"},
                                 {"text", "#F1ECE6"}};
    documents.theme["fonts"] = {{"heading", "DM Serif Display"}, {"body", "Inter"}};
    documents.theme["borderRadius"] = 2;
    documents.content["name"] = "Jessica Lau";
    documents.content["testimonials"] = Json::array({rich_content()["testimonials"][2]});
    return documents;
}

std::vector<Sample> samples() {
    return {{"rich", rich_documents()},
            {"sparse", sparse_documents()},
            {"crowded", crowded_documents()},
            {"dark", dark_documents()}};
}

SiteSettings settings() {
    return {"Companion Connect", "https://companionconnect.example", "/media"};
}

TenantPage page_of(const models::Documents &documents, const std::string &layout,
                   const std::string &spacing) {
    Json theme = documents.theme;
    if (!layout.empty()) {
        theme["layout"] = layout;
    }
    if (!spacing.empty()) {
        theme["spacing"] = spacing;
    }
    return {"https://claire.companionconnect.example",
            models::TenantId("00000000-0000-0000-0000-000000000001"),
            "claire",
            models::read_theme(theme),
            models::read_content(documents.content),
            models::read_photos(documents.photos),
            ""};
}

BookingForm filled_form() {
    return {"token-1",
            "key-1",
            {{"client_name", "Robin Ames"}, {"client_email", "robin@"}, {"service_type", "Dinner Date"}},
            {{"client_email", "Please give an email address like name@example.org."},
             {"terms", "Please accept the terms."}}};
}

BookingForm busy_form() {
    BookingForm form = filled_form();
    form.errors = {{"", "Several requests have come from your connection within the hour. Nothing you typed "
                        "is lost: please send it again in 25 minutes."}};
    form.earliest = "2026-11-23T08:00";
    form.latest = "2028-11-22T08:00";
    return form;
}

std::vector<Exposure> exposures() {
    return {{"00000000-0000-4000-8000-000000000001", "warm", "hero_photo"},
            {"00000000-0000-4000-8000-000000000002", "by light", "gallery_order"},
            {"00000000-0000-4000-8000-000000000003", "short:er", "cta"},
            {"00000000-0000-4000-8000-000000000004", "control", "layout"}};
}

std::vector<ShowcaseEntry> showcase(std::size_t count) {
    std::vector<ShowcaseEntry> entries;
    const auto all = samples();
    for (std::size_t i = 0; i < count; ++i) {
        const TenantPage page = page_of(all[i % all.size()].documents);
        entries.push_back({page.content.name, page.content.tagline, page.content.location.city,
                           "https://c" + std::to_string(i) + ".companionconnect.example", page.theme,
                           page.photos.hero.control, least_price(page.content)});
    }
    return entries;
}

BookingForm offered_form() {
    BookingForm form{"token-7", "key-7", {}, {}};
    form.times = {{"Monday 1 March 2027", "10:00 to 11:00", "2027-03-01T10:00:00+11:00"},
                  {"Monday 1 March 2027", "14:00 to 15:00", "2027-03-01T14:00:00+11:00"},
                  {"Tuesday 2 March 2027", "10:00 to 11:00 (Melbourne)", "2027-03-02T10:00:00+11:00"}};
    form.later = "/book?day=2027-03-15";
    return form;
}

RequestPage proposed_request() {
    RequestPage request;
    request.address = "/request/" + std::string(64, 'a');
    request.status = "proposed";
    request.version = 2;
    request.when = "Monday 1 March 2027, 14:00 AEDT to 15:00";
    request.service = "Dinner Date";
    request.place_kind = "outcall";
    request.message = "Would this do?\nI am free all afternoon.";
    request.answer_by = "Saturday 27 February 2027, 14:00 AEDT";
    request.deposit = {{"asked", "A$500", "Friday 26 February 2027, 14:00 AEDT", "CS4K7Q92XM", {}}};
    return request;
}

RequestPage agreed_request() {
    RequestPage request = proposed_request();
    request.status = "accepted";
    request.message.clear();
    request.answer_by.clear();
    return request;
}

DecisionPage agreed_decision() {
    DecisionPage decision = open_decision();
    decision.status = "accepted";
    decision.chosen = "move";
    return decision;
}

DecisionPage open_decision() {
    DecisionPage decision;
    decision.status = "pending";
    decision.address = "/decide/" + std::string(80, 'b');
    decision.chosen = "propose";
    decision.name = "Robin Ames";
    decision.when = "Monday 1 March 2027, 14:00 AEDT to 15:00";
    decision.has_time = true;
    decision.message = "Dinner by the water.";
    decision.zone_place = "Sydney";
    return decision;
}

BookingForm hostile_form() {
    BookingForm form{"\"><b data-hostile>", "' data-hostile='", {}, {}};
    std::size_t next = 0;
    for (const std::string &name : booking_field_names()) {
        form.values.emplace_back(name, attacks()[next++ % attacks().size()]);
        form.errors.emplace_back(name, attacks()[next++ % attacks().size()]);
    }
    form.errors.emplace_back("\"><b data-hostile>", "<b data-hostile>");
    return form;
}

std::vector<ShowcaseEntry> hostile_showcase() {
    std::vector<ShowcaseEntry> entries;
    for (const std::string &attack : attacks()) {
        models::Photo photo;
        photo.url = "https://evil.example/" + attack;
        photo.alt = attack;
        entries.push_back({attack, attack, attack, "https://x.example", models::Theme{}, photo});
        entries.push_back({attack, attack, attack, attack, models::Theme{}, {}});
    }
    return entries;
}

} // namespace studio::site::testing
