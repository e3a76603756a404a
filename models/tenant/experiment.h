// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/content.h"
#include "models/documents/documents.h"
#include "models/documents/photos.h"
#include "models/documents/theme.h"
#include "models/tenant/tenant.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace studio::models {

// The element of a tenant's home page that an experiment varies.
enum class ExperimentElement { HeroPhoto, GalleryOrder, CallToAction, Layout };
std::string_view to_string(ExperimentElement element); // "hero_photo", "gallery_order", "cta", "layout"
std::optional<ExperimentElement> parse_experiment_element(std::string_view text);

enum class ExperimentStatus { Draft, Active, Paused, Completed };
std::string_view to_string(ExperimentStatus status);
std::optional<ExperimentStatus> parse_experiment_status(std::string_view text);

// One variant of a test. `config` says what differs from the published documents; an empty one is as
// published. hero_photo: {"variant": "id in photos.hero.variants"} or {"photo": {photo object}};
// gallery_order:
// {"order": ["id in photos.gallery", …]}; cta: {"label": "…"}; layout: {"layout": "modern"}.
struct Variant {
    std::string id, name;
    double weight = 0; // share of the test's visitors, above 0; those of a test add up to 1
    Json config = Json::object();
    bool operator==(const Variant &) const = default;
};

struct Experiment {
    std::string id; // UUID
    TenantId tenant_id;
    std::string name, description;
    ExperimentElement element = ExperimentElement::HeroPhoto;
    ExperimentStatus status = ExperimentStatus::Draft;
    std::vector<Variant> variants; // the first is the control, also for visitors outside of the traffic share
    double traffic_share = 1;      // above 0, at most 1; the others see the control and are not recorded
    int phase = 1; // counts up when variants, weights or traffic share of a started test change
    bool auto_winner = false;
    std::optional<int> planned_visitors;
    std::string winner;            // a variant's id; "" for none
    std::string origin = "manual"; // "photos": created by the weights of the published hero variants
    std::optional<Time> started_at, ended_at;
    Json decision = nullptr; // of a declared winner: {"by", "revisionBefore", "revision", "figures", …}
    std::optional<Time> reverted_at{}; // the winner was reverted
    int version = 0;                   // as stored; 0: not stored yet. Each change counts it up
    bool operator==(const Experiment &) const = default;

    const Variant *variant(std::string_view variant_id) const; // nullptr for none
};

// The variants as they are stored: [{"id", "name", "weight", "config"}]. Lenient: what is no variant is left
// out.
std::vector<Variant> read_variants(const Json &list);
Json write_variants(const std::vector<Variant> &variants);

// Pointers are into {"name", "description", "element", "variants": […], "trafficShare", "plannedVisitors"}.
ValidationIssues validate_experiment(const Experiment &experiment);
// Also checks that the documents contain what the configs name: variants, gallery photos.
ValidationIssues validate_experiment(const Experiment &experiment, const Documents &documents);

// Changes the page's data into what the variant's visitors see. What the config names but the documents lack
// is ignored; gallery photos that an order leaves out follow in their present order. After an experiment with
// the hero photo, the photos have no variants.
void apply_variant(const Experiment &experiment, const Variant &variant, Theme &theme, Content &content,
                   Photos &photos);
// The same for the documents that are published for a declared winner; keys that this version does not know
// stay.
void apply_variant(const Experiment &experiment, const Variant &variant, Documents &documents);

} // namespace studio::models
