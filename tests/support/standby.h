// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

namespace studio::test_support {

// A streaming standby of TestServer: a base backup that follows it synchronously, so that a commit returns
// only once both have it. One at a time. The primary goes back to standing alone when this ends.
class Standby final {
public:
    Standby();
    ~Standby();
    Standby(const Standby &) = delete;
    Standby &operator=(const Standby &) = delete;

    int port() const;
    // The same database at either server, whichever takes writes: for a URL of TestServer's.
    std::string either(const std::string &primary_url) const;
    // The database at the standby.
    std::string here(const std::string &primary_url) const;
    // Ends its following: it takes writes from here on.
    void promote();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace studio::test_support
