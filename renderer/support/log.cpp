// SPDX-License-Identifier: Apache-2.0
#include "renderer/support/log.h"

#include <fmt/chrono.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <chrono>

namespace studio::renderer {

namespace {

constexpr std::string_view level_names[] = {"debug", "info", "warning", "error"};

std::string utc_now() {
    const auto now =
        std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
    const auto milliseconds = now.time_since_epoch().count() % 1000;
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(now)),
                       milliseconds);
}

} // namespace

Log::Log(Level least)
    : m_least(least), m_logger(std::make_shared<spdlog::logger>(
                          "renderer", std::make_shared<spdlog::sinks::stdout_sink_mt>())) {
    m_logger->set_pattern("%v");
    m_logger->set_level(spdlog::level::trace);
    m_logger->flush_on(spdlog::level::trace);
}

void Log::write(Level level, std::string_view event, const Fields &fields) const {
    if (level < m_least) {
        return;
    }
    Fields line;
    line["time"] = utc_now();
    line["level"] = level_names[static_cast<int>(level)];
    line["event"] = event;
    line.update(fields);
    // Invalid UTF-8 from outside is replaced, so that the line is always valid JSON.
    m_logger->log(spdlog::level::info, line.dump(-1, ' ', false, Fields::error_handler_t::replace));
}

void Log::thread_failed(std::string_view thread, std::string_view reason) const {
    m_thread_failures.fetch_add(1, std::memory_order_relaxed);
    error("thread_failed", {{"thread", thread}, {"reason", reason}});
}

void Log::info(std::string_view event, const Fields &fields) const {
    write(Level::Info, event, fields);
}
void Log::warning(std::string_view event, const Fields &fields) const {
    write(Level::Warning, event, fields);
}
void Log::error(std::string_view event, const Fields &fields) const {
    write(Level::Error, event, fields);
}

} // namespace studio::renderer
