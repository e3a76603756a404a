// SPDX-License-Identifier: Apache-2.0
// What the tour photographs, in order.
#include "app/studio/page_list.h"
#include "db/stores/compliance_store.h"
#include "db/stores/revision_store.h"
#include "models/tenant/site_template.h"
#include "tests/tour/screenshot_tour.h"
#include "ui/editor/forms/section.h"
#include "ui/experiments/experiment_figures.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/side_bar.h"
#include "ui/shell/status_line.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/tenant_id.h"

#include <QAction>
#include <QComboBox>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabBar>
#include <QUuid>

#include <algorithm>

namespace studio::app {

namespace {

constexpr int panel_rest_ms = 1200;
constexpr int preview_rest_ms = 5000;
constexpr int figures_rest_ms = 2500;
constexpr int long_name = 40; // characters
// Nothing listens there: port 1 is reserved.
constexpr auto own_css = R"(/* A quiet frame around the gallery */
.gallery img {
  border: 1px solid #d8c7a3;
  border-radius: 2px;
}
h1 { letter-spacing: 0.04em; }
@media (max-width: 600px) {
  h1 { font-size: 1.8rem; }
}
)";

constexpr auto dead_database = "postgresql://operator@127.0.0.1:1/studio?connect_timeout=2";
enum EditorTab { Content, Photos, Theme };

} // namespace

void ScreenshotTour::plan() {
    const auto *state =
        m_subject->current_page()->findChild<ui::StateStack *>(QStringLiteral("companions.state"));
    const bool empty = state != nullptr && state->state() == ui::StateStack::State::Empty;
    const bool has_figures = std::ranges::any_of(
        m_studio.tenants(), [](const auto &tenant) { return tenant.subdomain.starts_with("generated-"); });
    for (const auto appearance : {ui::Appearance::Light, ui::Appearance::Dark}) {
        m_look = ui::to_string(appearance);
        act([this, appearance] { m_theme.set_appearance(appearance); });
        if (empty) {
            add_page("companions-empty", QStringLiteral("companions"));
            add_page("editor-empty", QStringLiteral("editor"));
            add_page("library-empty", QStringLiteral("library"));
            continue;
        }
        if (has_figures) {
            plan_figures();
            continue;
        }
        plan_companions();
        plan_editor();
        plan_long_names();
        plan_bookings();
        plan_library();
        plan_incoming();
        plan_the_rest();
        plan_failures();
        plan_role(QStringLiteral("staff"), "bookings-staff", 1200);
        plan_role(QStringLiteral("claire"), "editor-companion", preview_rest_ms);
        picture("sign-in", [this] { m_studio.show_sign_in({}); });
        picture("sign-in-refused", [this] {
            m_studio.show_sign_in(ScreenshotTour::tr("This account was closed. Ask an operator."));
        });
        plan_role(QStringLiteral("operator"), "", 400);
    }
}

void ScreenshotTour::plan_companions() {
    const auto page = QStringLiteral("companions");
    add_page("companions", page, {}, 4000);
    add_page("companions-live", page, QStringLiteral("claire"), panel_rest_ms);
    press(QStringLiteral("detail.share"));
    picture("companions-live-share", [this] { scroll_to_end(QStringLiteral("detail.scroll")); });
    add_page("companions-preview", page, QStringLiteral("emma"), panel_rest_ms);
    add_page("companions-new", page, QStringLiteral("new"));
    picture("companions-new-taken", [this] {
        if (auto *name = m_subject->findChild<QLineEdit *>(QStringLiteral("create.name"))) {
            name->insert(QStringLiteral("Claire"));
        }
    });
    press(QStringLiteral("create.cancel"));
    const auto search = [this](const QString &text) {
        if (auto *field = m_subject->findChild<QLineEdit *>(QStringLiteral("companions.search"))) {
            field->setText(text);
        }
    };
    picture("companions-nobody", [search] { search(QStringLiteral("nobody at all")); });
    act([search] { search({}); });
    picture("palette", [this] { m_subject->palette_popup()->open(); });
    act([this] { m_subject->palette_popup()->hide(); });
    picture("narrow", [this, page] {
        m_subject->side_bar()->set_collapsed(true);
        m_subject->show_page(page);
    });
    act([this] { m_subject->side_bar()->set_collapsed(false); });
}

void ScreenshotTour::plan_editor() {
    add_page("editor", QStringLiteral("editor"), QStringLiteral("claire"), preview_rest_ms);
    plan_forms();
    press(QStringLiteral("publish"));
    picture(
        "editor-publish-ready", [] {}, panel_rest_ms);
    type(QStringLiteral("/theme/colors/primary"), QStringLiteral("#12"));
    type(QStringLiteral("/content/contact/email"), QStringLiteral("claire at example"));
    picture(
        "editor-publish-problems", [] {}, panel_rest_ms);
    trigger(QStringLiteral("action-discard"));
    plan_history();
    trigger(QStringLiteral("action-share"));
    press(QStringLiteral("share-create"));
    picture(
        "editor-share", [] {}, panel_rest_ms);
    plan_conflict();
    press(QStringLiteral("close-panel"));
}

void ScreenshotTour::plan_forms() {
    for (const auto *section : {"services", "prices", "contact", "social", "testimonials", "location",
                                "search", "messages", "replies", "questions", "consent", "legal"}) {
        show_section(Content, QLatin1String(section));
    }
    show_section(Content, QStringLiteral("services"), QStringLiteral("open:/content/services/0"));
    show_section(Photos, QStringLiteral("hero"));
    show_section(Photos, QStringLiteral("hero"), QStringLiteral("open:/photos/hero/variants/0"));
    for (const auto *section : {"gallery", "testimonial-photos"}) {
        show_section(Photos, QLatin1String(section));
    }
    for (const auto *section : {"colors", "fonts", "layout", "finish"}) {
        show_section(Theme, QLatin1String(section));
    }
    act([this] {
        if (auto *section = m_subject->findChild<ui::Section *>(QStringLiteral("section:css"))) {
            section->set_open(true);
        }
        QMetaObject::invokeMethod(m_subject->findChild<QWidget *>(QStringLiteral("field:/theme/customCss")),
                                  "setText", Q_ARG(QString, QString::fromLatin1(own_css)));
    });
    show_section(Theme, QStringLiteral("css"));
    trigger(QStringLiteral("action-discard"));
    show_section(Content, QStringLiteral("introduction"));
}

void ScreenshotTour::plan_history() {
    trigger(QStringLiteral("action-history"));
    picture(
        "editor-history", [] {}, panel_rest_ms);
    picture(
        "editor-history-live",
        [this] {
            if (auto *against = m_subject->findChild<QComboBox *>(QStringLiteral("compare-with"))) {
                against->setCurrentIndex(1);
            }
        },
        panel_rest_ms);
}

// Claire saves in another session while the operator edits, so the conflict is a real one.
void ScreenshotTour::save_as_claire(const QString &tagline) {
    act([this, tagline = tagline.toStdString(), look = m_look.toStdString()] {
        m_other_saved = false;
        m_other = std::make_unique<ui::Worker>(m_studio.local_database(QStringLiteral("claire")));
        m_other
            ->run([id = ui::to_tenant_id(tenant_id(QStringLiteral("claire"))), tagline,
                   look](db::Session &session) {
                db::RevisionStore revisions(session);
                auto latest = revisions.latest(id).value();
                latest.documents.content["tagline"] = tagline;
                latest.documents.content["contact"]["responseTime"] = "within a day, " + look;
                revisions.save(id, latest.summary.number, latest.documents, "",
                               QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString());
            })
            .then(this, [this] { m_other_saved = true; })
            .onFailed(this,
                      [this](const std::exception &error) { complain(QString::fromUtf8(error.what())); });
    });
    m_steps.back().settled = [this] { return m_other_saved; };
}

void ScreenshotTour::plan_conflict() {
    type(QStringLiteral("/content/tagline"),
         QStringLiteral("Dinner, music and unhurried conversation, by %1")
             .arg(m_look == QLatin1String("dark") ? QStringLiteral("night") : QStringLiteral("day")));
    save_as_claire(QStringLiteral("Quiet evenings, well-chosen words"));
    press(QStringLiteral("save"));
    picture(
        "editor-conflict", [] {}, panel_rest_ms);
    press(QStringLiteral("choose:0:mine"));
    press(QStringLiteral("save-merged"));
    save_as_claire(QStringLiteral("Evenings that nobody hurries"));
    press(QStringLiteral("publish"));
    press(QStringLiteral("publish-now"));
    picture(
        "editor-publish-refused", [] {}, panel_rest_ms);
    press(QStringLiteral("publish-take-over"));
}

// Only where the workspace has such a companion.
void ScreenshotTour::plan_long_names() {
    for (const auto &tenant : m_studio.tenants()) {
        if (QString::fromStdString(tenant.name).size() < long_name) {
            continue;
        }
        const auto subdomain = QString::fromStdString(tenant.subdomain);
        add_page("long-name-companions", QStringLiteral("companions"), subdomain, panel_rest_ms);
        add_page("long-name-editor", QStringLiteral("editor"), subdomain, preview_rest_ms);
        press(QStringLiteral("publish"));
        picture(
            "long-name-publish", [] {}, panel_rest_ms);
        press(QStringLiteral("close-panel"));
        return;
    }
}

void ScreenshotTour::plan_the_rest() {
    add_page("analytics-empty", QStringLiteral("analytics"), {}, figures_rest_ms);
    add_page("", QStringLiteral("experiments"), {}, figures_rest_ms);
    choose(QStringLiteral("experiments.companion"), QStringLiteral("Emma"));
    picture(
        "experiments-none", [] {}, panel_rest_ms);
    const auto people = QStringLiteral("people");
    add_page("people", people);
    add_page("people-account", people, QStringLiteral("Sam Staff"));
    add_page("people-new", people, QStringLiteral("new"));
    add_page("people-activity", people, QStringLiteral("activity"));
    add_page("settings", QStringLiteral("settings"));
    picture("settings-end", [this] { scroll_to_end(QStringLiteral("settings.scroll")); });
}

// For a workspace with generated visits: only the pages with figures.
void ScreenshotTour::plan_figures() {
    const auto page = QStringLiteral("analytics");
    add_page("analytics-overview", page, QStringLiteral("overview"), figures_rest_ms);
    add_page("analytics-sources", page, QStringLiteral("sources"), figures_rest_ms);
    add_page("analytics-funnel", page, QStringLiteral("funnel"), figures_rest_ms);
    add_page("analytics-journeys", page, QStringLiteral("journeys"), figures_rest_ms);
    add_page("analytics-audience", page, QStringLiteral("audience"), figures_rest_ms);
    add_page("analytics-hours", page, QStringLiteral("hours"), figures_rest_ms);
    add_page("analytics-bookings", page, QStringLiteral("bookings"), figures_rest_ms);
    add_page("analytics-visits", page, QStringLiteral("visits"), figures_rest_ms);
    add_page("analytics-platform", page, QStringLiteral("platform"), figures_rest_ms);
    picture("analytics-platform-end", [this] { scroll_to_end(QStringLiteral("analytics.platform.scroll")); });
    act([this] { // for the next look
        if (auto *area = m_subject->findChild<QScrollArea *>(QStringLiteral("analytics.platform.scroll"))) {
            area->verticalScrollBar()->setValue(0);
        }
    });
    const auto of = [&](const char *name, const char *subdomain, const char *section) {
        act([this, page, subdomain] { m_subject->show_page(page, tenant_id(QLatin1String(subdomain))); });
        add_page(name, page, QLatin1String(section), figures_rest_ms);
    };
    of("analytics-rich-overview", "generated-1-1", "overview");
    of("analytics-rich-social", "generated-1-1", "social");
    picture("analytics-rich-social-end",
            [this] { scroll_to_end(QStringLiteral("analytics.social.scroll")); });
    of("analytics-rich-visits", "generated-1-1", "visits");
    picture("analytics-rich-visits-end",
            [this] { scroll_to_end(QStringLiteral("analytics.visits.scroll")); });
    for (const auto &[name, section] : std::initializer_list<std::pair<const char *, const char *>>{
             {"analytics-sparse-overview", "overview"},
             {"analytics-sparse-sources", "sources"},
             {"analytics-sparse-funnel", "funnel"},
             {"analytics-sparse-journeys", "journeys"},
             {"analytics-sparse-audience", "audience"},
             {"analytics-sparse-hours", "hours"},
             {"analytics-sparse-bookings", "bookings"},
             {"analytics-sparse-social", "social"},
             {"analytics-sparse-visits", "visits"}}) {
        of(name, "generated-2-1", section);
    }
    of("analytics-none-overview", "generated-3-1", "overview");
    of("analytics-none-bookings", "generated-3-1", "bookings");
    of("analytics-none-visits", "generated-3-1", "visits");
    act([this] {
        if (auto *companion = m_subject->findChild<QComboBox *>(QStringLiteral("analytics.companion"))) {
            companion->setCurrentIndex(0); // all companions, for the next look
        }
    });
    plan_experiments();
}

void ScreenshotTour::plan_experiments() {
    publish_generated();
    add_page("", QStringLiteral("experiments"), {}, figures_rest_ms);
    add_test_of("experiments-no-visits", QStringLiteral("generated-3-1"));
    add_test_of("experiments-sparse", QStringLiteral("generated-2-1"));
    add_test_of("experiments", QStringLiteral("generated-1-1"));
    picture("experiments-end", [this] { scroll_to_end(QStringLiteral("experiments.scroll")); });
    press(QStringLiteral("experiments.declare"));
    picture(
        "experiments-declare", [] {}, preview_rest_ms);
    press(QStringLiteral("experiments.declaring.cancel"));
    plan_new_test();
}

// Adds a picture of the companion's oldest experiment, which was generated with her visits.
void ScreenshotTour::add_test_of(const char *name, const QString &subdomain) {
    act([this, subdomain] {
        auto *companion = m_subject->findChild<QComboBox *>(QStringLiteral("experiments.companion"));
        const int row = companion == nullptr ? -1 : companion->findData(tenant_id(subdomain));
        if (row < 0) {
            complain(QStringLiteral("there are no tests of ") + subdomain);
            return;
        }
        companion->setCurrentIndex(row);
    });
    m_steps.back().rest_ms = figures_rest_ms;
    picture(
        name,
        [this] {
            if (auto *list = m_subject->findChild<QListView *>(QStringLiteral("experiments.list"))) {
                emit list->clicked(list->model()->index(list->model()->rowCount() - 1, 0));
            }
        },
        figures_rest_ms);
}

// Publishes pages for generated companions, which have only visits: an experiment is compared with its page.
void ScreenshotTour::publish_generated() {
    act([this] {
        m_other_saved = false;
        std::vector<models::TenantId> generated;
        for (const auto &tenant : m_studio.tenants()) {
            if (tenant.subdomain.starts_with("generated-")) {
                generated.push_back(tenant.id);
            }
        }
        m_other = std::make_unique<ui::Worker>(m_studio.local_database(QStringLiteral("operator")));
        m_other
            ->run([generated](db::Session &session) {
                db::RevisionStore revisions(session);
                for (const auto &id : generated) {
                    if (revisions.latest(id)) {
                        continue;
                    }
                    db::ComplianceStore(session).record_verification(id, "passport");
                    revisions.save(id, 0,
                                   models::start_from(*models::find_site_template("elegant"), "Generated"),
                                   "", QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString());
                    revisions.publish(id, 1);
                }
            })
            .then(this, [this] { m_other_saved = true; })
            .onFailed(this,
                      [this](const std::exception &error) { complain(QString::fromUtf8(error.what())); });
    });
    m_steps.back().settled = [this] { return m_other_saved; };
}

// Creates a draft with three variants, which stays in the list.
void ScreenshotTour::plan_new_test() {
    press(QStringLiteral("experiments.new"));
    picture(
        "experiments-new", [] {}, panel_rest_ms);
    choose(QStringLiteral("test.element"), ui::element_label(models::ExperimentElement::Layout));
    press(QStringLiteral("test.add"));
    act([this] {
        for (const int variant : {1, 2}) {
            if (auto *strip =
                    m_subject->findChild<QListWidget *>(QStringLiteral("variant.%1.choice").arg(variant))) {
                strip->setCurrentRow(variant - 1);
            }
        }
        if (auto *name = m_subject->findChild<QLineEdit *>(QStringLiteral("test.name"))) {
            name->setFocus();
            name->insert(ScreenshotTour::tr("Three layouts"));
        }
    });
    picture(
        "experiments-new-three", [] {}, panel_rest_ms);
    picture("experiments-new-end", [this] { scroll_to_end(QStringLiteral("test.scroll")); });
    press(QStringLiteral("test.save"));
    picture(
        "experiments-draft", [] {}, figures_rest_ms);
}

// The same pages over a database that does not answer.
void ScreenshotTour::plan_failures() {
    act([this] {
        const auto &here = m_studio.connection()->sign_in;
        m_dead = std::make_unique<Connection>(SignIn{.database_url = dead_database,
                                                     .place = here.place,
                                                     .environment = QStringLiteral("Production"),
                                                     .public_url = here.public_url,
                                                     .media_root = here.media_root,
                                                     .local_login = {}});
        m_dead->identity = m_studio.connection()->identity;
        m_dead_window = std::make_unique<ui::MainWindow>();
        m_dead_window->resize(m_subject->size());
        m_dead_window->set_pages(m_studio.pages(*m_dead));
        m_dead_window->side_bar()->set_environment(m_dead->sign_in.environment);
        m_dead_window->status_line()->set_connection(ui::ConnectionMonitor::State::Lost, {});
        m_dead_window->show();
        m_subject = m_dead_window.get();
        m_studio.say_lost(*m_dead_window);
    });
    add_page("companions-error", QStringLiteral("companions"));
    add_page("people-error", QStringLiteral("people"));
    add_page("editor-error", QStringLiteral("editor"), QStringLiteral("claire"));
    add_page("library-error", QStringLiteral("library"));
    add_page("bookings-error", QStringLiteral("bookings"));
    act([this] {
        m_subject = &m_studio.window();
        m_dead_window.reset();
        m_dead.reset();
    });
}

void ScreenshotTour::plan_role(const QString &login, const char *name, int rest_ms) {
    picture(
        name, [this, login] { m_studio.sign_in_locally(login); }, rest_ms);
    m_steps.back().settled = [this, login] {
        const auto *connection = m_studio.connection();
        return connection != nullptr && connection->sign_in.local_login == login && page_settled();
    };
}

} // namespace studio::app
