// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/ssl.h>

#include <filesystem>
#include <memory>

namespace studio::test_support {

// A certificate of its own for localhost, mail.localhost and 127.0.0.1, created each time.
class SinkTls final {
public:
    SinkTls(); // throws std::runtime_error
    ~SinkTls();
    SinkTls(const SinkTls &) = delete;
    SinkTls &operator=(const SinkTls &) = delete;

    SSL_CTX *context() const { return m_context.get(); }
    // What a client must trust, as PEM; removed with this.
    const std::filesystem::path &ca_file() const { return m_ca_file; }

private:
    struct Deleter {
        void operator()(SSL_CTX *context) const { SSL_CTX_free(context); }
    };
    std::unique_ptr<SSL_CTX, Deleter> m_context;
    std::filesystem::path m_ca_file;
};

} // namespace studio::test_support
