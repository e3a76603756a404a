// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/tenant/experiment.h"
#include "renderer/events/event_types.h"
#include "site/page.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace studio::renderer {

// What is stored in place of a value that only one visitor might have sent.
inline constexpr std::string_view other_value = "other";

// The values that a published revision offers to every visitor: its photos, services, networks and variants.
// Of what a browser reports only these are stored, so that no value in an event identifies a single visitor.
class KnownValues final {
public:
    KnownValues() = default; // knows only what every site has
    KnownValues(const site::TenantPage &page, const std::vector<models::Experiment> &experiments);

    // What may be stored of a text that an event's data holds; "" for nothing.
    std::string stored(DataKey key, std::string_view text) const;
    // The name of the service that `text` names by id or by name, in any case; "" where there is none.
    std::string service(std::string_view text) const;

private:
    std::set<std::string, std::less<>> m_photos, m_platforms, m_tests, m_variants;
    std::map<std::string, std::string, std::less<>> m_services; // id and name in lower case → name
};

// "/", "/book", …; "other" for a path that no tenant's site has, "" for "".
std::string known_page(std::string_view path);
// A campaign tag as many links carry it: at most 32 of a-z, 0-9, ".", "_" and "-", and no number that could
// be a telephone's. Letters become lower case, spaces and "+" become "-"; anything else is "other", "" stays
// "".
std::string shared_tag(std::string_view text);
// The source of a visit without consent: the tag, else the name of a well-known site that led here
// ("google"), else "other" for any other site, else "".
std::string shared_source(std::string_view utm_source, std::string_view referrer_host);

} // namespace studio::renderer
