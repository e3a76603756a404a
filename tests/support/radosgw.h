// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>

namespace studio::test_support {

// A real S3 server: Ceph's gateway with a monitor and one store in memory, on free ports of loopback, as an
// unprivileged user. It ends with the test program, however that one ends.
class Radosgw final {
public:
    struct Keys {
        std::string key, secret;
    };

    // One for the whole program; started on first use, from the main thread. Throws where it does not start.
    static Radosgw &instance();
    ~Radosgw();
    Radosgw(const Radosgw &) = delete;
    Radosgw &operator=(const Radosgw &) = delete;

    std::string endpoint() const;       // "http://127.0.0.1:PORT", for path style
    std::string named_endpoint() const; // "http://s3.localhost:PORT", for virtual-host style
    int port() const;
    Keys keys() const;       // of the user who owns the tests' buckets
    Keys other_keys() const; // of a user who has no right in them

    // Stops the gateway; the objects stay.
    void stop_gateway();
    void start_gateway();
    // It takes connections and answers nothing until it goes on.
    void freeze_gateway();
    void thaw_gateway();

private:
    Radosgw();
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace studio::test_support
