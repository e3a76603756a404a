// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string_view>

namespace spdlog {
class logger;
}

namespace studio::renderer {

// One line of JSON for each event, on standard output. No field may tell who a visitor is: no address, no
// user agent, no query, no cookie.
class Log final {
public:
    enum class Level { Debug, Info, Warning, Error };
    using Fields = nlohmann::ordered_json;

    explicit Log(Level least);
    void info(std::string_view event, const Fields &fields = Fields::object()) const;
    void warning(std::string_view event, const Fields &fields = Fields::object()) const;
    void error(std::string_view event, const Fields &fields = Fields::object()) const;
    // Logs an exception that reached the top of a thread, which goes on; the metrics count these.
    void thread_failed(std::string_view thread, std::string_view reason) const;
    std::uint64_t thread_failures() const { return m_thread_failures.load(std::memory_order_relaxed); }
    bool writes_debug() const { return m_least == Level::Debug; }

private:
    void write(Level level, std::string_view event, const Fields &fields) const;

    Level m_least;
    std::shared_ptr<spdlog::logger> m_logger;
    mutable std::atomic<std::uint64_t> m_thread_failures{0};
};

} // namespace studio::renderer
