// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/line_server.h"

#include <mutex>
#include <string>
#include <vector>

namespace studio::test_support {

struct ReceivedMail {
    std::string greeting; // what EHLO said
    std::string from;
    std::vector<std::string> to;
    std::string data; // as sent, dot-stuffing taken away
};

// A mail server that keeps what it gets, and keeps clients to RFC 5321: a command out of order, a line that
// ends without CR or is longer than 1,000 bytes is noted in faults().
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
    bool take_data(Dialogue &dialogue);
    void fault(const std::string &text);

    mutable std::mutex m_mutex;
    Mode m_mode = Mode::Accept;
    std::vector<ReceivedMail> m_mails;
    std::vector<std::string> m_faults;
    LineServer m_server; // last: its threads use the rest
};

} // namespace studio::test_support
