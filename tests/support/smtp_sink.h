// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/line_server.h"
#include "tests/support/sink_tls.h"

#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace studio::test_support {

struct ReceivedMail {
    std::string greeting; // what EHLO said
    std::string from;
    std::vector<std::string> to;
    std::string data;       // as sent, dot-stuffing taken away
    bool encrypted = false; // came over TLS
    std::string user;       // who had signed in
};

// A mail server that records emails and checks that clients follow RFC 5321: a command out of order, a line
// that ends without CR or is longer than 1,000 bytes is noted in faults().
class SmtpSink final {
public:
    // What it does with a transaction.
    enum class Mode {
        Accept,
        Greylist,         // 451 to RCPT
        UnknownRecipient, // 550 to RCPT
        Full,             // 452 after DATA
        RefuseContent,    // 554 after DATA
        HangUpAfterData   // takes the mail and closes without an answer
    };

    SmtpSink();
    std::string url() const;
    // From now on offers STARTTLS, and then accepts mail of this login only.
    void require_login(const std::string &user, const std::string &password);
    std::uint16_t port() const { return m_server.port(); }
    const std::filesystem::path &ca_file() const { return m_tls->ca_file(); } // after require_login()
    int logins_tried() const;
    void set(Mode mode);
    void stop() { m_server.stop(); }
    void start() { m_server.start(); }
    std::vector<ReceivedMail> mails() const; // those that were accepted, or taken by HangUpAfterData
    std::vector<std::string> faults() const;
    int connections() const { return m_server.connections(); }

private:
    struct Dialogue;
    void serve(SinkConnection &connection);
    bool take_command(Dialogue &dialogue, const std::string &line);
    void greet(Dialogue &dialogue, const std::string &line);
    bool go_over_to_tls(Dialogue &dialogue);
    void sign_in(Dialogue &dialogue, const std::string &line);
    bool take_data(Dialogue &dialogue);
    void fault(const std::string &text);

    mutable std::mutex m_mutex;
    Mode m_mode = Mode::Accept;
    std::vector<ReceivedMail> m_mails;
    std::vector<std::string> m_faults;
    std::unique_ptr<SinkTls> m_tls;
    std::string m_login; // as AUTH PLAIN sends it
    std::string m_user;
    int m_logins = 0;
    LineServer m_server; // last, because its threads use the other members
};

} // namespace studio::test_support
