// SPDX-License-Identifier: Apache-2.0
#include "models/documents/validate_photos.h"

#include "base/text.h"
#include "models/documents/checker.h"
#include "models/json/json_read.h"

#include <fmt/format.h>

#include <cmath>

namespace studio::models {

namespace {

enum class AltText { Needed, Optional };

void check_derivatives(Checker &checker, const Node &derivatives) {
    if (!checker.list(derivatives, "The photo's sizes", 32)) {
        return;
    }
    for (std::size_t at = 0; at < derivatives.value->size(); ++at) {
        const Node derivative = derivatives.at(at);
        if (!checker.object(derivative, "A photo's size")) {
            continue;
        }
        checker.picture_url(derivative.at("url"), "The size's address", true);
        checker.integer(derivative.at("width"), "The size's width in pixels", 1, 100'000);
        checker.choice(derivative.at("format"), "The size's format", {"webp", "jpeg", "avif", "png"});
    }
}

// Checks everything except url and id.
void check_photo_details(Checker &checker, const Node &photo, AltText alt) {
    const auto text = checker.text(photo.at("alt"), {"The alt text", 300});
    const bool says_nothing = !photo.at("alt") || (text && base::is_blank(*text));
    if (alt == AltText::Needed && says_nothing) {
        checker.error(
            photo.at("alt").pointer,
            "The alt text is missing: describe the photo in a few words for people who cannot see it.");
    }
    checker.text(photo.at("caption"), {"The caption", 300});
    checker.integer(photo.at("width"), "The width in pixels", 0, 100'000);
    checker.integer(photo.at("height"), "The height in pixels", 0, 100'000);
    if (const Node focal = photo.at("focalPoint"); checker.object(focal, "The focal point")) {
        checker.number(focal.at("x"), "The focal point's x", 0, 1);
        checker.number(focal.at("y"), "The focal point's y", 0, 1);
    }
    check_derivatives(checker, photo.at("derivatives"));
    if (const auto colors = checker.text(photo.at("placeholder"), {"The placeholder's colours", 72});
        colors && !colors->empty() &&
        (colors->size() != 72 || colors->find_first_not_of("0123456789abcdef") != std::string::npos)) {
        checker.error(photo.at("placeholder").pointer,
                      "The placeholder must be twelve colours as rrggbb, without spaces.");
    }
    if (const Node luminance = photo.at("luminance"); checker.object(luminance, "The luminance")) {
        checker.number(luminance.at("phone"), "The luminance on a phone", 0, 1);
        checker.number(luminance.at("desktop"), "The luminance on a desktop", 0, 1);
    }
}

// Checks a photo stored as a plain URL or as an object.
void check_photo(Checker &checker, const Node &photo, const char *label, AltText alt, bool alt_beside) {
    if (photo.value->is_object()) {
        checker.picture_url(photo.at("url"), label, true);
        check_photo_details(checker, photo, alt);
        return;
    }
    checker.picture_url(photo, label, true);
    if (alt == AltText::Needed && photo.value->is_string() && !alt_beside) {
        checker.warning(photo.pointer, fmt::format("{} is a plain address without alt text: describe the "
                                                   "photo so that everyone knows what it shows.",
                                                   label));
    }
}

void check_weights(Checker &checker, const Node &variants, double sum) {
    constexpr double rounding = 0.005; // 0.333 three times is meant as a third each
    if (variants.value->empty()) {
        return;
    }
    if (sum > 1 + rounding) {
        checker.error(
            variants.pointer,
            fmt::format(
                "The weights add up to {:.8g}: they must add up to at most 1, and the control photo is "
                "shown to the rest.",
                std::round(sum * 1e6) / 1e6)); // rounded as in the database's studio_documents_problem()
    } else if (sum > 1 - rounding) {
        checker.warning(variants.pointer,
                        "The weights add up to 1, so nobody sees the control photo and there is no "
                        "baseline to compare with: leave it a share, such as 0.5.");
    }
}

void check_variant(Checker &checker, const Node &variant, std::set<std::string> &ids, double &sum) {
    if (const auto id = checker.id(variant.at("id"), "A variant", ids, true); id == "control") {
        checker.error(variant.at("id").pointer,
                      "The id \"control\" stands for the control photo: choose another.");
    }
    if (const Node photo = variant.at("url")) {
        check_photo(checker, photo, "The variant's photo", AltText::Needed,
                    !text_member(*variant.value, "alt").empty());
    } else {
        checker.error(variant.at("url").pointer,
                      "The variant's photo is missing: add a photo from the library.");
    }
    const Node weight = variant.at("weight");
    if (!weight) {
        checker.error(weight.pointer,
                      "The weight is missing: enter the share of visitors as a number from 0 to 1.");
        return;
    }
    const auto share = checker.number(weight, "The weight", 0, 1);
    sum += share.value_or(0);
    if (share == 0.0) {
        checker.warning(weight.pointer,
                        "The weight is 0, so nobody sees this variant: give it a share or remove it.");
    }
}

void check_hero(Checker &checker, const Node &hero) {
    if (hero && !checker.object(hero, "The hero")) {
        return;
    }
    const Node control = hero.at("control");
    if (!control || *control.value == "") { // NOLINT(readability-container-size-empty): a text of JSON
        checker.warning("/hero/control",
                        "There is no hero photo: add one so that the page opens with a picture.");
    } else {
        check_photo(checker, control, "The hero photo", AltText::Needed, false);
    }
    const Node variants = hero.at("variants");
    if (!checker.list(variants, "The hero variants", 20)) {
        return;
    }
    std::set<std::string> ids;
    double sum = 0;
    for (std::size_t at = 0; at < variants.value->size(); ++at) {
        if (const Node variant = variants.at(at); checker.object(variant, "A hero variant")) {
            check_variant(checker, variant, ids, sum);
        }
    }
    check_weights(checker, variants, sum);
}

} // namespace

ValidationIssues validate_photos(const Json &document) {
    Checker checker;
    if (!checker.fit_document(document, "photos")) {
        return checker.take();
    }
    const Node root{&document, ""};
    checker.schema_version(root);
    check_hero(checker, root.at("hero"));
    if (const Node gallery = root.at("gallery"); checker.list(gallery, "The gallery", 300)) {
        std::set<std::string> ids;
        for (std::size_t at = 0; at < gallery.value->size(); ++at) {
            const Node photo = gallery.at(at);
            if (!checker.object(photo, "A gallery photo")) {
                continue;
            }
            checker.id(photo.at("id"), "A gallery photo", ids, true);
            checker.picture_url(photo.at("url"), "The photo's address", true);
            check_photo_details(checker, photo, AltText::Needed);
        }
    }
    if (const Node photos = root.at("testimonials"); checker.list(photos, "The testimonial photos", 100)) {
        std::set<std::string> ids;
        for (std::size_t at = 0; at < photos.value->size(); ++at) {
            const Node entry = photos.at(at);
            if (!checker.object(entry, "A testimonial photo")) {
                continue;
            }
            checker.id(entry.at("id"), "A testimonial photo", ids, true);
            if (const Node photo = entry.at("photo")) {
                check_photo(checker, photo, "The testimonial's photo", AltText::Optional, false);
            } else {
                checker.error(entry.at("photo").pointer,
                              "The photo is missing: add a photo from the library.");
            }
        }
    }
    return checker.take();
}

} // namespace studio::models
