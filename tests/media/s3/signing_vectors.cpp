// SPDX-License-Identifier: Apache-2.0
#include "tests/media/s3/signing_vectors.h"

#include "media/s3/digest.h"
#include "models/json/json.h"

#include <algorithm>
#include <fstream>
#include <iomanip>
#include <sstream>
#include <stdexcept>

namespace studio::media::s3 {

namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path &file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        throw std::runtime_error("cannot read " + file.string());
    }
    std::stringstream text;
    text << stream.rdbuf();
    std::string all = text.str();
    all.erase(std::remove(all.begin(), all.end(), '\r'), all.end());
    return all;
}

std::string trimmed(std::string text) {
    while (!text.empty() && text.back() == '\n') {
        text.pop_back();
    }
    return text;
}

std::string decoded(const std::string &text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '%' && at + 2 < text.size()) {
            plain += static_cast<char>(std::stoi(text.substr(at + 1, 2), nullptr, 16));
            at += 2;
        } else {
            plain += text[at];
        }
    }
    return plain;
}

// S3 never does this; other services, whose rules the suite has too, do.
std::string normalised(const std::string &path) {
    std::vector<std::string> kept;
    std::stringstream segments(path);
    for (std::string segment; std::getline(segments, segment, '/');) {
        if (segment == "..") {
            if (!kept.empty()) {
                kept.pop_back();
            }
        } else if (!segment.empty() && segment != ".") {
            kept.push_back(segment);
        }
    }
    std::string plain;
    for (const std::string &segment : kept) {
        plain += "/" + segment;
    }
    return plain.empty() || path.back() == '/' ? plain + "/" : plain;
}

base::Time time_in(const std::string &text) {
    std::tm parts{};
    std::istringstream(text) >> std::get_time(&parts, "%Y-%m-%dT%H:%M:%SZ");
    return base::Time(std::chrono::seconds(timegm(&parts)));
}

void read_target(const std::string &target, bool normalise, SignableRequest &request) {
    const std::size_t question = target.find('?');
    const std::string path = target.substr(0, question);
    request.path = decoded(normalise ? normalised(path) : path);
    if (question == std::string::npos) {
        return;
    }
    std::stringstream parts(target.substr(question + 1));
    for (std::string part; std::getline(parts, part, '&');) {
        const std::size_t equals = part.find('=');
        request.query.emplace_back(decoded(part.substr(0, equals)),
                                   equals == std::string::npos ? "" : decoded(part.substr(equals + 1)));
    }
}

// Returns the body. The target may hold spaces: it goes to the last one of its line.
std::string read_request(const std::string &text, bool normalise, SignableRequest &request) {
    const std::size_t first_end = text.find('\n');
    const std::string first = text.substr(0, first_end);
    const std::size_t target = first.find(' ') + 1;
    request.method = first.substr(0, target - 1);
    read_target(first.substr(target, first.rfind(' ') - target), normalise, request);
    std::size_t at = first_end + 1;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string line = text.substr(at, end - at);
        at = end + 1;
        if (line.empty()) {
            break;
        }
        if (line.front() == ' ') {
            request.headers.back().second += "\n" + line; // the value goes on
        } else {
            request.headers.emplace_back(line.substr(0, line.find(':')), line.substr(line.find(':') + 1));
        }
    }
    return at < text.size() ? text.substr(at) : std::string();
}

SigningCase::Expected expected(const fs::path &folder, const std::string &form) {
    return {text_of(folder / (form + "-canonical-request.txt")),
            text_of(folder / (form + "-string-to-sign.txt")),
            trimmed(text_of(folder / (form + "-signature.txt")))};
}

SigningCase read_case(const fs::path &folder) {
    const auto context = models::Json::parse(text_of(folder / "context.json"));
    SigningCase made;
    made.name = folder.filename();
    const models::Json &credentials = context.at("credentials");
    made.credentials = {credentials.at("access_key_id"), credentials.at("secret_access_key")};
    made.scope = {context.at("region"), context.at("service")};
    made.at = time_in(context.at("timestamp"));
    made.valid = std::chrono::seconds(context.at("expiration_in_seconds").get<int>());
    made.signs_body = context.at("sign_body");
    made.token = context.value("omit_session_token", false) ? "" : credentials.value("token", "");
    const std::string body =
        read_request(text_of(folder / "request.txt"), context.at("normalize"), made.request);
    made.request.payload_hash = hex(sha256(body));
    made.header = expected(folder, "header");
    made.query = expected(folder, "query");
    return made;
}

} // namespace

std::vector<SigningCase> signing_cases(const fs::path &suite) {
    std::vector<SigningCase> cases;
    for (const auto &entry : fs::directory_iterator(suite)) {
        if (fs::exists(entry.path() / "context.json") && fs::exists(entry.path() / "header-signature.txt")) {
            cases.push_back(read_case(entry.path()));
        }
    }
    return cases;
}

} // namespace studio::media::s3
