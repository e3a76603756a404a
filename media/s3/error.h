// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <stdexcept>
#include <string>

namespace studio::media::s3 {

enum class ErrorKind {
    WrongKeys,      // unknown key, or a secret that is not the key's
    Forbidden,      // the keys are right but may not do this
    NoBucket,       // there is no such bucket
    WrongPlace,     // endpoint or region are another bucket's
    ClockOff,       // this computer's clock is off by more than the store allows
    Busy,           // the store asked to wait, again and again
    Unreachable,    // no answer: the network, or the endpoint's name
    FileChanged,    // the file changed or vanished while it was read
    NoUpload,       // an upload in parts that the store no longer knows
    MultipleFailed, // some of several objects
    Canceled,       // a person's stop
    Other
};

// what() is a sentence for a person: what happened and what to do. It holds no key and no secret.
class Error final : public std::runtime_error {
public:
    Error(ErrorKind kind, const std::string &message, std::string code = {}, int status = 0)
        : std::runtime_error(message), m_kind(kind), m_code(std::move(code)), m_status(status) {}
    ErrorKind kind() const { return m_kind; }
    const std::string &code() const { return m_code; } // "SignatureDoesNotMatch"; "" where there is none
    int status() const { return m_status; }            // of HTTP; 0 where there was no answer

private:
    ErrorKind m_kind;
    std::string m_code;
    int m_status;
};

// What the store said: <Error><Code>… Message is often empty, and an answer to HEAD has no body at all.
struct Refusal {
    int status = 0;
    std::string code, message;
    std::string region, endpoint;     // where it named the right ones
    std::optional<long> minutes_fast; // how far this computer's clock is ahead of the store's (behind: < 0)
};

// Worth trying again: the store was busy or broke down.
bool is_passing(const Refusal &refusal);

Error to_error(const Refusal &refusal, const std::string &bucket);

} // namespace studio::media::s3
