// SPDX-License-Identifier: Apache-2.0
// site_render_cli DIR [TENANT…]: writes every page of the samples, the static files and pages.json (name,
// file, policy) there; with tenants (folders with theme.json, content.json and photos.json) their pages
// instead.
#include "fixture.h"
#include "site/pages/booking_page.h"
#include "site/pages/notice_page.h"
#include "site/pages/privacy_page.h"
#include "site/pages/request_page.h"
#include "site/pages/tenant_page.h"
#include "site/policy.h"
#include "site/static_files.h"

#include <filesystem>
#include <fstream>
#include <iostream>

namespace {

using namespace studio;

class Dump final {
public:
    explicit Dump(std::filesystem::path folder) : m_folder(std::move(folder)) {
        std::filesystem::create_directories(m_folder / "static");
        for (const std::string &name : site::static_file_names()) {
            write("static/" + name, site::static_file(name)->bytes);
        }
    }

    void add(const std::string &name, const site::RenderedPage &page) {
        write(name + ".html", page.html);
        m_manifest.push_back({{"name", name},
                              {"bytes", page.html.size()},
                              {"policy", site::content_security_policy(site::testing::settings(), page)}});
    }

    void finish() { write("pages.json", m_manifest.dump(1)); }

private:
    void write(const std::string &name, std::string_view bytes) {
        std::ofstream(m_folder / name, std::ios::binary) << bytes;
    }

    std::filesystem::path m_folder;
    models::Json m_manifest = models::Json::array();
};

models::Json read_json(const std::filesystem::path &file) {
    std::ifstream stream(file);
    return models::Json::parse(stream);
}

void add_tenant(Dump &dump, const std::filesystem::path &folder) {
    const models::Documents documents{read_json(folder / "theme.json"), read_json(folder / "content.json"),
                                      read_json(folder / "photos.json")};
    for (const std::string layout : {"", "elegant", "modern", "minimal"}) {
        dump.add(
            folder.filename().string() + (layout.empty() ? "" : "-" + layout),
            site::render_tenant_page(site::testing::settings(), site::testing::page_of(documents, layout)));
    }
}

} // namespace

int main(int argc, char **argv) {
    if (argc < 2) {
        std::cerr << "usage: site_render_cli DIR [TENANT...]\n";
        return 2;
    }
    Dump dump(argv[1]);
    if (argc > 2) {
        for (int i = 2; i < argc; ++i) {
            add_tenant(dump, argv[i]);
        }
        dump.finish();
        return 0;
    }
    const auto settings = site::testing::settings();
    for (const auto &sample : site::testing::samples()) {
        for (const std::string layout : {"elegant", "modern", "minimal"}) {
            dump.add(sample.name + '-' + layout,
                     site::render_tenant_page(settings, site::testing::page_of(sample.documents, layout)));
        }
    }
    for (const char *layout : {"elegant", "modern", "minimal"}) {
        auto few = site::testing::page_of(site::testing::rich_documents(), layout);
        few.photos.gallery.resize(4);
        dump.add(std::string("four-photos-") + layout, site::render_tenant_page(settings, few));
        auto page = site::testing::page_of(site::testing::rich_documents(), layout);
        page.exposures = site::testing::exposures();
        dump.add(std::string("tested-") + layout, site::render_tenant_page(settings, page));
        page.exposures.clear();
        dump.add(std::string("forgotten-") + layout,
                 site::render_forgotten_page(settings, page, "3f0c1c1e-8f5c-4f57-9f0e-0d8b6a2f7c11"));
        dump.add(std::string("privacy-") + layout, site::render_privacy_page(settings, page));
        dump.add(std::string("book-") + layout, site::render_booking_page(settings, page, {}));
        dump.add(std::string("form-") + layout,
                 site::render_booking_page(settings, page, site::testing::filled_form()));
        dump.add(std::string("busy-") + layout,
                 site::render_booking_page(settings, page, site::testing::busy_form()));
        auto offering = page;
        offering.calendar.availability = models::Availability{};
        dump.add(std::string("times-") + layout, site::render_tenant_page(settings, offering));
        dump.add(std::string("offered-") + layout,
                 site::render_booking_page(settings, offering, site::testing::offered_form()));
        dump.add(std::string("confirmation-") + layout, site::render_booking_confirmation(settings, page));
    }
    for (const bool urls : {false, true}) {
        for (const char *layout : {"elegant", "modern", "minimal"}) {
            const auto page = site::testing::page_of(site::testing::hostile_documents(urls), layout);
            const std::string name = std::string(urls ? "hostile-urls-" : "hostile-") + layout;
            dump.add(name, site::render_tenant_page(settings, page));
            dump.add(name + "-privacy", site::render_privacy_page(settings, page));
            dump.add(name + "-form",
                     site::render_booking_page(settings, page, site::testing::hostile_form()));
        }
    }
    dump.add("hostile-landing", site::render_landing_page(settings, site::testing::hostile_showcase()));
    dump.add("landing", site::render_landing_page(settings, site::testing::showcase(7)));
    dump.add("landing-2", site::render_landing_page(settings, site::testing::showcase(200), 3));
    dump.add("landing-empty", site::render_landing_page(settings, {}));
    dump.add("request", site::render_request_page(site::testing::proposed_request()));
    dump.add("request-agreed", site::render_request_page(site::testing::agreed_request()));
    dump.add("decision", site::render_decision_page(site::testing::open_decision()));
    dump.add("decision-move", site::render_decision_page(site::testing::agreed_decision()));
    dump.add("link-notice", site::render_link_notice("This link has ended", "It was mistyped."));
    dump.add("notice", site::render_notice_page(settings, site::NoticeKind::NotFound));
    dump.add("notice-companions",
             site::render_notice_page(settings, site::NoticeKind::NotFound, site::testing::showcase(4)));
    dump.finish();
    return 0;
}
