// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/public_store.h"
#include "renderer/events/known_values.h"
#include "renderer/pages/active_experiments.h"
#include "renderer/pages/site_context.h"
#include "renderer/visitors/uuid.h"

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace studio::renderer {

enum class PageKind { Home, Privacy, BookingSent, NotFound, Robots, Sitemap };
inline constexpr std::size_t page_kind_count = 6;

// One published revision of one tenant with its running experiments: the documents, and those pages that were
// rendered so far. A rendered page never changes; a new revision or a changed experiment makes a new
// TenantSite.
class TenantSite final : public http::Retained {
public:
    // Without photos that are not released.
    TenantSite(const SiteContext &context, db::PublicTenant tenant);
    // A site whose documents could not be read: its host is known, but render() throws.
    TenantSite(const SiteContext &context, const db::PublicTenantVersion &version);

    using PictureRule = std::function<bool(const std::string &picture)>; // see models::picture_of()
    // A copy of the same revision and experiments without these pictures; none of its pages is rendered yet.
    std::shared_ptr<const TenantSite> without(const PictureRule &withdrawn) const;
    // Whether a page or an experiment shows one of these pictures.
    bool shows(const PictureRule &withdrawn) const;

    bool broken() const { return m_revision < 0; }
    // What its pages are made with; the addresses of photos are those of one photo store.
    const SiteContext &context() const { return m_context; }
    const models::TenantId &id() const { return m_id; }
    const Uuid &uuid() const { return m_uuid; } // the id's bytes, as keys and signatures take them
    const std::string &subdomain() const { return m_subdomain; }
    const std::string &custom_domain() const { return m_custom_domain; } // "" for none
    const std::string &name() const { return m_name; }
    const std::string &origin() const { return m_page.origin; }
    int revision() const { return m_revision; }
    std::int64_t version() const { return m_version; } // of what the public sees, as the database counts
    // What varies on the home page. Other pages have variant 0 only.
    const ActiveExperiments &tests() const { return m_tests; }
    const site::TenantPage &page_data() const { return m_page; }
    // Whether its pages name tours and were made before today, so that they may name a tour that is over.
    bool is_of_earlier_day() const;
    // The reported values that may be stored.
    const KnownValues &known_values() const { return m_known_values; }

    // nullptr where it was not rendered yet. No lock.
    const CachedResponse *cached(PageKind kind, std::size_t variant) const;
    // Renders if the page is not cached; any thread; concurrent calls for one page render once. Throws what
    // rendering throws.
    const CachedResponse &render(PageKind kind, std::size_t variant) const;
    // Renders every page that `earlier` has, so that a publish costs no visitor a wait.
    void render_like(const TenantSite &earlier) const;

    std::size_t cached_pages() const;
    std::size_t cached_bytes() const;

private:
    using Slot = std::atomic<const CachedResponse *>;
    TenantSite(const TenantSite &earlier, std::vector<models::Experiment> experiments,
               const PictureRule &withdrawn);
    void make_slots();
    std::size_t slot_index(PageKind kind, std::size_t variant) const;
    CachedResponse::Content make(PageKind kind, std::size_t variant) const;

    const SiteContext m_context;
    models::TenantId m_id;
    std::string m_subdomain, m_custom_domain, m_name;
    Uuid m_uuid;
    int m_revision;
    std::int64_t m_version;
    site::TenantPage m_page;
    const base::Time m_made_at = base::now();
    ActiveExperiments m_tests;
    KnownValues m_known_values;
    std::vector<std::unique_ptr<Slot>> m_slots;
    mutable std::mutex m_rendering;
    mutable std::vector<std::unique_ptr<const CachedResponse>> m_pages; // what the slots point to
};

// The documents of a tenant as the page renderer takes them, with every photo.
site::TenantPage make_tenant_page(const db::PublicTenant &tenant, std::string origin);
// The same for a draft behind a share link: without withdrawn photos.
site::TenantPage make_draft_page(const db::PublicTenant &draft, std::string origin);

} // namespace studio::renderer
