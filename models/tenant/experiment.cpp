// SPDX-License-Identifier: Apache-2.0
#include "models/tenant/experiment.h"

#include "models/documents/checker.h"
#include "models/documents/write_content.h"
#include "models/json/json_read.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace studio::models {

namespace {

constexpr std::array elements{ExperimentElement::HeroPhoto, ExperimentElement::GalleryOrder,
                              ExperimentElement::CallToAction, ExperimentElement::Layout};
constexpr std::array statuses{ExperimentStatus::Draft, ExperimentStatus::Active, ExperimentStatus::Paused,
                              ExperimentStatus::Completed};
constexpr std::array layouts{Layout::Elegant, Layout::Modern, Layout::Minimal};
constexpr std::size_t max_variants = 21; // the control and twenty more, as many as a photos document may have
constexpr double rounding = 0.005; // 0.333 three times means a third each; shares are relative to the sum

template <class List> auto parse(const List &values, std::string_view text) {
    const auto found = std::find_if(values.begin(), values.end(),
                                    [&](const auto &value) { return to_string(value) == text; });
    return found == values.end() ? std::nullopt : std::optional(*found);
}

template <class Items> auto find_id(Items &items, const std::string &id) {
    return std::find_if(items.begin(), items.end(), [&](const auto &item) { return item.id == id; });
}

void apply_hero(const Json &config, Photos &photos) {
    if (const Json *photo = member(config, "photo")) {
        const Json document = {{"hero", {{"control", *photo}}}};
        if (Photo read = read_photos(document).hero.control; !read.url.empty()) {
            photos.hero.control = std::move(read);
        }
    } else {
        const auto variant = find_id(photos.hero.variants, text_member(config, "variant"));
        if (variant != photos.hero.variants.end()) {
            photos.hero.control = variant->photo;
        }
    }
    photos.hero.variants.clear();
}

void apply_order(const Json &config, std::vector<Photo> &gallery) {
    std::vector<Photo> ordered;
    for (const std::string &id : text_list_member(config, "order")) {
        const auto photo = find_id(gallery, id);
        if (photo == gallery.end()) {
            continue;
        }
        ordered.push_back(std::move(*photo));
        gallery.erase(photo);
    }
    std::move(gallery.begin(), gallery.end(), std::back_inserter(ordered));
    gallery = std::move(ordered);
}

void check_config(Checker &checker, const Node &config, ExperimentElement element) {
    switch (element) {
    case ExperimentElement::HeroPhoto:
        checker.text(config.at("variant"), {"The variant's id", 64});
        if (const Node photo = config.at("photo"); checker.object(photo, "The photo")) {
            checker.picture_url(photo.at("url"), "The photo's address", true);
            checker.text(photo.at("alt"), {"The alt text", 300, false, true});
        }
        break;
    case ExperimentElement::GalleryOrder:
        checker.text_list(config.at("order"), {"The order", 64}, 300);
        break;
    case ExperimentElement::CallToAction:
        checker.text(config.at("label"), {"The call to action", 60});
        break;
    case ExperimentElement::Layout:
        checker.choice(config.at("layout"), "The layout", {"elegant", "modern", "minimal"});
        break;
    }
}

const char *config_key(ExperimentElement element) {
    switch (element) {
    case ExperimentElement::HeroPhoto:
        return "variant";
    case ExperimentElement::GalleryOrder:
        return "order";
    case ExperimentElement::CallToAction:
        return "label";
    case ExperimentElement::Layout:
        return "layout";
    }
    return "";
}

bool says_something(const Variant &arm, ExperimentElement element) {
    return member(arm.config, config_key(element)) ||
           (element == ExperimentElement::HeroPhoto && member(arm.config, "photo"));
}

void check_variants(Checker &checker, const Node &variants, const Experiment &experiment) {
    if (experiment.variants.size() < 2) {
        checker.error(variants.pointer, "A test needs at least two variants: the control and one more.");
    }
    checker.list(variants, "The variants", max_variants);
    std::set<std::string> ids;
    double sum = 0;
    for (std::size_t at = 0; at < experiment.variants.size(); ++at) {
        const Variant &arm = experiment.variants[at];
        const Node node = variants.at(at);
        checker.id(node.at("id"), "A variant", ids, true);
        checker.text(node.at("id"), {"The variant's id", 50});
        checker.text(node.at("name"), {"The variant's name", 100});
        if (!std::isfinite(arm.weight) || arm.weight <= 0 || arm.weight > 1) {
            checker.error(node.at("weight").pointer, "The weight must be above 0 and at most 1: the share of "
                                                     "the test's visitors who see this variant.");
        }
        sum += arm.weight;
        check_config(checker, node.at("config"), experiment.element);
        if (at > 0 && !says_something(arm, experiment.element)) {
            checker.error(node.at("config").pointer + "/" + config_key(experiment.element),
                          "This variant changes nothing: only the first, the control, may be as published.");
        }
    }
    if (!experiment.variants.empty() && std::abs(sum - 1) > rounding) {
        checker.error(variants.pointer,
                      fmt::format("The weights add up to {:.6g}: they must add up to 1, such as {:.4g} each.",
                                  sum, 1.0 / static_cast<double>(experiment.variants.size())));
    }
}

Json json_of(const Experiment &experiment) {
    return {{"name", experiment.name},
            {"description", experiment.description},
            {"element", to_string(experiment.element)},
            {"variants", write_variants(experiment.variants)},
            {"trafficShare", experiment.traffic_share},
            {"plannedVisitors",
             experiment.planned_visitors ? Json(*experiment.planned_visitors) : Json(nullptr)}};
}

} // namespace

std::string_view to_string(ExperimentElement element) {
    switch (element) {
    case ExperimentElement::HeroPhoto:
        return "hero_photo";
    case ExperimentElement::GalleryOrder:
        return "gallery_order";
    case ExperimentElement::CallToAction:
        return "cta";
    case ExperimentElement::Layout:
        return "layout";
    }
    return "";
}

std::optional<ExperimentElement> parse_experiment_element(std::string_view text) {
    return parse(elements, text);
}

std::string_view to_string(ExperimentStatus status) {
    switch (status) {
    case ExperimentStatus::Draft:
        return "draft";
    case ExperimentStatus::Active:
        return "active";
    case ExperimentStatus::Paused:
        return "paused";
    case ExperimentStatus::Completed:
        return "completed";
    }
    return "";
}

std::optional<ExperimentStatus> parse_experiment_status(std::string_view text) {
    return parse(statuses, text);
}

const Variant *Experiment::variant(std::string_view variant_id) const {
    const auto found = std::find_if(variants.begin(), variants.end(),
                                    [&](const Variant &arm) { return arm.id == variant_id; });
    return found == variants.end() ? nullptr : &*found;
}

std::vector<Variant> read_variants(const Json &list) {
    std::vector<Variant> variants;
    if (!list.is_array()) {
        return variants;
    }
    for (const Json &element : list) {
        Variant arm{id_member(element), text_member(element, "name"),
                    number_member(element, "weight").value_or(0), object_member(element, "config")};
        if (!arm.id.empty()) {
            variants.push_back(std::move(arm));
        }
    }
    return variants;
}

Json write_variants(const std::vector<Variant> &variants) {
    Json list = Json::array();
    for (const Variant &arm : variants) {
        list.push_back({{"id", arm.id}, {"name", arm.name}, {"weight", arm.weight}, {"config", arm.config}});
    }
    return list;
}

ValidationIssues validate_experiment(const Experiment &experiment) {
    Checker checker;
    const Json json = json_of(experiment);
    if (!checker.fit_document(json, "experiment")) {
        return checker.take();
    }
    const Node root{&json, ""};
    checker.text(root.at("name"), {"The name", 100, false, true});
    checker.text(root.at("description"), {"The description", 1000, true});
    check_variants(checker, root.at("variants"), experiment);
    if (!(experiment.traffic_share > 0 && experiment.traffic_share <= 1)) {
        checker.error("/trafficShare", "The traffic share must be above 0 and at most 1.");
    }
    checker.integer(root.at("plannedVisitors"), "The planned number of visitors", 1, 1e9);
    return checker.take();
}

ValidationIssues validate_experiment(const Experiment &experiment, const Documents &documents) {
    ValidationIssues issues = validate_experiment(experiment);
    const Photos photos = read_photos(documents.photos);
    for (std::size_t at = 0; at < experiment.variants.size(); ++at) {
        const Json &config = experiment.variants[at].config;
        const std::string pointer = fmt::format("/variants/{}/config", at);
        if (const std::string id = text_member(config, "variant");
            experiment.element == ExperimentElement::HeroPhoto && !id.empty() &&
            find_id(photos.hero.variants, id) == photos.hero.variants.end()) {
            issues.push_back(
                {pointer + "/variant", fmt::format("The published photos have no hero variant \"{}\".", id)});
        }
        if (experiment.element == ExperimentElement::GalleryOrder) {
            for (const std::string &id : text_list_member(config, "order")) {
                if (find_id(photos.gallery, id) == photos.gallery.end()) {
                    issues.push_back(
                        {pointer + "/order", fmt::format("The published gallery has no photo \"{}\".", id)});
                }
            }
        }
    }
    return issues;
}

void apply_variant(const Experiment &experiment, const Variant &arm, Theme &theme, Content &content,
                   Photos &photos) {
    switch (experiment.element) {
    case ExperimentElement::HeroPhoto:
        apply_hero(arm.config, photos);
        break;
    case ExperimentElement::GalleryOrder:
        apply_order(arm.config, photos.gallery);
        break;
    case ExperimentElement::CallToAction:
        content.cta_label = text_member(arm.config, "label", content.cta_label);
        break;
    case ExperimentElement::Layout:
        theme.layout = parse(layouts, text_member(arm.config, "layout")).value_or(theme.layout);
        break;
    }
}

void apply_variant(const Experiment &experiment, const Variant &arm, Documents &documents) {
    Theme theme = read_theme(documents.theme);
    Content content = read_content(documents.content);
    Photos photos = read_photos(documents.photos);
    apply_variant(experiment, arm, theme, content, photos);
    documents.theme = write_theme(theme, documents.theme);
    documents.content = write_content(content, documents.content);
    documents.photos = write_photos(photos, documents.photos);
}

} // namespace studio::models
