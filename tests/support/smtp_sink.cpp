// SPDX-License-Identifier: Apache-2.0
#include "tests/support/smtp_sink.h"

#include <openssl/evp.h>

#include <algorithm>

namespace studio::test_support {

namespace {

// "<a@b>" of "MAIL FROM:<a@b> SIZE=1"; "" where there is none.
std::string path_of(const std::string &line) {
    const auto open = line.find('<'), close = line.find('>');
    return open == std::string::npos || close == std::string::npos ? ""
                                                                   : line.substr(open + 1, close - open - 1);
}

std::string verb_of(std::string line) {
    line.resize(std::min<std::size_t>(line.size(), 4));
    std::transform(line.begin(), line.end(), line.begin(), ::toupper);
    return line;
}

std::string without_end(const std::string &line) {
    return line.substr(0, line.find_last_not_of("\r\n") + 1);
}

std::string to_base64(const std::string &text) {
    std::string encoded(4 * ((text.size() + 2) / 3) + 1, '\0');
    const int size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char *>(encoded.data()),
                        reinterpret_cast<const unsigned char *>(text.data()), static_cast<int>(text.size()));
    encoded.resize(static_cast<std::size_t>(size));
    return encoded;
}

} // namespace

struct SmtpSink::Dialogue {
    SinkConnection &connection;
    ReceivedMail mail;
    void answer(const std::string &text) { connection.write(text + "\r\n"); }
    void begin_again() {
        mail.from.clear();
        mail.to.clear();
        mail.data.clear();
    }
};

SmtpSink::SmtpSink() : m_server([this](SinkConnection &connection) { serve(connection); }) {}

std::string SmtpSink::url() const {
    return "smtp://127.0.0.1:" + std::to_string(m_server.port());
}

void SmtpSink::require_login(const std::string &user, const std::string &password) {
    const std::scoped_lock lock(m_mutex);
    m_tls = std::make_unique<SinkTls>();
    m_user = user;
    m_login = to_base64(std::string(1, '\0') + user + '\0' + password);
}

int SmtpSink::logins_tried() const {
    const std::scoped_lock lock(m_mutex);
    return m_logins;
}

void SmtpSink::set(Mode mode) {
    const std::scoped_lock lock(m_mutex);
    m_mode = mode;
}

std::vector<ReceivedMail> SmtpSink::mails() const {
    const std::scoped_lock lock(m_mutex);
    return m_mails;
}

std::vector<std::string> SmtpSink::faults() const {
    const std::scoped_lock lock(m_mutex);
    return m_faults;
}

void SmtpSink::fault(const std::string &text) {
    const std::scoped_lock lock(m_mutex);
    m_faults.push_back(text);
}

void SmtpSink::serve(SinkConnection &connection) {
    Dialogue dialogue{connection, {}};
    dialogue.answer("220 sink.example ESMTP");
    while (auto line = connection.read_line()) {
        if (!line->ends_with("\r\n")) {
            fault("a command without CRLF: " + *line);
        }
        if (!take_command(dialogue, *line)) {
            return;
        }
    }
}

bool SmtpSink::take_command(Dialogue &dialogue, const std::string &line) {
    Mode mode;
    {
        const std::scoped_lock lock(m_mutex);
        mode = m_mode;
    }
    const std::string verb = verb_of(line);
    ReceivedMail &mail = dialogue.mail;
    if (verb == "EHLO" || verb == "HELO") {
        greet(dialogue, line);
    } else if (verb == "STAR") {
        return go_over_to_tls(dialogue);
    } else if (verb == "AUTH") {
        sign_in(dialogue, line);
    } else if (verb == "MAIL") {
        if (m_tls && mail.user.empty()) {
            dialogue.answer("530 sign in first");
            return true;
        }
        if (mail.greeting.empty() || !mail.from.empty()) {
            fault("MAIL out of order");
        }
        mail.from = path_of(line);
        dialogue.answer("250 ok");
    } else if (verb == "RCPT") {
        if (mail.from.empty()) {
            fault("RCPT out of order");
        }
        if (mode == Mode::Greylist) {
            dialogue.answer("451 please try again later");
        } else if (mode == Mode::UnknownRecipient) {
            dialogue.answer("550 nobody here of that name");
        } else {
            mail.to.push_back(path_of(line));
            dialogue.answer("250 ok");
        }
    } else if (verb == "DATA") {
        return take_data(dialogue);
    } else if (verb == "RSET" || verb == "NOOP") {
        dialogue.begin_again();
        dialogue.answer("250 ok");
    } else if (verb == "QUIT") {
        dialogue.answer("221 bye");
        return false;
    } else {
        fault("unknown command: " + line);
        dialogue.answer("500 what?");
    }
    return true;
}

void SmtpSink::greet(Dialogue &dialogue, const std::string &line) {
    dialogue.mail.greeting = without_end(line).substr(5);
    dialogue.begin_again();
    const char *offer = !m_tls ? "" : dialogue.mail.encrypted ? "250-AUTH PLAIN\r\n" : "250-STARTTLS\r\n";
    dialogue.answer(std::string("250-sink.example\r\n") + offer + "250 SIZE 1000000");
}

bool SmtpSink::go_over_to_tls(Dialogue &dialogue) {
    if (!m_tls || dialogue.mail.encrypted) {
        fault("STARTTLS was not offered");
        dialogue.answer("503 not here");
        return true;
    }
    dialogue.answer("220 go on");
    dialogue.mail = {};
    dialogue.mail.encrypted = true;
    return dialogue.connection.start_tls(m_tls->context());
}

void SmtpSink::sign_in(Dialogue &dialogue, const std::string &line) {
    if (!dialogue.mail.encrypted) {
        fault("a login in clear");
    }
    std::string said = without_end(line);
    if (said == "AUTH PLAIN") {
        dialogue.answer("334 ");
        said += " " + without_end(dialogue.connection.read_line().value_or(""));
    }
    const std::scoped_lock lock(m_mutex);
    ++m_logins;
    const bool right = said == "AUTH PLAIN " + m_login;
    dialogue.mail.user = right ? m_user : "";
    dialogue.answer(right ? "235 welcome" : "535 wrong user or password");
}

bool SmtpSink::take_data(Dialogue &dialogue) {
    if (dialogue.mail.to.empty()) {
        fault("DATA out of order");
        dialogue.answer("503 no recipient");
        return true;
    }
    dialogue.answer("354 go on");
    for (;;) {
        const auto line = dialogue.connection.read_line();
        if (!line) {
            return false;
        }
        if (!line->ends_with("\r\n") || line->size() > 1000) {
            fault("a line of the message is too long or ends without CRLF");
        }
        if (*line == ".\r\n") {
            break;
        }
        dialogue.mail.data += line->starts_with('.') ? line->substr(1) : *line;
    }
    const std::scoped_lock lock(m_mutex);
    if (m_mode == Mode::Full) {
        dialogue.answer("452 no space left");
    } else if (m_mode == Mode::RefuseContent) {
        dialogue.answer("554 not wanted");
    } else {
        m_mails.push_back(dialogue.mail);
        if (m_mode == Mode::HangUpAfterData) {
            return false;
        }
        dialogue.answer("250 taken");
    }
    dialogue.begin_again();
    return true;
}

} // namespace studio::test_support
