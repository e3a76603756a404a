// SPDX-License-Identifier: Apache-2.0
#include "renderer/pages/tenant_site.h"

#include "models/booking/calendar_json.h"
#include "models/booking/calendar_words.h"
#include "models/tenant/photo_releases.h"
#include "models/values/zoned_time.h"
#include "site/pages/booking_page.h"
#include "site/pages/notice_page.h"
#include "site/pages/privacy_page.h"
#include "site/pages/tenant_page.h"
#include "site/sitemap.h"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace studio::renderer {

namespace {

// The other variants of a home page are rendered when the first visitor needs them.
constexpr std::size_t max_rendered_ahead = 16;

} // namespace

namespace {

std::set<std::string> pictures_of(const std::vector<std::string> &urls) {
    std::set<std::string> pictures;
    for (const std::string &url : urls) {
        pictures.insert(models::picture_of(url));
    }
    return pictures;
}

// The page of the live documents, with those experiments whose photos are all released.
site::TenantPage make_live_page(const db::PublicTenant &tenant, std::string origin,
                                std::vector<models::Experiment> &experiments) {
    site::TenantPage page = make_tenant_page(tenant, std::move(origin));
    models::keep_shown_photos(page.photos, page.content, experiments,
                              [released = pictures_of(tenant.released_photos)](const std::string &each) {
                                  return released.contains(each);
                              });
    return page;
}

site::TenantPage page_without(site::TenantPage page, std::vector<models::Experiment> &experiments,
                              const TenantSite::PictureRule &withdrawn) {
    models::keep_shown_photos(page.photos, page.content, experiments,
                              [&](const std::string &each) { return !withdrawn(each); });
    return page;
}

} // namespace

site::TenantPage make_draft_page(const db::PublicTenant &tenant, std::string origin) {
    site::TenantPage page = make_tenant_page(tenant, std::move(origin));
    std::vector<models::Experiment> no_experiments;
    models::keep_shown_photos(page.photos, page.content, no_experiments,
                              [withdrawn = pictures_of(tenant.withdrawn_photos)](const std::string &each) {
                                  return !withdrawn.contains(each);
                              });
    return page;
}

site::TenantPage make_tenant_page(const db::PublicTenant &tenant, std::string origin) {
    site::TenantPage page;
    page.origin = std::move(origin);
    page.tenant_id = tenant.id;
    page.subdomain = tenant.subdomain;
    page.theme = models::read_theme(tenant.documents.theme);
    page.content = models::read_content(tenant.documents.content);
    page.photos = models::read_photos(tenant.documents.photos);
    page.calendar = models::read_calendar({{"availability", tenant.availability}, {"tours", tenant.tours}},
                                          page.content.location.timezone);
    models::show_calendar(page.calendar, base::now(), page.content);
    return page;
}

TenantSite::TenantSite(const SiteContext &context, db::PublicTenant tenant)
    : m_context(context), m_id(tenant.id), m_subdomain(tenant.subdomain),
      m_custom_domain(tenant.custom_domain.value_or("")), m_name(tenant.name),
      m_uuid(Uuid::parse(tenant.id.text()).value_or(Uuid{})), m_revision(tenant.revision),
      m_version(tenant.version),
      m_page(make_live_page(tenant,
                            m_custom_domain.empty() ? context.origin_of_subdomain(m_subdomain)
                                                    : context.origin(m_custom_domain),
                            tenant.experiments)),
      m_tests(tenant.experiments), m_known_values(m_page, tenant.experiments) {
    make_slots();
}

TenantSite::TenantSite(const SiteContext &context, const db::PublicTenantVersion &version)
    : m_context(context), m_id(version.id), m_subdomain(version.subdomain),
      m_custom_domain(version.custom_domain.value_or("")), m_name(version.name),
      m_uuid(Uuid::parse(version.id.text()).value_or(Uuid{})), m_revision(-1), m_version(version.version) {
    make_slots();
}

TenantSite::TenantSite(const TenantSite &earlier, std::vector<models::Experiment> experiments,
                       const PictureRule &withdrawn)
    : m_context(earlier.m_context), m_id(earlier.m_id), m_subdomain(earlier.m_subdomain),
      m_custom_domain(earlier.m_custom_domain), m_name(earlier.m_name), m_uuid(earlier.m_uuid),
      m_revision(earlier.m_revision), m_version(earlier.m_version),
      m_page(page_without(earlier.m_page, experiments, withdrawn)), m_tests(experiments),
      m_known_values(m_page, experiments) {
    make_slots();
}

std::shared_ptr<const TenantSite> TenantSite::without(const PictureRule &withdrawn) const {
    return std::shared_ptr<const TenantSite>(new TenantSite(*this, m_tests.experiments(), withdrawn));
}

bool TenantSite::is_of_earlier_day() const {
    const auto day_of = [this](base::Time at) { // the date on the companion's clock, as "2027-03-01"
        return models::form_value(models::local_time(at, m_page.content.location.timezone)).substr(0, 10);
    };
    return !m_page.calendar.tours.empty() && day_of(base::now()) > day_of(m_made_at);
}

bool TenantSite::shows(const PictureRule &withdrawn) const {
    const auto photos =
        models::photos_that_reach_visitors(m_page.photos, m_page.content, m_tests.experiments());
    return std::ranges::any_of(photos, [&](const models::ReachingPhoto &reaching) {
        return withdrawn(models::picture_of(reaching.photo.url));
    });
}

void TenantSite::make_slots() {
    // Only the home page differs between variants.
    const std::size_t slots = m_tests.combinations() + page_kind_count - 1;
    for (std::size_t i = 0; i < slots; ++i) {
        m_slots.push_back(std::make_unique<Slot>(nullptr));
    }
}

std::size_t TenantSite::slot_index(PageKind kind, std::size_t variant) const {
    return kind == PageKind::Home ? page_kind_count - 1 + variant : static_cast<std::size_t>(kind) - 1;
}

const CachedResponse *TenantSite::cached(PageKind kind, std::size_t variant) const {
    return m_slots[slot_index(kind, variant)]->load(std::memory_order_acquire);
}

CachedResponse::Content TenantSite::make(PageKind kind, std::size_t variant) const {
    if (broken()) {
        throw std::runtime_error("The documents of this tenant could not be read.");
    }
    const site::SiteSettings &settings = m_context.settings;
    site::TenantPage page = m_page;
    switch (kind) {
    case PageKind::Home:
        m_tests.apply(variant, page);
        return m_context.html(200, site::render_tenant_page(settings, page),
                              m_tests.any() ? private_cache : revalidated_cache);
    case PageKind::Privacy:
        return m_context.html(200, site::render_privacy_page(settings, page), revalidated_cache);
    case PageKind::BookingSent:
        return m_context.html(200, site::render_booking_confirmation(settings, page), no_cache);
    case PageKind::NotFound: {
        CachedResponse::Content content =
            m_context.html(404, site::render_not_found_page(settings, page), no_cache);
        content.fields.emplace_back("X-Robots-Tag", "noindex");
        return content;
    }
    case PageKind::Robots:
        return m_context.text("text/plain; charset=utf-8", site::render_robots(page.origin, true));
    case PageKind::Sitemap:
        break;
    }
    return m_context.text("application/xml; charset=utf-8",
                          site::render_sitemap(page.origin, {"/", "/privacy", "/book"}));
}

const CachedResponse &TenantSite::render(PageKind kind, std::size_t variant) const {
    Slot &slot = *m_slots[slot_index(kind, variant)];
    const std::scoped_lock lock(m_rendering);
    if (const CachedResponse *ready = slot.load(std::memory_order_acquire)) {
        return *ready;
    }
    m_pages.push_back(std::make_unique<const CachedResponse>(make(kind, variant)));
    slot.store(m_pages.back().get(), std::memory_order_release);
    return *m_pages.back();
}

void TenantSite::render_like(const TenantSite &earlier) const {
    for (const PageKind kind :
         {PageKind::Home, PageKind::Privacy, PageKind::BookingSent, PageKind::NotFound}) {
        const std::size_t variants = kind == PageKind::Home ? m_tests.combinations() : 1;
        const std::size_t earlier_variants = kind == PageKind::Home ? earlier.m_tests.combinations() : 1;
        bool wanted = false;
        for (std::size_t i = 0; i < earlier_variants; ++i) {
            wanted = wanted || earlier.cached(kind, i);
        }
        for (std::size_t i = 0; wanted && i < variants && i < max_rendered_ahead; ++i) {
            render(kind, i);
        }
    }
}

std::size_t TenantSite::cached_pages() const {
    const std::scoped_lock lock(m_rendering);
    return m_pages.size();
}

std::size_t TenantSite::cached_bytes() const {
    const std::scoped_lock lock(m_rendering);
    std::size_t bytes = 0;
    for (const auto &page : m_pages) {
        bytes += page->memory();
    }
    return bytes;
}

} // namespace studio::renderer
