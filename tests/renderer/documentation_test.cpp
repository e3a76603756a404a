// SPDX-License-Identifier: Apache-2.0
// Sends the examples of docs/http-api.md, in their order and as one visitor, and compares the answers. In an
// answer "…" stands for anything.
#include "tests/renderer/fixtures/visitor_client.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace studio::tests {
namespace {

struct Message {
    std::string first_line;
    FieldList fields;
    std::string body;
};

Message parse(const std::string &text) {
    Message message;
    std::istringstream lines(text);
    std::getline(lines, message.first_line);
    std::string line;
    while (std::getline(lines, line) && !line.empty()) {
        message.fields.emplace_back(line.substr(0, line.find(": ")), line.substr(line.find(": ") + 2));
    }
    while (std::getline(lines, line)) {
        message.body += (message.body.empty() ? "" : "\n") + line;
    }
    return message;
}

// The fenced blocks marked "http".
std::vector<Message> messages() {
    std::ifstream file(std::string(std::getenv("STUDIO_SOURCE_DIR")) + "/docs/http-api.md");
    std::vector<Message> result;
    std::string line, block;
    bool inside = false;
    while (std::getline(file, line)) {
        if (!inside && line == "```http") {
            inside = true;
            block.clear();
        } else if (inside && line == "```") {
            inside = false;
            result.push_back(parse(block));
        } else if (inside) {
            block += line + "\n";
        }
    }
    return result;
}

bool matches(std::string_view text, std::string_view pattern) {
    constexpr std::string_view anything = "…";
    const auto gap = pattern.find(anything);
    if (gap == std::string_view::npos) {
        return text == pattern;
    }
    if (!text.starts_with(pattern.substr(0, gap))) {
        return false;
    }
    const std::string_view rest = pattern.substr(gap + anything.size());
    for (std::size_t begin = gap; begin <= text.size(); ++begin) {
        if (matches(text.substr(begin), rest)) {
            return true;
        }
    }
    return false;
}

TEST(HttpApiDocument, HasExamplesThatHold) {
    LiveSite site;
    ServiceProcess service(behind_proxy(site));
    ASSERT_TRUE(service.wait_until_ready());
    VisitorClient visitor(service.port());
    const std::vector<Message> all = messages();
    ASSERT_GE(all.size(), 12u);
    ASSERT_EQ(all.size() % 2, 0u) << "each request has its answer";
    ASSERT_EQ(VisitorClient(service.port(), "192.0.2.1")
                  .post_events(nlohmann::json::array({event("email_click")}))
                  .status,
              200);
    for (std::size_t i = 0; i < all.size(); i += 2) {
        Message request = all[i];
        const Message &expected = all[i + 1];
        const std::string method = request.first_line.substr(0, request.first_line.find(' ')),
                          path = request.first_line.substr(request.first_line.find(' ') + 1);
        std::string type;
        std::erase_if(request.fields, [&](const auto &field) {
            if (field.first == "Content-Type") {
                type = field.second;
            }
            return field.first == "Content-Type";
        });
        SCOPED_TRACE(request.first_line + "\n" + request.body);
        const RawReply reply = method == "GET" ? visitor.get(path, request.fields)
                                               : visitor.post(path, request.body, request.fields, type);
        EXPECT_EQ(std::to_string(reply.status), expected.first_line);
        for (auto [name, value] : expected.fields) {
            std::transform(name.begin(), name.end(), name.begin(),
                           [](unsigned char c) { return std::tolower(c); });
            EXPECT_TRUE(matches(reply.field(name), value)) << name << ": " << reply.field(name);
        }
        EXPECT_TRUE(matches(reply.body, expected.body)) << reply.body;
    }
}

} // namespace
} // namespace studio::tests
