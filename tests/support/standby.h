// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

namespace studio::test_support {

// A streaming standby of TestServer: a base backup that follows it synchronously, so that a commit returns
// only once both have it. One at a time. The destructor makes the primary independent again.
class Standby final {
public:
    Standby();
    ~Standby();
    Standby(const Standby &) = delete;
    Standby &operator=(const Standby &) = delete;

    int port() const;
    // A URL of TestServer's, changed to name both servers; it connects to the one that accepts writes.
    std::string either(const std::string &primary_url) const;
    // The database at the standby.
    std::string here(const std::string &primary_url) const;
    // Makes the standby a primary: from now on it accepts writes.
    void promote();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace studio::test_support
