// SPDX-License-Identifier: Apache-2.0
#include "tests/renderer/service_process.h"

#include "tests/renderer/raw_client.h"

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace studio::tests {

namespace {

std::uint16_t port_of(const std::string &address) {
    return static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
}

// Standard output and error go to `output`.
pid_t spawn(const Variables &environment, int output) {
    const std::string program = std::string(std::getenv("STUDIO_BIN_DIR")) + "/companion-renderer";
    std::vector<std::string> assignments;
    for (const auto &[name, value] : environment)
        assignments.push_back(name + "=" + value);
    std::vector<char *> pointers;
    for (std::string &assignment : assignments)
        pointers.push_back(assignment.data());
    pointers.push_back(nullptr);
    const pid_t parent = getpid();
    const pid_t child = fork();
    if (child != 0)
        return child;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(127);
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    char *arguments[] = {const_cast<char *>(program.c_str()), nullptr};
    execve(program.c_str(), arguments, pointers.data());
    _exit(127);
}

} // namespace

ServiceProcess::ServiceProcess(Variables environment) {
    environment.emplace("LISTEN_ADDRESS", "127.0.0.1:0");
    environment.emplace("METRICS_ADDRESS", "127.0.0.1:0");
    environment.emplace("SESSION_SECRET", "a secret of the tests only");
    environment.emplace("LIMIT_FACTOR", "10000"); // all of a test's visitors come from one address
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        throw std::runtime_error("pipe");
    m_pid = spawn(environment, ends[1]);
    ::close(ends[1]);
    m_reader = std::thread([this, descriptor = ends[0]] { read_output(descriptor); });
    if (!wait_for_listening()) {
        signal(SIGKILL);
        wait();
        m_reader.join();
        throw std::runtime_error("the service did not start: " + m_output);
    }
}

ServiceProcess::~ServiceProcess() {
    if (!m_ended) {
        signal(SIGKILL);
        wait();
    }
    if (m_reader.joinable())
        m_reader.join();
}

void ServiceProcess::read_output(int descriptor) {
    char buffer[4096];
    ssize_t count;
    while ((count = ::read(descriptor, buffer, sizeof buffer)) > 0) {
        const std::scoped_lock lock(m_mutex);
        m_output.append(buffer, static_cast<std::size_t>(count));
    }
    ::close(descriptor);
}

bool ServiceProcess::wait_for_listening() {
    return eventually(
        [this] {
            const std::string text = output();
            const auto found = text.find("\"event\":\"listening\"");
            const auto end = text.find('\n', found);
            if (found == std::string::npos || end == std::string::npos)
                return false;
            const auto begin = text.rfind('\n', found) + 1;
            const auto line = nlohmann::json::parse(text.substr(begin, end - begin));
            m_port = port_of(line.at("public"));
            m_metrics_port = port_of(line.at("metrics"));
            return true;
        },
        std::chrono::seconds(30));
}

void ServiceProcess::signal(int number) const {
    ::kill(m_pid, number);
}

int ServiceProcess::wait(std::chrono::milliseconds patience) {
    int status = 0;
    m_ended = eventually([&] { return ::waitpid(m_pid, &status, WNOHANG) == m_pid; }, patience);
    return m_ended && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool ServiceProcess::wait_until_ready(std::chrono::milliseconds patience) const {
    return eventually([this] { return fetch(m_port, "localhost", "/readyz").status == 200; }, patience);
}

std::string ServiceProcess::output() const {
    const std::scoped_lock lock(m_mutex);
    return m_output;
}

FailedStart start_in_vain(const Variables &environment) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        throw std::runtime_error("pipe");
    const pid_t child = spawn(environment, ends[1]);
    ::close(ends[1]);
    FailedStart result{-1, {}};
    char buffer[4096];
    ssize_t count;
    while ((count = ::read(ends[0], buffer, sizeof buffer)) > 0)
        result.output.append(buffer, static_cast<std::size_t>(count));
    ::close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFEXITED(status))
        result.exit_code = WEXITSTATUS(status);
    return result;
}

} // namespace studio::tests
