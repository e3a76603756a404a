// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

namespace studio::renderer {

// Asks this process's own server as a visitor would, so that one whose threads hang is not taken for one that
// can answer. One thread at a time.
class SelfProbe final {
public:
    explicit SelfProbe(std::string url);
    // Whether the server answered with 200 within seconds.
    bool operator()() const;

private:
    struct Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace studio::renderer
