// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace studio::tests {

using Variables = std::map<std::string, std::string>;

// The real companion-renderer as a process of its own, with no environment but what is given. Ends with this
// object, and with the test program whatever becomes of it.
class ServiceProcess final {
public:
    // Listens on free ports unless told otherwise.
    explicit ServiceProcess(Variables environment);
    ~ServiceProcess();
    ServiceProcess(const ServiceProcess &) = delete;
    ServiceProcess &operator=(const ServiceProcess &) = delete;

    std::uint16_t port() const { return m_port; }
    std::uint16_t metrics_port() const { return m_metrics_port; }
    pid_t pid() const { return m_pid; }
    void signal(int number) const;
    // The exit code; -1 where it does not end in time or died of a signal.
    int wait(std::chrono::milliseconds patience = std::chrono::seconds(15));
    bool wait_until_ready(std::chrono::milliseconds patience = std::chrono::seconds(20)) const;
    // Everything that it wrote so far, standard error included.
    std::string output() const;

private:
    void read_output(int descriptor);
    bool wait_for_listening();

    pid_t m_pid = -1;
    bool m_ended = false;
    std::uint16_t m_port = 0, m_metrics_port = 0;
    mutable std::mutex m_mutex;
    std::string m_output;
    std::thread m_reader;
};

// Runs it with an environment in which it cannot start.
struct FailedStart {
    int exit_code;
    std::string output;
};
FailedStart start_in_vain(const Variables &environment);

// Repeats until it holds; false where the time is out.
template <typename Condition>
bool eventually(Condition condition, std::chrono::milliseconds patience = std::chrono::seconds(10)) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < deadline) {
        if (condition())
            return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

} // namespace studio::tests
