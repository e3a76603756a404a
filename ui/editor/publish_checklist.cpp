// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/publish_checklist.h"

#include "models/color/palette.h"
#include "models/documents/content.h"
#include "models/editing/difference.h"
#include "models/json/json_pointer.h"
#include "models/tenant/photo_releases.h"
#include "models/tenant/site_template.h"
#include "ui/editor/draft/pointer.h"
#include "ui/editor/draft_photos.h"
#include "ui/photos/release_state.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <set>

namespace studio::ui {

namespace {

using Level = ChecklistItem::Level;
using Items = std::vector<ChecklistItem>;

QString words(const char *text) {
    return QCoreApplication::translate("PublishChecklist", text);
}

// The beginning of a message about an element of a list: "Gallery photo 11: ".
QString place_of(const QString &pointer) {
    static const std::pair<const char *, const char *> lists[] = {
        {"/photos/gallery/", "Gallery photo %1: "},      {"/photos/testimonials/", "Testimonial photo %1: "},
        {"/photos/hero/variants/", "Hero variant %1: "}, {"/content/services/", "Service %1: "},
        {"/content/testimonials/", "Testimonial %1: "},  {"/content/pricing/customRates/", "Other rate %1: "},
        {"/content/screeningFields/", "Question %1: "},  {"/content/replyTemplates/", "Saved reply %1: "},
    };
    for (const auto &[list, name] : lists) {
        bool is_element = false;
        const auto start = QLatin1String(list);
        const int index = pointer.startsWith(start)
                              ? pointer.mid(start.size()).section(QLatin1Char('/'), 0, 0).toInt(&is_element)
                              : 0;
        if (is_element) {
            return words(name).arg(index + 1);
        }
    }
    return {};
}

void add_issues(Items &items, const models::ValidationIssues &issues) {
    for (const auto &issue : issues) {
        const auto level = issue.severity == models::Severity::Error ? Level::Blocking : Level::Advice;
        const auto pointer = QString::fromStdString(issue.pointer);
        items.push_back({level, place_of(pointer) + QString::fromStdString(issue.message), pointer, {}});
    }
}

void add_contrast(Items &items, const models::Documents &documents) {
    for (const auto &pair : models::contrast_report(models::read_theme(documents.theme))) {
        if (!pair.passes) {
            items.push_back({Level::Advice,
                             words("%1 is hard to read: contrast %2 : 1 where %3 : 1 is needed.")
                                 .arg(QString::fromStdString(pair.name))
                                 .arg(pair.ratio, 0, 'f', 1)
                                 .arg(pair.required, 0, 'f', 1),
                             pointer_of(models::DocumentKind::Theme, pair.foreground_pointer),
                             {}});
        }
    }
}

Level gate_level(const TenantFacts &facts) {
    return facts.tenant.status == models::TenantStatus::Active ? Level::Blocking : Level::Advice;
}

// Each place of a photo that was taken down.
void add_taken_down(Items &items, const TenantFacts &facts, const models::Documents &documents) {
    for (const auto &photo : taken_down_photos(documents, facts)) {
        items.push_back({gate_level(facts),
                         words("The %1 was taken down, and its files are deleted. Remove it there, or put "
                               "another photo in its place.")
                             .arg(photo.place),
                         photo.pointer,
                         {}});
    }
}

// Each place of a paused photo, because it can be left out only there.
void add_paused(Items &items, const TenantFacts &facts, const models::Documents &documents) {
    for (const auto &photo : draft_photos(documents, facts)) {
        if (state_of(facts.photo_states, models::picture_of(photo.url)).paused) {
            items.push_back({gate_level(facts),
                             words("The %1 is paused, so no page shows it. Resume it on the page of photos, "
                                   "or put another photo in its place.")
                                 .arg(photo.place),
                             photo.pointer,
                             {}});
        }
    }
}

void add_gate(Items &items, const TenantFacts &facts, const models::Documents &documents) {
    if (!facts.compliance_known) {
        return;
    }
    const auto level = gate_level(facts);
    if (!facts.verification || !facts.verification->adult_confirmed) {
        items.push_back({level,
                         words("Age and identity are not verified yet. Required before the site goes live."),
                         {},
                         {},
                         true});
    }
    std::map<std::string, std::vector<db::PhotoRelease>> releases; // valid for every size of a picture
    for (const auto &release : facts.releases) {
        releases[models::picture_of(release.photo_url)].push_back(release);
    }
    const auto today = today_utc();
    std::set<std::string> seen;
    for (const auto &photo : draft_photos(documents, facts)) {
        const auto picture = models::picture_of(photo.url);
        if (!seen.insert(picture).second) {
            continue;
        }
        const auto people = facts.people.find(picture);
        const auto state =
            release_state(state_of(facts.photo_states, picture), releases[picture],
                          people == facts.people.end() ? std::nullopt : std::optional(people->second), today);
        if (state.released || is_taken_down(facts, picture)) {
            continue;
        }
        // A release for the whole photo is recorded here, the releases of single persons on the Companions
        // page.
        const bool is_simple = state.needed == 1 && state.ended_on.empty();
        const auto answer = state_of(facts.photo_states, picture);
        const bool files_gone =
            answer.withheld && !answer.paused && !answer.stored; // until it is added again
        items.push_back(
            {level,
             files_gone ? words("The release of the %1 was withdrawn or is over, and its files are not at "
                                "the store. Add the photo again and record a release, or put another "
                                "photo in its place.")
                              .arg(photo.place)
             : is_simple ? words("No release is recorded for the %1.").arg(photo.place)
                         : words("The %1: %2.").arg(photo.place, state_words(state)),
             photo.pointer, is_simple ? QString::fromStdString(photo.url) : QString(), !is_simple});
    }
}

void add_baseline(Items &items, const models::Documents &documents) {
    const auto photos = models::read_photos(documents.photos);
    if (!photos.hero.variants.empty() && photos.hero.control_weight() <= 0) {
        items.push_back(
            {Level::Advice,
             words(
                 "No visitor sees the control photo, so the variants have no baseline to be compared with."),
             QStringLiteral("/photos/hero/variants/0/weight"),
             {}});
    }
}

// A text of at least this length that equals the starting site's was not typed by chance: it was never
// replaced.
constexpr std::size_t telling_length = 40; // bytes

void add_template_texts(Items &items, const models::Documents &documents, const models::Json &mine,
                        const models::Json &theirs, const QString &pointer) {
    if (mine.is_string() && mine == theirs && mine.get_ref<const std::string &>().size() >= telling_length) {
        items.push_back(
            {Level::Advice,
             words("%1: this is still the template's text. Write your own.")
                 .arg(QString::fromStdString(models::place_name(pointer.toStdString(), documents))),
             pointer,
             {}});
    } else if (mine.is_object() && theirs.is_object()) {
        for (const auto &[key, value] : mine.items()) {
            if (theirs.contains(key)) {
                add_template_texts(items, documents, value, theirs[key],
                                   child(pointer, QString::fromStdString(key)));
            }
        }
    } else if (mine.is_array() && theirs.is_array()) {
        for (std::size_t index = 0; index < std::min(mine.size(), theirs.size()); ++index) {
            add_template_texts(items, documents, mine[index], theirs[index], child(pointer, index));
        }
    }
}

void add_template_texts(Items &items, const models::Documents &documents) {
    // Some texts of a starting site contain its name, which has been replaced by the companion's.
    for (const auto &site : models::site_templates()) {
        Items found;
        add_template_texts(found, documents, documents.content,
                           models::start_from(site, models::read_content(documents.content).name).content,
                           QStringLiteral("/content"));
        const auto nameless = models::start_from(site, "").content;
        for (auto &item : found) {
            const auto *text = models::find_value(nameless, item.pointer.mid(8).toStdString());
            const bool is_known = std::any_of(items.begin(), items.end(), [&item](const auto &other) {
                return other.pointer == item.pointer && other.text == item.text;
            });
            if (!is_known && text != nullptr &&
                text->get_ref<const std::string &>().size() >= telling_length) {
                items.push_back(std::move(item));
            }
        }
    }
}

} // namespace

std::vector<ChecklistItem> publish_checklist(const TenantFacts &facts, const models::Documents &documents,
                                             const models::ValidationIssues &issues) {
    Items items;
    add_issues(items, issues);
    add_gate(items, facts, documents);
    add_taken_down(items, facts, documents);
    add_paused(items, facts, documents);
    add_contrast(items, documents);
    add_baseline(items, documents);
    add_template_texts(items, documents);
    std::stable_partition(items.begin(), items.end(),
                          [](const auto &item) { return item.level == Level::Blocking; });
    return items;
}

int blocking(const std::vector<ChecklistItem> &items) {
    return static_cast<int>(std::count_if(items.begin(), items.end(),
                                          [](const auto &item) { return item.level == Level::Blocking; }));
}

} // namespace studio::ui
