// SPDX-License-Identifier: Apache-2.0
// The checks that every document must pass, also in unknown keys, before it may be stored or shown.
#include "base/text.h"
#include "models/documents/checker.h"
#include "models/documents/parse_document.h"
#include "models/json/json_pointer.h"
#include "models/json/json_read.h"

#include <fmt/format.h>

#include <cmath>

namespace studio::models {

namespace {

// The first control character of the text: U+0000 to U+001F without tab and line ends, and U+007F to U+009F;
// nullopt where there is none.
std::optional<unsigned> control_character(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        const unsigned byte = static_cast<unsigned char>(text[at]);
        if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F) {
            return byte;
        }
        if (byte == 0xC2 && at + 1 < text.size()) {
            const unsigned next = static_cast<unsigned char>(text[at + 1]);
            if (next >= 0x80 && next <= 0x9F) {
                return next;
            }
        }
    }
    return std::nullopt;
}

class Walk final {
public:
    explicit Walk(Checker &checker) : m_checker(checker) {}

    // Checks the value and what is below it. False where the walk must end.
    bool visit(const Json &value, const std::string &pointer, std::size_t depth) {
        if (depth > max_document_depth) {
            return refuse(pointer, fmt::format("This is nested deeper than {} levels: flatten it.",
                                               max_document_depth));
        }
        switch (value.type()) {
        case Json::value_t::string:
            return text(value.get_ref<const std::string &>(), pointer, "The text");
        case Json::value_t::number_float:
            if (!std::isfinite(value.get<double>())) {
                return refuse(pointer, "The number must be finite.");
            }
            return count(pointer, 8);
        case Json::value_t::binary:
        case Json::value_t::discarded:
            return refuse(pointer, "This is not a JSON value.");
        case Json::value_t::object:
            return object(value, pointer, depth);
        case Json::value_t::array:
            for (std::size_t at = 0; at < value.size(); ++at) {
                if (!visit(value[at], child_pointer(pointer, at), depth + 1)) {
                    return false;
                }
            }
            return count(pointer, 2);
        default:
            return count(pointer, 4);
        }
    }

private:
    bool object(const Json &value, const std::string &pointer, std::size_t depth) {
        for (const auto &[key, child] : value.items()) {
            if (!text(key, pointer, "A field's name")) {
                return false;
            }
            if (!visit(child, child_pointer(pointer, key), depth + 1)) {
                return false;
            }
        }
        return count(pointer, 2);
    }

    bool text(const std::string &text, const std::string &pointer, const char *label) {
        if (!base::is_valid_utf8(text)) {
            return refuse(pointer,
                          fmt::format("{} is not valid UTF-8: save it as UTF-8 and try again.", label));
        }
        if (const auto control = control_character(text)) {
            m_checker.error(pointer, fmt::format("{} contains the control character U+{:04X}: remove it.",
                                                 label, *control));
        }
        return count(pointer, text.size() + 3);
    }

    bool count(const std::string &pointer, std::size_t bytes) {
        m_bytes += bytes;
        if (m_bytes <= max_document_bytes) {
            return true;
        }
        m_checker.error("", fmt::format("The document is larger than {} KB (passed at \"{}\"): shorten it.",
                                        max_document_bytes / 1024, pointer));
        return false;
    }

    bool refuse(const std::string &pointer, std::string message) {
        m_checker.error(pointer, std::move(message));
        return false;
    }

    Checker &m_checker;
    std::size_t m_bytes = 0;
};

} // namespace

bool Checker::fit_document(const Json &document, const char *label) {
    if (!document.is_object()) {
        error("", fmt::format("The {} document must be an object: fields between braces.", label));
        return false;
    }
    return Walk(*this).visit(document, "", 0);
}

} // namespace studio::models
