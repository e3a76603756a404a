// SPDX-License-Identifier: Apache-2.0
#include "tests/support/radosgw.h"

#include "app/workspace/ports.h"
#include "app/workspace/process.h"
#include "tests/support/eventually.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <pwd.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <vector>

namespace studio::test_support {

namespace fs = std::filesystem;

namespace {

using Words = std::vector<std::string>;

constexpr const char *cluster_id = "11111111-2222-3333-4444-555555555555";
constexpr const char *osd_id = "21111111-2222-3333-4444-555555555555";
constexpr std::chrono::minutes patience{3};

// Prefixes a command line so that it runs as the user "ceph" if this program runs as root.
Words as_server_user(Words words, bool ends_with_us) {
    Words all{"setpriv"};
    if (app::running_as_root()) {
        all.insert(all.end(), {"--reuid", "ceph", "--regid", "ceph", "--clear-groups"});
    }
    if (ends_with_us) {
        all.insert(all.end(), {"--pdeathsig", "KILL"});
    }
    all.emplace_back("--");
    all.insert(all.end(), words.begin(), words.end());
    return all;
}

fs::path make_directory() {
    std::string pattern = "/tmp/studio-radosgw-XXXXXX";
    if (!mkdtemp(pattern.data())) {
        throw std::system_error(errno, std::generic_category(), pattern);
    }
    const passwd *user = app::running_as_root() ? getpwnam("ceph") : nullptr;
    if (app::running_as_root() && (!user || lchown(pattern.c_str(), user->pw_uid, user->pw_gid) != 0)) {
        throw std::runtime_error(
            "no user ceph: install the packages radosgw, ceph-mon, ceph-osd, ceph-common");
    }
    return pattern;
}

std::string text_of(const fs::path &file) {
    std::ifstream stream(file);
    std::stringstream text;
    text << stream.rdbuf();
    return text.str();
}

bool answers(int port) {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<in_port_t>(port));
    const bool connected = ::connect(descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
    ::close(descriptor);
    return connected;
}

// A program in the foreground that ends with this one.
class Daemon final {
public:
    Daemon(const Words &words, const fs::path &log) {
        Words all = as_server_user(words, true);
        std::vector<char *> pointers;
        for (std::string &word : all) {
            pointers.push_back(word.data());
        }
        pointers.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_APPEND,
                                         0644);
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
        const int failure =
            posix_spawnp(&m_process, pointers.front(), &actions, nullptr, pointers.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        if (failure != 0) {
            throw std::system_error(failure, std::generic_category(), words.front());
        }
    }
    ~Daemon() {
        if (has_ended()) {
            return;
        }
        kill(m_process, SIGTERM);
        if (!eventually([this] { return has_ended(); }, std::chrono::seconds(20))) {
            kill(m_process, SIGKILL);
            waitpid(m_process, nullptr, 0);
        }
    }
    Daemon(const Daemon &) = delete;
    Daemon &operator=(const Daemon &) = delete;

    bool has_ended() {
        if (!m_ended) {
            m_ended = waitpid(m_process, nullptr, WNOHANG) != 0;
        }
        return m_ended;
    }
    void signal(int number) const { kill(m_process, number); }

private:
    pid_t m_process = -1;
    bool m_ended = false;
};

} // namespace

struct Radosgw::Impl {
    fs::path directory = make_directory();
    int monitor_port = app::free_port(), port = app::free_port();
    std::unique_ptr<Daemon> monitor, osd, gateway;
    Keys keys{"AKIDTEST0000000001", "s3cr3tKeyForTesting0123456789abcdefABCD"};
    Keys other_keys{"AKIDTEST0000000002", "an0th3rS3cretForTesting0123456789abcdef"};

    ~Impl() {
        gateway.reset();
        osd.reset();
        monitor.reset();
        std::error_code ignored;
        fs::remove_all(directory, ignored);
    }

    std::string path(const std::string &name) const { return (directory / name).string(); }
    std::string configuration() const { return path("ceph.conf"); }

    std::string run(const Words &words) const {
        const auto result = app::run_process(as_server_user(words, false), directory.string());
        if (result.exit_code != 0) {
            throw std::runtime_error(words.front() + " failed: " + result.output);
        }
        return result.output;
    }

    void write_configuration() const {
        for (const char *folder : {"mon", "osd", "run", "log", "rgw"}) {
            run({"mkdir", path(folder)});
        }
        std::ofstream(configuration()) << fmt::format(
            "[global]\nfsid = {}\nmon host = v2:127.0.0.1:{}\n"
            "public addr = 127.0.0.1\ncluster addr = 127.0.0.1\nms bind ipv6 = false\n"
            "auth allow insecure global id reclaim = false\nrgw enable gc threads = false\n"
            "rgw enable quota threads = false\nosd pool default size = 1\nosd pool default min size = 1\n"
            "osd pool default pg num = 1\nosd pool default pgp num = 1\nosd pool default pg autoscale mode = "
            "off\n"
            "mon allow pool size one = true\nosd crush chooseleaf type = 0\nosd objectstore = memstore\n"
            "memstore device bytes = 2147483648\nosd max object name len = 1024\nmon max pg per osd = 1000\n"
            "admin socket = {}/run/$name.asok\nrun dir = {}/run\nlog file = {}/log/$name.log\n"
            "pid file = {}/run/$name.pid\nkeyring = {}/keyring\nmon data = {}/mon\nosd data = {}/osd\n"
            "rgw data = {}/rgw\nrgw dns name = s3.localhost\nrgw enable usage log = false\n[mon.a]\n",
            cluster_id, monitor_port, directory.string(), directory.string(), directory.string(),
            directory.string(), directory.string(), directory.string(), directory.string(),
            directory.string());
    }

    void make_keyring() const {
        const std::string keyring = path("keyring");
        run({"ceph-authtool", "--create-keyring", keyring, "--gen-key", "-n", "mon.", "--cap", "mon",
             "allow *"});
        run({"ceph-authtool", keyring, "--gen-key", "-n", "client.admin", "--cap", "mon", "allow *", "--cap",
             "osd", "allow *"});
        run({"monmaptool", "--create", "--fsid", cluster_id, "--addv", "a",
             fmt::format("[v2:127.0.0.1:{}]", monitor_port), path("monmap")});
    }

    std::string ceph(Words words) const {
        words.insert(words.begin(), {"ceph", "-c", configuration(), "--connect-timeout", "60"});
        return run(words);
    }

    void add_to_keyring(const std::string &name, const Words &capabilities) const {
        Words words{"auth", "get-or-create", name, "-o", path("new-key")};
        words.insert(words.end(), capabilities.begin(), capabilities.end());
        ceph(words);
        run({"ceph-authtool", path("keyring"), "--import-keyring", path("new-key")});
    }

    void start_cluster() {
        run({"ceph-mon", "-c", configuration(), "--mkfs", "-i", "a", "--monmap", path("monmap"), "--keyring",
             path("keyring")});
        monitor = std::make_unique<Daemon>(Words{"ceph-mon", "-f", "-c", configuration(), "-i", "a"},
                                           directory / "log/mon.out");
        ceph({"osd", "new", osd_id});
        add_to_keyring("osd.0", {"mon", "allow profile osd", "mgr", "allow profile osd", "osd", "allow *"});
        add_to_keyring("client.rgw", {"mon", "allow rwx", "osd", "allow *"});
        run({"ceph-osd", "-c", configuration(), "-i", "0", "--mkfs", "--osd-uuid", osd_id});
        osd = std::make_unique<Daemon>(Words{"ceph-osd", "-f", "-c", configuration(), "-i", "0"},
                                       directory / "log/osd.out");
    }

    void add_user(const std::string &id, const Keys &of) const {
        run({"radosgw-admin", "-c", configuration(), "user", "create", "--uid", id, "--display-name", id,
             "--access-key", of.key, "--secret-key", of.secret});
    }

    void start_gateway() {
        gateway = std::make_unique<Daemon>(Words{"radosgw", "-f", "-c", configuration(), "-n", "client.rgw",
                                                 "--rgw-frontends",
                                                 fmt::format("beast endpoint=127.0.0.1:{}", port)},
                                           directory / "log/gateway.out");
        const bool listens = eventually([&] { return gateway->has_ended() || answers(port); }, patience);
        if (!listens || gateway->has_ended()) {
            throw std::runtime_error("radosgw did not start: " + text_of(directory / "log/gateway.out"));
        }
    }
};

Radosgw::Radosgw() : m_impl(std::make_unique<Impl>()) {
    m_impl->write_configuration();
    m_impl->make_keyring();
    m_impl->start_cluster();
    m_impl->add_user("tenant", m_impl->keys);
    m_impl->add_user("stranger", m_impl->other_keys);
    m_impl->start_gateway();
}

Radosgw::~Radosgw() = default;

Radosgw &Radosgw::instance() {
    static Radosgw server;
    return server;
}

std::string Radosgw::endpoint() const {
    return fmt::format("http://127.0.0.1:{}", m_impl->port);
}

std::string Radosgw::named_endpoint() const {
    return fmt::format("http://s3.localhost:{}", m_impl->port);
}

int Radosgw::port() const {
    return m_impl->port;
}

Radosgw::Keys Radosgw::keys() const {
    return m_impl->keys;
}

Radosgw::Keys Radosgw::other_keys() const {
    return m_impl->other_keys;
}

void Radosgw::stop_gateway() {
    m_impl->gateway.reset();
}

void Radosgw::start_gateway() {
    m_impl->start_gateway();
}

void Radosgw::freeze_gateway() {
    m_impl->gateway->signal(SIGSTOP);
}

void Radosgw::thaw_gateway() {
    m_impl->gateway->signal(SIGCONT);
}

} // namespace studio::test_support
