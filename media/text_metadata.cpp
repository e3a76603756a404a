// SPDX-License-Identifier: Apache-2.0
#include "media/text_metadata.h"

#include <algorithm>
#include <array>
#include <utility>

namespace studio::media {
namespace {

constexpr std::size_t longest_text = 200;
constexpr std::size_t most_texts = 50;
constexpr std::size_t longest_markup = 4096; // of one text: more is not shown

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::string without_entities(std::string text) {
    constexpr std::array<std::pair<std::string_view, char>, 5> entities = {
        {{"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&amp;", '&'}}};
    for (const auto &[entity, character] : entities) {
        for (auto at = text.find(entity); at != std::string::npos; at = text.find(entity, at + 1)) {
            text.replace(at, entity.size(), 1, character);
        }
    }
    return text;
}

// The texts between the tags.
void add_texts(std::string_view markup, std::vector<std::string> &texts) {
    while (!markup.empty() && texts.size() < most_texts) {
        const auto tag = markup.find('<');
        if (const std::string text =
                shown_text(without_entities(std::string(markup.substr(0, std::min(tag, longest_markup)))));
            !text.empty()) {
            texts.push_back(text);
        }
        const auto end = tag == std::string_view::npos ? tag : markup.find('>', tag);
        markup = end == std::string_view::npos ? std::string_view() : markup.substr(end + 1);
    }
}

// How long the UTF-8 character at the beginning is; 0 where it is none.
std::size_t character_length(std::string_view text) {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t length = first < 0x80    ? 1
                               : first >= 0xf0 ? 4
                               : first >= 0xe0 ? 3
                               : first >= 0xc2 ? 2
                                               : 0;
    if (length == 0 || length > text.size() || first > 0xf4) {
        return 0;
    }
    for (std::size_t i = 1; i < length; ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xc0U) != 0x80U) {
            return 0;
        }
    }
    return length;
}

} // namespace

std::string shown_text(std::string_view text) {
    std::string shown;
    while (!text.empty() && shown.size() < longest_text) {
        const std::size_t length = character_length(text);
        const auto first = static_cast<unsigned char>(text.front());
        if (length > 1 || (length == 1 && first > 0x20 && first != 0x7f)) {
            shown += text.substr(0, length);
        } else if (!shown.empty() && shown.back() != ' ') {
            shown += ' ';
        }
        text.remove_prefix(std::max<std::size_t>(1, length));
    }
    const auto first = std::find_if_not(shown.begin(), shown.end(), is_space);
    const auto last = std::find_if_not(shown.rbegin(), std::make_reverse_iterator(first), is_space).base();
    return {first, last};
}

// Every part of the packet is looked at a few times at most, whatever tags are not closed in it.
std::vector<std::string> xmp_texts(std::string_view xmp, std::string_view property) {
    const std::string end_tag = "</" + std::string(property) + ">";
    std::vector<std::string> texts;
    std::size_t tag_end = 0, element_end = 0; // the next ones
    const auto next = [&](std::size_t &known, std::string_view wanted, std::size_t from) {
        known = known < from ? xmp.find(wanted, from) : known;
        return known;
    };
    for (auto at = xmp.find(property); at != std::string_view::npos && texts.size() < most_texts;
         at = xmp.find(property, at + 1)) {
        const char before = at == 0 ? ' ' : xmp[at - 1];
        const std::size_t behind = at + property.size();
        const std::string_view rest = xmp.substr(behind);
        if (rest.empty()) {
            break;
        }
        if (is_space(before) && rest.size() > 2 && rest[0] == '=' && (rest[1] == '"' || rest[1] == '\'')) {
            add_texts(rest.substr(2, rest.find(rest[1], 2) - 2), texts);
        } else if (before == '<' && (rest[0] == '>' || is_space(rest[0]))) {
            const auto begin = next(tag_end, ">", behind);
            const auto end = next(element_end, end_tag, behind);
            if (begin < end && end != std::string_view::npos) {
                add_texts(xmp.substr(begin + 1, end - begin - 1), texts);
                at = end;
            }
        }
    }
    return texts;
}

std::vector<std::string> iptc_texts(std::string_view iptc, int data_set) {
    const std::string marker{'\x1c', '\x02', static_cast<char>(data_set)};
    std::vector<std::string> texts;
    for (auto at = iptc.find(marker); at != std::string_view::npos && texts.size() < most_texts;
         at = iptc.find(marker, at + 1)) {
        if (at + 5 > iptc.size()) {
            break;
        }
        const std::size_t length = static_cast<std::size_t>(static_cast<unsigned char>(iptc[at + 3])) << 8U |
                                   static_cast<unsigned char>(iptc[at + 4]);
        if (at + 5 + length > iptc.size()) {
            continue;
        }
        if (const std::string text = shown_text(iptc.substr(at + 5, length)); !text.empty()) {
            texts.push_back(text);
        }
    }
    return texts;
}

} // namespace studio::media
