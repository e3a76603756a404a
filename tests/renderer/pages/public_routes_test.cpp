// SPDX-License-Identifier: Apache-2.0
// What visitors get from the real program, over real sockets, with a real database behind it.
#include "db/bookings/availability_store.h"
#include "db/stores/compliance_store.h"
#include "db/stores/revision_store.h"
#include "db/stores/share_link_store.h"
#include "tests/renderer/fixtures/service_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace studio::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

// One site and one service for all of these: none of them changes what is public.
class PublicRoutes : public testing::Test {
protected:
    static void SetUpTestSuite() {
        s_site = new LiveSite;
        s_site->set_domain("ada-example.com.au");
        s_service = new ServiceProcess(s_site->environment());
        ASSERT_TRUE(s_service->wait_until_ready()) << s_service->output();
    }
    static void TearDownTestSuite() {
        delete s_service;
        delete s_site;
    }
    static RawReply get(std::string_view host, std::string_view target, const FieldList &fields = {},
                        std::string_view method = "GET") {
        return fetch(s_service->port(), host, target, fields, method);
    }
    static RawReply ada(std::string_view target, const FieldList &fields = {},
                        std::string_view method = "GET") {
        return get("ada.localhost", target, fields, method);
    }

    static inline LiveSite *s_site = nullptr;
    static inline ServiceProcess *s_service = nullptr;
};

TEST_F(PublicRoutes, ShowATenantsPageAtHerName) {
    const RawReply reply = ada("/");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.field("content-type"), "text/html; charset=utf-8");
    EXPECT_THAT(reply.body, HasSubstr("Good company in Sydney"));
    EXPECT_THAT(reply.body, HasSubstr("ada-example.com.au")) << "her own domain is the canonical one";
}

TEST_F(PublicRoutes, TakeTheHostInEverySpelling) {
    for (const char *host : {"ada.localhost:8080", "ADA.LocalHost", "ada.localhost.", "ada-example.com.au",
                             "Ada-Example.com.au:443"}) {
        EXPECT_THAT(get(host, "/").body, HasSubstr("Good company in Sydney")) << host;
    }
}

TEST_F(PublicRoutes, KnowNobodyByAnyOtherHost) {
    for (const char *host : {"bea.localhost", "nobody.localhost", "ada.com.au", "ada.example.com",
                             "x.ada.localhost", "ada.localhost.example.com", "localhost.ada", "127.0.0.1",
                             "xada.localhost", "ada-localhost", "example-com.au"}) {
        const RawReply reply = get(host, "/");
        EXPECT_EQ(reply.status, 404) << host;
        EXPECT_EQ(reply.field("content-type"), "text/html; charset=utf-8") << host;
        EXPECT_THAT(reply.body, Not(HasSubstr("Good company in Sydney"))) << host;
        EXPECT_TRUE(reply.has("content-security-policy")) << host;
    }
}

TEST_F(PublicRoutes, SendFromWwwOfAnOwnDomainToTheDomain) {
    const RawReply reply = get("www.ada-example.com.au", "/book?from=card");
    EXPECT_EQ(reply.status, 308);
    EXPECT_THAT(reply.field("location"),
                testing::MatchesRegex("http://ada-example\\.com\\.au(:[0-9]+)?/book\\?from=card"));
    EXPECT_EQ(get("www.ada.localhost", "/").status, 404)
        << "of the platform's own names there is none with www";
}

TEST_F(PublicRoutes, TellTheProxyWhichOwnDomainsTheyKnow) {
    const auto status = [](const std::string &host) {
        return fetch(s_service->metrics_port(), "127.0.0.1", "/own-domain?domain=" + host).status;
    };
    EXPECT_EQ(status("ada-example.com.au"), 200);
    EXPECT_EQ(status("WWW.Ada-Example.com.au"), 200);
    for (const char *host :
         {"ada.localhost", "preview-ada.localhost", "localhost", "nobody.example", "", "%"}) {
        EXPECT_EQ(status(host), 404) << host;
    }
    EXPECT_EQ(ada("/own-domain?domain=ada-example.com.au").status, 404) << "visitors are not told";
}

TEST_F(PublicRoutes, ShowThePlatformWithItsActiveCompanions) {
    for (const char *host : {"localhost", "www.localhost", "LOCALHOST:8080"}) {
        const RawReply reply = get(host, "/");
        EXPECT_EQ(reply.status, 200) << host;
        EXPECT_THAT(reply.body, HasSubstr("Ada")) << host;
        EXPECT_THAT(reply.body, Not(HasSubstr("Bea"))) << "a preview is not shown";
    }
    EXPECT_EQ(get("localhost", "/book").status, 404);
}

TEST_F(PublicRoutes, HaveEveryPageOfATenant) {
    for (const char *path : {"/", "/privacy", "/book", "/book/sent"}) {
        const RawReply reply = ada(path);
        EXPECT_EQ(reply.status, 200) << path;
        EXPECT_THAT(reply.body, HasSubstr("<html")) << path;
    }
    EXPECT_EQ(ada("/book").field("cache-control"), "no-store");
    EXPECT_THAT(ada("/robots.txt").body, HasSubstr("Sitemap:"));
    const RawReply sitemap = ada("/sitemap.xml");
    EXPECT_THAT(sitemap.field("content-type"), HasSubstr("xml"));
    EXPECT_THAT(sitemap.body, HasSubstr("http://ada-example.com.au"));
    for (const char *path : {"/index.html", "/privacy/", "/api/", "/metrics", "/../", "/static/",
                             "/static/../healthz", "/static/nothing.js", "/media/", "//", "/wp-login.php"}) {
        EXPECT_EQ(ada(path).status, 404) << path;
    }
    const RawReply missing = ada("/nothing-here");
    EXPECT_EQ(missing.status, 404);
    EXPECT_THAT(missing.body, HasSubstr("<a class=\"btn\" href=\"/\">")) << "to her own home page";
    EXPECT_THAT(missing.body, Not(HasSubstr("layout-platform")));
    EXPECT_EQ(missing.field("x-robots-tag"), "noindex");
    EXPECT_EQ(missing.field("cache-control"), "no-store");
}

TEST_F(PublicRoutes, AnswerOtherMethodsWith405) {
    for (const char *method : {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"}) {
        const RawReply reply = ada("/", {}, method);
        EXPECT_EQ(reply.status, 405) << method;
        EXPECT_EQ(reply.field("allow"), "GET, HEAD") << method;
    }
}

TEST_F(PublicRoutes, SendHeadsThatKeepBrowsersSafe) {
    for (const char *path : {"/", "/privacy", "/book", "/nothing"}) {
        const RawReply reply = ada(path);
        EXPECT_THAT(reply.field("content-security-policy"), HasSubstr("frame-ancestors 'none'")) << path;
        EXPECT_THAT(reply.field("content-security-policy"), Not(HasSubstr("unsafe-inline"))) << path;
        EXPECT_EQ(reply.field("x-content-type-options"), "nosniff") << path;
        EXPECT_EQ(reply.field("referrer-policy"), "strict-origin-when-cross-origin") << path;
        EXPECT_THAT(reply.field("permissions-policy"), HasSubstr("camera=()")) << path;
        EXPECT_FALSE(reply.has("set-cookie")) << path;
        EXPECT_FALSE(reply.has("strict-transport-security")) << "this one is plain HTTP";
    }
}

TEST_F(PublicRoutes, LetBrowsersAskWhetherAPageChanged) {
    const RawReply first = ada("/");
    EXPECT_EQ(first.field("cache-control"), "public, max-age=0, must-revalidate");
    const RawReply again = ada("/", {{"If-None-Match", first.field("etag")}});
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(again.field("etag"), first.field("etag"));
    EXPECT_EQ(ada("/", {{"If-None-Match", "\"other\""}}).status, 200);
}

TEST_F(PublicRoutes, CompressPages) {
    const RawReply plain = ada("/"), gzip = ada("/", {{"Accept-Encoding", "gzip"}}),
                   brotli = ada("/", {{"Accept-Encoding", "gzip, deflate, br"}});
    EXPECT_FALSE(plain.has("content-encoding"));
    EXPECT_EQ(gzip.field("content-encoding"), "gzip");
    EXPECT_EQ(brotli.field("content-encoding"), "br");
    EXPECT_LT(gzip.body.size(), plain.body.size());
    EXPECT_LE(brotli.body.size(), gzip.body.size());
    for (const RawReply *reply : {&plain, &gzip, &brotli}) {
        EXPECT_EQ(reply->field("vary"), "Accept-Encoding");
    }
}

TEST_F(PublicRoutes, AnswerHeadWithoutABody) {
    for (const char *path :
         {"/", "/privacy", "/book", "/robots.txt", "/healthz", "/nothing", "/media/ada/hero.jpg"}) {
        RawClient client(s_service->port());
        client.send(request_text("HEAD", path, "ada.localhost") +
                    request_text("GET", "/healthz", "ada.localhost"));
        const auto head = client.receive(std::chrono::seconds(5), true);
        ASSERT_TRUE(head) << path;
        EXPECT_EQ(head->field("content-length"), ada(path).field("content-length")) << path;
        EXPECT_EQ(client.receive().value().body, "ok\n") << path << ": no stray body before the next reply";
    }
}

TEST_F(PublicRoutes, ServeStaticFilesForEver) {
    const std::string page = ada("/").body;
    const auto begin = page.find("/static/");
    ASSERT_NE(begin, std::string::npos);
    const std::string path = page.substr(begin, page.find_first_of("\"' )", begin) - begin);
    for (const char *host : {"ada.localhost", "localhost", "nobody.localhost"}) {
        const RawReply reply = get(host, path);
        EXPECT_EQ(reply.status, 200) << host << path;
        EXPECT_THAT(reply.field("cache-control"), HasSubstr("immutable"));
    }
}

TEST_F(PublicRoutes, ServeMediaInPartsAndToSharedCachesForSeconds) {
    const RawReply whole = ada("/media/ada/hero.jpg");
    EXPECT_EQ(whole.status, 200);
    EXPECT_EQ(whole.body.size(), 100'000u);
    EXPECT_EQ(whole.field("content-type"), "image/jpeg");
    EXPECT_EQ(whole.field("cache-control"), "public, max-age=86400, s-maxage=5");
    const RawReply part = ada("/media/ada/hero.jpg", {{"Range", "bytes=99990-"}});
    EXPECT_EQ(part.status, 206);
    EXPECT_EQ(part.field("content-range"), "bytes 99990-99999/100000");
    EXPECT_EQ(part.body.size(), 10u);
    EXPECT_EQ(ada("/media/ada/hero.jpg", {{"Range", "bytes=100000-"}}).status, 416);
    const RawReply unchanged = ada("/media/ada/hero.jpg", {{"If-None-Match", whole.field("etag")}});
    EXPECT_EQ(unchanged.status, 304);
    EXPECT_EQ(unchanged.field("cache-control"), whole.field("cache-control"));
    EXPECT_EQ(get("nobody.localhost", "/media/ada/hero.jpg").status, 404);
}

TEST_F(PublicRoutes, LetNoPathOutOfTheMediaFolder) {
    const std::string outside = s_site->media().filename().string() + "-outside.jpg";
    std::filesystem::create_symlink("/etc/passwd", s_site->media() / "ada/link.jpg");
    std::ofstream(s_site->media() / "ada/.hidden.jpg") << "hidden";
    for (const std::string &path :
         {"/media/../" + outside, "/media/%2e%2e/" + outside, "/media/..%2f" + outside,
          "/media/ada/../../" + outside, std::string("/media/ada/link.jpg"),
          std::string("/media/ada/.hidden.jpg"), std::string("/media/ada"), std::string("/media/ada/"),
          std::string("/media//etc/passwd"), std::string("/media/%2fetc%2fpasswd"),
          std::string("/media/ada/hero.jpg%00.png"), std::string("/media/....//....//etc/passwd")}) {
        EXPECT_EQ(ada(path).status, 404) << path;
    }
}

TEST_F(PublicRoutes, IgnoreForwardedFieldsOfStrangers) {
    EXPECT_EQ(ada("/", {{"X-Forwarded-Proto", "http"}, {"X-Forwarded-For", "10.0.0.1"}}).status, 200);
}

TEST_F(PublicRoutes, TellTheirHealthUnderAnyHost) {
    EXPECT_EQ(get("10.1.2.3:8080", "/healthz").body, "ok\n");
    EXPECT_EQ(get("10.1.2.3:8080", "/readyz").body, "ready\n");
}

TEST_F(PublicRoutes, AreCountedWithoutANameOrAnAddress) {
    ada("/?utm_source=secret-query");
    ada("/");
    const RawReply metrics = fetch(s_service->metrics_port(), "x", "/metrics");
    EXPECT_EQ(metrics.status, 200);
    EXPECT_THAT(metrics.body, HasSubstr("companion_requests_total{route=\"page\",status=\"200\"}"));
    EXPECT_THAT(metrics.body, HasSubstr("companion_tenants_loaded 1\n"));
    EXPECT_THAT(metrics.body, HasSubstr("companion_database_connected 1\n"));
    EXPECT_THAT(metrics.body, HasSubstr("companion_ready 1\n"));
    EXPECT_THAT(metrics.body, HasSubstr("process_resident_memory_bytes"));
    for (const char *secret : {"127.0.0.1", "secret-query", "localhost"}) {
        EXPECT_THAT(metrics.body, Not(HasSubstr(secret)));
    }
    EXPECT_THAT(s_service->output(), Not(HasSubstr("secret-query")));
    EXPECT_EQ(fetch(s_service->metrics_port(), "x", "/").status, 404);
}

class Drafts : public PublicRoutes {
protected:
    static std::string new_token() {
        return db::ShareLinkStore(s_site->operator_session())
            .create(s_site->database().other_tenant_id(), std::chrono::hours(1))
            .token;
    }
};

TEST_F(Drafts, AreClosedWithoutAShareLink) {
    for (const char *host : {"preview-bea.localhost", "preview-ada.localhost", "preview-nobody.localhost"}) {
        const RawReply reply = get(host, "/");
        EXPECT_EQ(reply.status, 403) << host;
        EXPECT_THAT(reply.field("x-robots-tag"), HasSubstr("noindex"));
        EXPECT_THAT(reply.body, Not(HasSubstr("Good company in Sydney")));
    }
    EXPECT_EQ(get("preview-bea.localhost", "/?share=nonsense").status, 403);
    EXPECT_EQ(get("preview-bea.localhost", "/?share=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa").status, 403);
    for (const char *host : {"preview-bea.localhost", "preview-ada.localhost", "preview-nobody.localhost"}) {
        EXPECT_EQ(get(host, "/robots.txt").status, 404) << host << ": nothing tells who is there";
    }
}

TEST_F(Drafts, OpenByAShareLinkThatLeavesTheAddressAtOnce) {
    const RawReply entry = get("preview-bea.localhost", "/privacy?share=" + new_token());
    EXPECT_EQ(entry.status, 303);
    EXPECT_THAT(entry.field("location"), testing::EndsWith("/privacy"));
    const std::string cookie = entry.field("set-cookie");
    EXPECT_THAT(cookie, HasSubstr("HttpOnly"));
    EXPECT_THAT(cookie, HasSubstr("SameSite=Lax"));
    const RawReply page =
        get("preview-bea.localhost", "/", {{"Cookie", "a=b; " + cookie.substr(0, cookie.find(';'))}});
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.body, HasSubstr("Good company in Sydney"));
    EXPECT_THAT(page.field("x-robots-tag"), HasSubstr("noindex"));
    EXPECT_EQ(page.field("cache-control"), "no-store");
}

TEST_F(Drafts, ShowHoursAndToursAsThePublishedPageDoes) {
    db::AvailabilityStore store(s_site->operator_session());
    const models::TenantId bea = s_site->database().other_tenant_id();
    ASSERT_TRUE(store.save(
        bea,
        {{{"weekly", {{"monday", {{{"from", "10:00"}, {"to", "18:00"}}}}}}}, models::Json::object(), 0}));
    const std::string tour = store.add_tour(bea, {{"city", "Melbourne"},
                                                  {"timezone", "Australia/Melbourne"},
                                                  {"firstDay", "2031-03-03"},
                                                  {"lastDay", "2031-03-07"}});
    const std::string token =
        db::ShareLinkStore(s_site->operator_session()).create(bea, std::chrono::hours(1)).token;
    const std::string page = get("preview-bea.localhost", "/", {{"Cookie", "studio_share=" + token}}).body;
    EXPECT_THAT(page, HasSubstr("Monday 10:00–18:00"));
    EXPECT_THAT(page, HasSubstr("Melbourne, 3–7 March 2031"));
    store.remove_tour(bea, tour);
    ASSERT_TRUE(store.save(bea, {nullptr, models::Json::object(), 1}));
}

TEST_F(Drafts, OpenOnlyTheirOwnTenant) {
    EXPECT_EQ(get("preview-ada.localhost", "/?share=" + new_token()).status, 403);
}

TEST_F(Drafts, SendNobodyToAnotherSite) {
    const RawReply entry = get("preview-bea.localhost", "//evil.example/?share=" + new_token());
    EXPECT_THAT(entry.field("location"),
                testing::AnyOf("", testing::StartsWith("http://preview-bea.localhost")));
}

TEST_F(Drafts, CloseWhenTheLinkIsRevoked) {
    db::ShareLinkStore links(s_site->operator_session());
    const db::ShareLink link = links.create(s_site->database().other_tenant_id(), std::chrono::hours(1));
    const FieldList cookie{{"Cookie", "studio_share=" + link.token}};
    EXPECT_EQ(get("preview-bea.localhost", "/", cookie).status, 200);
    links.revoke(link.id);
    EXPECT_EQ(get("preview-bea.localhost", "/", cookie).status, 403);
}

TEST(ServiceBehindAProxy, SendsVisitorsToHttps) {
    LiveSite site;
    site.force("UPDATE platform_settings SET value = 'example.test' WHERE name = 'platform_domain'");
    Variables environment = site.environment();
    environment["PLATFORM_DOMAIN"] = "example.test";
    environment["TRUSTED_PROXIES"] = "127.0.0.1";
    ServiceProcess service(environment);
    ASSERT_TRUE(service.wait_until_ready());
    const RawReply plain =
        fetch(service.port(), "ada.example.test", "/privacy?x=1", {{"X-Forwarded-Proto", "http"}});
    EXPECT_EQ(plain.status, 308);
    EXPECT_EQ(plain.field("location"), "https://ada.example.test/privacy?x=1");
    const RawReply encrypted =
        fetch(service.port(), "ada.example.test", "/", {{"X-Forwarded-Proto", "https"}});
    EXPECT_EQ(encrypted.status, 200);
    EXPECT_THAT(encrypted.field("strict-transport-security"), HasSubstr("max-age="));
    EXPECT_THAT(encrypted.body, HasSubstr("https://ada.example.test"));
    EXPECT_EQ(fetch(service.port(), "10.0.0.1", "/healthz", {{"X-Forwarded-Proto", "http"}}).status, 200);
}

TEST(ServiceOfAnotherDomain, RefusesToStart) {
    LiveSite site;
    Variables environment = site.environment();
    environment["PLATFORM_DOMAIN"] = "example.test";
    const FailedStart start = start_in_vain(environment);
    EXPECT_EQ(start.exit_code, 2);
    EXPECT_THAT(
        start.output,
        HasSubstr(
            "PLATFORM_DOMAIN: is example.test, but the platform of this database is companionconnect.app"));
}

TEST(ServiceBehindAProxy, AnswersScriptsWithTheFieldsOfEveryAnswer) {
    LiveSite site;
    site.force("UPDATE platform_settings SET value = 'example.test' WHERE name = 'platform_domain'");
    Variables environment = site.environment();
    environment["PLATFORM_DOMAIN"] = "example.test";
    environment["TRUSTED_PROXIES"] = "127.0.0.1";
    ServiceProcess service(environment);
    ASSERT_TRUE(service.wait_until_ready());
    const auto check = [](const RawReply &reply, const std::string &what) {
        EXPECT_EQ(reply.field("content-type"), "application/json") << what;
        EXPECT_EQ(reply.field("cache-control"), "no-store") << what;
        EXPECT_THAT(reply.field("strict-transport-security"), HasSubstr("max-age=")) << what;
        EXPECT_EQ(reply.field("x-content-type-options"), "nosniff") << what;
        EXPECT_EQ(reply.field("referrer-policy"), "strict-origin-when-cross-origin") << what;
        EXPECT_EQ(reply.field("cross-origin-resource-policy"), "same-origin") << what;
        EXPECT_TRUE(reply.has("permissions-policy")) << what;
    };
    for (const char *path : {"/api/form-token", "/privacy/held"}) {
        check(fetch(service.port(), "ada.example.test", path, {{"X-Forwarded-Proto", "https"}}), path);
    }
    for (const char *path : {"/api/events", "/api/consent", "/bookings"}) {
        RawClient client(service.port());
        client.send(request_text("POST", path, "ada.example.test",
                                 {{"X-Forwarded-Proto", "https"},
                                  {"Content-Type", "application/json"},
                                  {"Content-Length", "2"}}) +
                    "{}");
        check(client.receive().value(), path);
    }
}

// Every place in which a visitor could meet the hero photo of ada, and a size of it.
class WithdrawnPhoto : public testing::Test {
protected:
    WithdrawnPhoto() {
        std::filesystem::create_directories(m_site.media() / "ada");
        for (const char *name : {"share-12345678-1920.jpg", "share-12345678-480.webp"}) {
            std::ofstream(m_site.media() / "ada" / name) << "a picture";
        }
        compliance().record_release(tenant(), share);
        db::RevisionStore revisions(m_site.operator_session());
        models::Revision latest = revisions.latest(tenant()).value();
        latest.documents.content["seo"] = {{"ogImage", "/media/ada/share-12345678-480.webp"}};
        latest.documents.photos["gallery"].push_back({{"id", "share"}, {"url", share}, {"alt", "A beach"}});
        latest.documents.photos["testimonials"] = models::Json::array({{{"id", "t"}, {"photo", share}}});
        const auto saved = revisions.save(tenant(), latest.summary.number, latest.documents, "",
                                          "7e570000-0000-4000-8000-000000000009");
        revisions.publish(tenant(), saved.number);
        m_token = db::ShareLinkStore(m_site.operator_session()).create(tenant(), std::chrono::hours(1)).token;
        m_service = std::make_unique<ServiceProcess>(m_site.environment());
    }
    void SetUp() override { ASSERT_TRUE(m_service->wait_until_ready()) << m_service->output(); }
    models::TenantId tenant() const { return m_site.database().tenant_id(); }
    db::ComplianceStore compliance() { return db::ComplianceStore(m_site.operator_session()); }
    RawReply get(std::string_view host, std::string_view target, const FieldList &fields = {}) const {
        return fetch(m_service->port(), host, target, fields);
    }
    std::string draft() const {
        const std::string cookie = get("preview-ada.localhost", "/?share=" + m_token).field("set-cookie");
        return get("preview-ada.localhost", "/", {{"Cookie", cookie.substr(0, cookie.find(';'))}}).body;
    }
    bool shows(const std::string &name) const {
        return (get("ada.localhost", "/").body + get("localhost", "/").body + draft()).find(name) !=
               std::string::npos;
    }

    static constexpr const char *share = "/media/ada/share-12345678-1920.jpg";
    LiveSite m_site;
    std::string m_token;
    std::unique_ptr<ServiceProcess> m_service;
};

TEST_F(WithdrawnPhoto, IsGoneFromPageSharePictureDraftAndItsAddressWithinTenSeconds) {
    EXPECT_THAT(get("ada.localhost", "/").body, HasSubstr("share-12345678"));
    EXPECT_THAT(draft(), HasSubstr("share-12345678"));
    const RawReply kept = get("ada.localhost", share);
    EXPECT_EQ(kept.status, 200);
    compliance().withdraw_release(tenant(), share);
    const auto gone = [&] {
        return !shows("share-12345678") && get("ada.localhost", share).status == 404 &&
               get("localhost", "/media/ada/share-12345678-480.webp").status == 404;
    };
    EXPECT_TRUE(eventually(gone, std::chrono::seconds(10)));
    EXPECT_EQ(get("ada.localhost", share, {{"If-None-Match", kept.field("etag")}}).status, 404)
        << "a shared cache that asks again loses its copy";
    EXPECT_EQ(get("ada.localhost", "/media/ada/hero.jpg").status, 200) << "others stay";
    compliance().record_release(tenant(), share);
    EXPECT_TRUE(eventually(
        [&] { return get("ada.localhost", "/").body.find("share-12345678") != std::string::npos; }));
    EXPECT_EQ(get("ada.localhost", share).status, 200);
}

// Neither the tenants nor their versions can be read: what is shown is made from what was read before.
TEST_F(WithdrawnPhoto, IsGoneWithinTenSecondsAlsoWhereTheNewPageCannotBeMade) {
    ASSERT_THAT(get("ada.localhost", "/").body, HasSubstr("/media/ada/hero.jpg"));
    ASSERT_THAT(get("localhost", "/").body, HasSubstr("/media/ada/hero.jpg"));
    m_site.force("REVOKE SELECT ON public_tenants FROM studio_renderer");
    compliance().withdraw_release(tenant(), share);
    EXPECT_TRUE(eventually([&] { return get("ada.localhost", "/").body.find(share) == std::string::npos; },
                           std::chrono::seconds(10)));
    m_site.force("REVOKE SELECT ON public_versions FROM studio_renderer");
    compliance().withdraw_release(tenant(), "/media/ada/hero.jpg");
    const auto gone = [&] {
        return (get("ada.localhost", "/").body + get("localhost", "/").body).find("/media/ada/hero.jpg") ==
               std::string::npos;
    };
    EXPECT_TRUE(eventually(gone, std::chrono::seconds(10)));
    EXPECT_EQ(get("ada.localhost", "/").status, 200) << "the rest of the page stays";
    EXPECT_THAT(get("ada.localhost", "/").body, HasSubstr("Good company in Sydney"));
    EXPECT_EQ(get("localhost", "/").status, 200);
    m_site.force("GRANT SELECT ON public_tenants, public_versions TO studio_renderer");
    compliance().record_release(tenant(), share);
    EXPECT_TRUE(eventually([&] { return get("ada.localhost", "/").body.find(share) != std::string::npos; }));
}

TEST_F(WithdrawnPhoto, EndsTheTestThatShowsItToVisitors) {
    m_site.force(
        "INSERT INTO ab_tests (id, tenant_id, name, element_type, variants, status) VALUES "
        "('7e570000-0000-4000-8000-000000000001', '" +
        tenant().text() +
        "', 'Photos', 'hero_photo', "
        "'[{\"id\": \"a\", \"name\": \"\", \"weight\": 0.5, \"config\": {}}, {\"id\": \"b\", \"name\": \"\", "
        "\"weight\": 0.5, \"config\": {\"photo\": \"/media/ada/share-12345678-1920.jpg\"}}]', 'active')");
    m_site.publish_tagline("With a test"); // which makes the service read the tenant again
    const auto names_test = [&] {
        return get("ada.localhost", "/").body.find("7e570000-0000-4000-8000-000000000001") !=
               std::string::npos;
    };
    ASSERT_TRUE(eventually(names_test));
    EXPECT_EQ(get("ada.localhost", "/").field("cache-control"), "private, no-cache")
        << "variants are no shared cache's";
    compliance().withdraw_release(tenant(), share);
    EXPECT_TRUE(
        eventually([&] { return !names_test() && !shows("share-12345678"); }, std::chrono::seconds(10)));
}

} // namespace
} // namespace studio::tests
