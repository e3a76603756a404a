// SPDX-License-Identifier: Apache-2.0
#include "media/s3/signature.h"

#include "base/text.h"
#include "media/s3/digest.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>

namespace studio::media::s3 {

namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";

// Spaces at both ends go, several in a row become one.
std::string canonical_value(std::string_view value) {
    std::string text;
    for (const char c : value) {
        const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!space) {
            text += c;
        } else if (!text.empty() && text.back() != ' ') {
            text += ' ';
        }
    }
    if (!text.empty() && text.back() == ' ') {
        text.pop_back();
    }
    return text;
}

// By name in lower case; of several with one name the values in their order.
std::map<std::string, std::string> canonical_headers(const Fields &headers) {
    std::map<std::string, std::string> canonical;
    for (const auto &[name, value] : headers) {
        const auto [known, is_new] = canonical.try_emplace(base::lower_case(name), canonical_value(value));
        if (!is_new) {
            known->second += "," + canonical_value(value);
        }
    }
    return canonical;
}

std::string names_of(const std::map<std::string, std::string> &headers) {
    std::string names;
    for (const auto &[name, value] : headers) {
        names += (names.empty() ? "" : ";") + name;
    }
    return names;
}

std::string date_text(base::Time at) {
    return fmt::format("{:%Y%m%dT%H%M%SZ}", fmt::gmtime(static_cast<std::time_t>(base::to_seconds(at))));
}

std::string scope_text(const std::string &date, const Scope &scope) {
    return fmt::format("{}/{}/{}/aws4_request", date.substr(0, 8), scope.region, scope.service);
}

// Fills in what header and query form have in common. The query must be complete.
void make_signature(Signature &made, const SignableRequest &request, const Credentials &credentials,
                    const Scope &scope) {
    const auto headers = canonical_headers(request.headers);
    std::string header_lines;
    for (const auto &[name, value] : headers) {
        header_lines += name + ":" + value + "\n";
    }
    made.canonical_request =
        fmt::format("{}\n{}\n{}\n{}\n{}\n{}", request.method, percent_encoded(request.path, true),
                    canonical_query(request.query), header_lines, names_of(headers), request.payload_hash);
    made.string_to_sign = fmt::format("{}\n{}\n{}\n{}", algorithm, made.date, scope_text(made.date, scope),
                                      hex(sha256(made.canonical_request)));
    std::string key = hmac_sha256("AWS4" + credentials.secret, made.date.substr(0, 8));
    for (const std::string_view part : {std::string_view(scope.region), std::string_view(scope.service),
                                        std::string_view("aws4_request")}) {
        key = hmac_sha256(key, part);
    }
    made.signature = hex(hmac_sha256(key, made.string_to_sign));
}

} // namespace

std::string canonical_query(const Fields &query) {
    Fields encoded;
    for (const auto &[name, value] : query) {
        encoded.emplace_back(percent_encoded(name, false), percent_encoded(value, false));
    }
    std::sort(encoded.begin(), encoded.end());
    std::string text;
    for (const auto &[name, value] : encoded) {
        text += (text.empty() ? "" : "&") + name + "=" + value;
    }
    return text;
}

Signature sign(SignableRequest request, const Credentials &credentials, const Scope &scope, base::Time at) {
    Signature made;
    made.date = date_text(at);
    request.headers.emplace_back("x-amz-date", made.date);
    make_signature(made, request, credentials, scope);
    made.authorization = fmt::format("{} Credential={}/{}, SignedHeaders={}, Signature={}", algorithm,
                                     credentials.key, scope_text(made.date, scope),
                                     names_of(canonical_headers(request.headers)), made.signature);
    return made;
}

Signature presign(SignableRequest request, const Credentials &credentials, const Scope &scope, base::Time at,
                  std::chrono::seconds valid) {
    Signature made;
    made.date = date_text(at);
    request.query.emplace_back("X-Amz-Algorithm", algorithm);
    request.query.emplace_back("X-Amz-Credential", credentials.key + "/" + scope_text(made.date, scope));
    request.query.emplace_back("X-Amz-Date", made.date);
    request.query.emplace_back("X-Amz-Expires", std::to_string(valid.count()));
    request.query.emplace_back("X-Amz-SignedHeaders", names_of(canonical_headers(request.headers)));
    make_signature(made, request, credentials, scope);
    made.query = canonical_query(request.query) + "&X-Amz-Signature=" + made.signature;
    return made;
}

} // namespace studio::media::s3
