// SPDX-License-Identifier: Apache-2.0
#include "models/documents/validate_theme.h"

#include "models/color/palette.h"
#include "models/documents/checker.h"
#include "models/documents/fonts.h"
#include "models/documents/theme.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace studio::models {

namespace {

constexpr std::pair<const char *, const char *> color_labels[] = {
    {"primary", "The primary colour"}, {"secondary", "The secondary colour"},
    {"accent", "The accent colour"},   {"background", "The background colour"},
    {"text", "The text colour"},       {"textLight", "The light text colour"},
    {"success", "The success colour"}, {"error", "The error colour"},
    {"warning", "The warning colour"},
};

void check_font(Checker &checker, const Node &node, const char *label) {
    if (!node) {
        return;
    }
    const std::string name = node.value->is_string() ? node.value->get<std::string>() : std::string();
    std::string names;
    for (const auto &family : font_families()) {
        if (family.name == name) {
            return;
        }
        names += names.empty() ? "" : ", ";
        names += family.name;
    }
    checker.error(node.pointer,
                  fmt::format("{} must be one of the fonts that the platform hosts: {}.", label, names));
}

void check_css(Checker &checker, const Node &node) {
    auto css = checker.text(node, {"The custom CSS", 50'000, true});
    if (!css) {
        return;
    }
    std::transform(css->begin(), css->end(), css->begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    for (const char *word : {"@import", "url(", "expression(", "@font-face"}) {
        if (css->find(word) != std::string::npos) {
            checker.warning(node.pointer, fmt::format("The custom CSS uses {}, which is removed from the "
                                                      "page: pages load nothing from elsewhere.",
                                                      word));
        }
    }
}

// Adds at most one warning for each field, about the pair with the lowest contrast.
void check_contrast(Checker &checker, const Json &document) {
    std::vector<ContrastPair> worst;
    for (const auto &pair : contrast_report(read_theme(document))) {
        if (pair.passes) {
            continue;
        }
        const auto same = std::find_if(worst.begin(), worst.end(), [&](const ContrastPair &other) {
            return other.foreground_pointer == pair.foreground_pointer;
        });
        if (same == worst.end()) {
            worst.push_back(pair);
        } else if (pair.ratio < same->ratio) {
            *same = pair;
        }
    }
    for (const auto &pair : worst) {
        checker.warning(
            pair.foreground_pointer,
            fmt::format("{} has a contrast of {:.1f} to 1 and needs {:.1f}; {} is the nearest colour that "
                        "reads well everywhere. Pages use a readable shade until then.",
                        pair.name, std::floor(pair.ratio * 10) / 10, pair.required,
                        pair.nearest_passing.to_hex()));
    }
}

} // namespace

ValidationIssues validate_theme(const Json &document) {
    Checker checker;
    if (!checker.fit_document(document, "theme")) {
        return checker.take();
    }
    const Node root{&document, ""};
    checker.schema_version(root);
    const Node colors = root.at("colors");
    if (!colors) {
        checker.error(colors.pointer,
                      "The colours are missing: enter an object with at least primary, background and text.");
    }
    if (checker.object(colors, "The colours")) {
        for (const auto &[key, label] : color_labels) {
            checker.color(colors.at(key), label);
        }
    }
    if (const Node fonts = root.at("fonts"); checker.object(fonts, "The fonts")) {
        check_font(checker, fonts.at("heading"), "The heading font");
        check_font(checker, fonts.at("body"), "The body font");
    }
    checker.choice(root.at("layout"), "The layout", {"elegant", "modern", "minimal"});
    checker.choice(root.at("spacing"), "The spacing", {"compact", "comfortable", "spacious"});
    checker.choice(root.at("shadow"), "The shadow", {"light", "medium", "strong"});
    checker.integer(root.at("borderRadius"), "The corner radius in pixels", 0, 32);
    check_css(checker, root.at("customCss"));
    ValidationIssues issues = checker.take();
    if (has_errors(issues)) {
        return issues;
    }
    Checker contrast;
    check_contrast(contrast, document);
    const ValidationIssues warnings = contrast.take();
    issues.insert(issues.end(), warnings.begin(), warnings.end());
    return issues;
}

} // namespace studio::models
