// SPDX-License-Identifier: Apache-2.0
#include "renderer/run.h"

#include "renderer/bookings/booking_connection_pool.h"
#include "renderer/internal_service.h"
#include "renderer/jobs/heartbeat.h"
#include "renderer/jobs/jobs.h"
#include "renderer/jobs/long_work_job.h"
#include "renderer/jobs/self_probe.h"
#include "renderer/pages/directory.h"
#include "renderer/pages/tenant_cache_updater.h"
#include "renderer/platform_domain_check.h"
#include "renderer/public_service.h"
#include "renderer/support/stop_deadline.h"
#include "renderer/visitors/visitor_upkeep.h"

#include <fmt/format.h>
#include <openssl/rand.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <future>
#include <system_error>

namespace studio::renderer {

namespace {

// The longest time from the signal to the end of the process, even if something hangs; in the first part of
// it requests in flight are finished.
constexpr std::chrono::milliseconds longest_stop{9000}, longest_drain{6000}, longest_last_beat{1000};
// How long the start waits for the database to confirm the platform's domain. After that the service starts,
// and the check continues.
constexpr std::chrono::milliseconds domain_patience{3000};

// The signals that end the service. Every thread starts with them blocked, so that only wait_for_stop()
// receives them.
sigset_t stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return signals;
}

int wait_for_stop() {
    const sigset_t signals = stop_signals();
    int signal = 0;
    sigwait(&signals, &signal);
    // A second signal ends the process at once.
    pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
    return signal;
}

void raise_descriptor_limit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

std::string written(const SocketAddress &address, std::uint16_t port) {
    const bool v6 = address.address.find(':') != std::string::npos;
    return fmt::format(fmt::runtime(v6 ? "[{}]:{}" : "{}:{}"), address.address, port);
}

std::string random_secret() {
    std::string secret(32, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char *>(secret.data()), static_cast<int>(secret.size())) != 1) {
        throw std::runtime_error("the operating system gave no random numbers");
    }
    return secret;
}

SiteContext make_context(const Configuration &configuration, std::uint16_t listening_port) {
    SiteContext context;
    context.platform_domain = configuration.platform_domain;
    context.link_domain = configuration.link_domain;
    context.scheme = configuration.public_scheme;
    const std::uint16_t usual = context.https() ? 443 : 80;
    const std::uint16_t port = configuration.public_port.value_or(
        configuration.platform_domain == "localhost" && !context.https() ? listening_port : usual);
    context.port_suffix = port == usual ? "" : fmt::format(":{}", port);
    context.settings.platform_origin = context.origin(context.platform_domain);
    if (!configuration.outgoing.smtp_url.empty()) { // the sender's mailbox is read
        context.settings.contact_email = configuration.outgoing.mail_from.address;
    }
    if (!configuration.media_base_url.empty()) {
        context.settings.media_base = configuration.media_base_url;
        context.fixed_media_base = true;
    }
    return context;
}

// The URL at which this process can reach itself.
std::string url_of_own(SocketAddress listen, std::uint16_t port) {
    if (listen.address == "0.0.0.0") {
        listen.address = "127.0.0.1";
    } else if (listen.address == "::") {
        listen.address = "::1";
    }
    return "http://" + written(listen, port);
}

http::ServerOptions options_for(const SocketAddress &address, std::size_t first_loop, std::size_t loops) {
    http::ServerOptions options;
    options.address = address.address;
    options.port = address.port;
    options.first_loop = first_loop;
    options.drain_time = longest_drain;
    options.loops = loops;
    return options;
}

void bind(http::Server &server, const char *variable, const SocketAddress &address) {
    try {
        server.bind();
    } catch (const std::system_error &error) {
        throw std::runtime_error(fmt::format("{}: cannot listen on {}: {}", variable,
                                             written(address, address.port), error.code().message()));
    }
}

EventFigures event_figures(const EventQueue &queue) {
    const EventQueue::Figures figures = queue.figures();
    EventFigures now;
    now.stored = figures.stored_events;
    now.unavailable = figures.unavailable_events;
    now.refused = figures.refused_events;
    now.waiting = figures.waiting_events;
    now.bounds.assign(transaction_bounds.begin(), transaction_bounds.end());
    now.transactions.assign(figures.transaction_sizes.begin(), figures.transaction_sizes.end());
    return now;
}

// The parts that record visits, connected with each other; destroyed in reverse order.
struct VisitorParts {
    VisitorParts(const Configuration &configuration, std::string_view secret, const SiteContext &context,
                 const Log &log)
        : resolver(secret, salts, countries(configuration)),
          upkeep(configuration.database_url, salts, bots, log),
          queue({.writers = configuration.event_writers}, recorders(configuration.database_url), log),
          agents(log), routes({context, log, resolver, agents, queue, configuration.database_url}) {}

    static CountryFinder countries(const Configuration &configuration) {
        if (configuration.geoip_database.empty()) {
            return {};
        }
        try {
            return CountryFinder(configuration.geoip_database);
        } catch (const std::exception &error) {
            throw ConfigurationError(fmt::format("GEOIP_DATABASE: \"{}\" cannot be used: {}",
                                                 configuration.geoip_database, error.what()));
        }
    }
    static std::function<EventQueue::Recorder()> recorders(const std::string &database_url) {
        return [database_url]() -> EventQueue::Recorder {
            return [session = std::make_shared<db::Session>(database_url)](const db::TrackedBatch &batch) {
                db::TrackingStore(*session).record(batch);
            };
        };
    }
    void add_to(Gauges &gauges) const {
        gauges.events = event_figures(queue);
        for (std::size_t i = 1; i < bot_class_count; ++i) {
            const auto bot = static_cast<BotClass>(i);
            gauges.bot_pages.emplace_back(to_string(bot), bots.total(bot));
        }
        gauges.known_user_agents = agents.size();
    }

    DaySalts salts;
    BotCounter bots;
    VisitorResolver resolver;
    VisitorUpkeep upkeep;
    EventQueue queue;
    UserAgentCache agents; // uses the queue and the bot counter
    VisitorRoutes routes;
};

Gauges gauges(const DirectoryHolder &holder, const TenantCacheUpdater &updater, const http::Server &server,
              const VisitorParts &visitors) {
    Gauges now;
    visitors.add_to(now);
    if (const auto directory = holder.current()) {
        now.ready = true;
        now.tenants_loaded = directory->by_id().size();
        for (const auto &[id, site] : directory->by_id()) {
            now.cached_pages += site->cached_pages();
            now.cached_bytes += site->cached_bytes();
        }
    }
    now.open_connections = server.open_connections();
    now.database_connected = updater.database_connected();
    now.tenant_reloads = updater.reloads();
    now.tenant_failures = updater.failures();
    return now;
}

// Sends this process SIGTERM, so that it ends as if it had been stopped from outside.
void end_this_process() {
    ::kill(::getpid(), SIGTERM);
}

void serve(const Configuration &configuration) {
    const Log log(configuration.log_level);
    std::unique_ptr<StopDeadline>
        deadline; // set at the signal; ends the process if what is declared below does not end in time
    const PlatformDomainCheck domain(configuration.database_url, configuration.platform_domain, log,
                                     end_this_process);
    if (const std::string problem = domain.problem(domain_patience); !problem.empty()) {
        throw ConfigurationError(problem);
    }
    const std::size_t loops = configuration.http_threads;
    Metrics metrics(loops + 1);
    http::ServerOptions options = options_for(configuration.listen, 0, loops);
    options.trusted_proxies = configuration.trusted_proxies;
    options.limits.country_field = configuration.country_header;
    http::Server server(std::move(options), metrics);
    bind(server, "LISTEN_ADDRESS", configuration.listen);
    std::unique_ptr<http::Server> metrics_server;
    if (configuration.metrics) {
        metrics_server =
            std::make_unique<http::Server>(options_for(*configuration.metrics, loops, 1), metrics);
        bind(*metrics_server, "METRICS_ADDRESS", *configuration.metrics);
    }

    const std::string secret =
        configuration.session_secret.empty() ? random_secret() : configuration.session_secret;
    const SiteContext context = make_context(configuration, server.port());
    if (configuration.session_secret.empty()) {
        log.warning(
            "session_secret_missing",
            {{"effect",
              "cookies, test variants and form tokens are lost at a restart and differ between replicas"}});
    }
    const bool user_agents_compiled = compiles_user_agent_rules();
    if (!user_agents_compiled) {
        log.warning("user_agents_interpreted", {{"effect", "an unknown user agent takes 25 times as long"}});
    }
    DirectoryHolder directory;
    CappedHours capped_hours;
    RequestLimits limits(configuration.limit_factor, capped_hours);
    BookingConnectionPool booking_sessions(configuration.database_url);
    BookingTimes times({context, log, booking_sessions, base::now});
    BookingService bookings(
        {context, log, secret, times,
         [&](const db::NewBooking &request) { return booking_sessions.add(request); },
         [&](const TenantSite &site) { return limits.wait_to_store_s(site.uuid(), base::now()); },
         [&](const TenantSite &site) { limits.was_not_stored(site.uuid(), base::now()); },
         [&](const db::TrackedSession &sender) { return booking_sessions.open_visit(sender); }, base::now});
    VisitorParts visitors(configuration, secret, context, log);
    LinkPages links({context, log, booking_sessions, base::now});
    PublicService service({context, directory, log, metrics, bookings, links, times, visitors.resolver,
                           visitors.agents, visitors.bots, visitors.routes, limits,
                           configuration.database_url, configuration.media_root, loops});
    const TenantCacheUpdater updater(configuration.database_url, context, directory, log);
    const LongWorkJob long_work(configuration.database_url, log);
    const Jobs jobs({configuration.database_url, configuration.platform_domain,
                     context.origin(context.link_domain), configuration.outgoing, capped_hours, log});
    const bool own_link_domain = context.link_domain != context.platform_domain;
    InternalService internal({metrics, directory, own_link_domain ? context.link_domain : "", log, [&] {
                                  Gauges now = gauges(directory, updater, server, visitors);
                                  now.outbox = jobs.status();
                                  now.user_agents_compiled = user_agents_compiled;
                                  now.thread_failures = log.thread_failures();
                                  return now;
                              }});

    server.start(service);
    auto heartbeat = std::make_unique<Heartbeat>(Heartbeat::Parts{
        configuration.database_url, SelfProbe(url_of_own(configuration.listen, server.port()) + "/readyz"),
        [&metrics] { return metrics.answered(); }, current_minute, log});
    Log::Fields listening{{"public", written(configuration.listen, server.port())},
                          {"origin", context.settings.platform_origin},
                          {"threads", loops}};
    if (metrics_server) {
        metrics_server->start(internal);
        listening["metrics"] = written(*configuration.metrics, metrics_server->port());
    }
    log.info("listening", std::move(listening));

    const int signal = wait_for_stop();
    log.info("draining", {{"signal", signal == SIGINT ? "SIGINT" : "SIGTERM"},
                          {"connections", server.open_connections()}});
    deadline = std::make_unique<StopDeadline>(log, longest_stop);
    // Reports the last minute while the service still answers. If the database hangs, the end does not wait
    // for it.
    const std::future<void> last_beat = std::async(std::launch::async, [&heartbeat] { heartbeat.reset(); });
    last_beat.wait_for(longest_last_beat);
    service.begin_draining();
    server.drain();
    if (metrics_server) {
        metrics_server->drain();
    }
    log.info("stopped");
    if (const std::string problem = domain.problem({}); !problem.empty()) {
        throw ConfigurationError(problem);
    }
}

} // namespace

int run(const Environment &environment) {
    const sigset_t signals = stop_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    raise_descriptor_limit();
    try {
        serve(read_configuration(environment));
        return 0;
    } catch (const ConfigurationError &error) {
        std::fprintf(stderr, "companion-renderer: %s\n", error.what());
        return 2;
    } catch (const std::exception &error) {
        std::fprintf(stderr, "companion-renderer: %s\n", error.what());
        return 1;
    }
}

} // namespace studio::renderer
