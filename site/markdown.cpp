// SPDX-License-Identifier: Apache-2.0
#include "site/markdown.h"

#include "base/text.h"
#include "site/text.h"

#include <md4c.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <vector>

namespace studio::site {

namespace {

class Writer final {
public:
    explicit Writer(int parent_heading) : m_parent(parent_heading) {}

    void enter_block(MD_BLOCKTYPE type, void *detail);
    void leave_block(MD_BLOCKTYPE type, void *detail);
    void enter_span(MD_SPANTYPE type, void *detail);
    void leave_span(MD_SPANTYPE type);
    void text(MD_TEXTTYPE type, std::string_view value);
    std::string take() { return std::move(m_out); }

private:
    void enter_heading(int level);
    bool enter_link(const MD_ATTRIBUTE &href);
    static std::string link_target(const MD_ATTRIBUTE &href);
    void close_spans(std::size_t from);

    std::string m_out;
    int m_parent;
    int m_heading = 0;          // the open one's level on the page
    std::vector<int> m_outline; // the text's own levels above and at it
    // md4c closes some spans that it never opened, as the second ~ of "[a](b~) c~"; these are left out.
    struct Span {
        MD_SPANTYPE type;
        std::string_view name; // "" where only the text inside it is shown
    };
    std::vector<Span> m_open_spans;
};

std::string_view simple_block(MD_BLOCKTYPE type) {
    switch (type) {
    case MD_BLOCK_QUOTE:
        return "blockquote";
    case MD_BLOCK_UL:
        return "ul";
    case MD_BLOCK_LI:
        return "li";
    case MD_BLOCK_P:
        return "p";
    case MD_BLOCK_TABLE:
        return "table";
    case MD_BLOCK_THEAD:
        return "thead";
    case MD_BLOCK_TBODY:
        return "tbody";
    case MD_BLOCK_TR:
        return "tr";
    case MD_BLOCK_TH:
        return "th";
    case MD_BLOCK_TD:
        return "td";
    default:
        return {};
    }
}

std::string_view simple_span(MD_SPANTYPE type) {
    switch (type) {
    case MD_SPAN_EM:
        return "em";
    case MD_SPAN_STRONG:
        return "strong";
    case MD_SPAN_CODE:
        return "code";
    case MD_SPAN_DEL:
        return "del";
    default:
        return {};
    }
}

void Writer::enter_heading(int level) {
    while (!m_outline.empty() && m_outline.back() >= level) {
        m_outline.pop_back();
    }
    m_outline.push_back(level);
    m_heading = std::min(m_parent + static_cast<int>(m_outline.size()), 6);
    m_out += "<h" + std::to_string(m_heading) + '>';
}

void Writer::enter_block(MD_BLOCKTYPE type, void *detail) {
    if (const std::string_view name = simple_block(type); !name.empty()) {
        (m_out += '<').append(name) += '>';
    } else if (type == MD_BLOCK_OL) {
        const unsigned start = static_cast<MD_BLOCK_OL_DETAIL *>(detail)->start;
        m_out += start == 1 ? "<ol>" : "<ol start=\"" + std::to_string(start) + "\">";
    } else if (type == MD_BLOCK_H) {
        enter_heading(static_cast<int>(static_cast<MD_BLOCK_H_DETAIL *>(detail)->level));
    } else if (type == MD_BLOCK_HR) {
        m_out += "<hr>";
    } else if (type == MD_BLOCK_CODE) {
        m_out += "<pre tabindex=\"0\"><code>";
    }
}

void Writer::leave_block(MD_BLOCKTYPE type, void *) {
    close_spans(0);
    if (const std::string_view name = simple_block(type); !name.empty()) {
        (m_out += "</").append(name) += '>';
    } else if (type == MD_BLOCK_OL) {
        m_out += "</ol>";
    } else if (type == MD_BLOCK_H) {
        m_out += "</h" + std::to_string(m_heading) + '>';
    } else if (type == MD_BLOCK_CODE) {
        m_out += "</code></pre>";
    }
    if (type != MD_BLOCK_DOC) {
        m_out += '\n';
    }
}

// The target with its character references decoded as a browser would, or "" where it must not be linked.
std::string Writer::link_target(const MD_ATTRIBUTE &href) {
    std::string target;
    for (int i = 0; href.size > 0 && href.substr_offsets[i] < href.size; ++i) {
        const std::string_view piece(href.text + href.substr_offsets[i],
                                     href.substr_offsets[i + 1] - href.substr_offsets[i]);
        if (href.substr_types[i] == MD_TEXT_NORMAL) {
            target += piece;
        } else if (href.substr_types[i] == MD_TEXT_ENTITY && piece == "&amp;") {
            target += '&';
        } else {
            return {};
        }
    }
    const auto begins_with = [&](std::string_view scheme) {
        return base::starts_with_ignoring_case(target, scheme);
    };
    if (!begins_with("http://") && !begins_with("https://") && !begins_with("mailto:") &&
        !begins_with("tel:")) {
        return {};
    }
    return clean_text(target);
}

// False where only the link's text is to be shown.
bool Writer::enter_link(const MD_ATTRIBUTE &href) {
    // md4c finds "<https://b>" within the text of another link, where HTML has none.
    const bool within = std::any_of(m_open_spans.begin(), m_open_spans.end(),
                                    [](const Span &span) { return span.name == "a"; });
    const std::string target = within ? std::string() : link_target(href);
    if (target.empty()) {
        return false;
    }
    m_out += "<a href=\"";
    append_html_escaped(m_out, target);
    m_out += "\" rel=\"noopener nofollow\">";
    return true;
}

void Writer::enter_span(MD_SPANTYPE type, void *detail) {
    std::string_view name = simple_span(type);
    if (!name.empty()) {
        (m_out += '<').append(name) += '>';
    } else if (type == MD_SPAN_A && enter_link(static_cast<MD_SPAN_A_DETAIL *>(detail)->href)) {
        name = "a";
    }
    m_open_spans.push_back({type, name});
}

void Writer::leave_span(MD_SPANTYPE type) {
    const auto open = std::find_if(m_open_spans.rbegin(), m_open_spans.rend(),
                                   [type](const Span &span) { return span.type == type; });
    if (open != m_open_spans.rend()) {
        close_spans(static_cast<std::size_t>(m_open_spans.rend() - open) - 1);
    }
}

void Writer::close_spans(std::size_t from) {
    for (; m_open_spans.size() > from; m_open_spans.pop_back()) {
        if (const std::string_view name = m_open_spans.back().name; !name.empty()) {
            (m_out += "</").append(name) += '>';
        }
    }
}

void Writer::text(MD_TEXTTYPE type, std::string_view value) {
    switch (type) {
    case MD_TEXT_BR:
        m_out += "<br>";
        break;
    case MD_TEXT_SOFTBR:
        m_out += '\n';
        break;
    case MD_TEXT_NULLCHAR:
        m_out += "\xEF\xBF\xBD";
        break;
    case MD_TEXT_ENTITY:
        m_out += value;
        break; // "&name;" or "&#digits;" by md4c's grammar
    default:
        append_html_escaped(m_out, value);
    }
}

Writer &writer(void *user) {
    return *static_cast<Writer *>(user);
}

} // namespace

std::string markdown_below_heading(std::string_view markdown, int parent_heading) {
    const std::string source = clean_text(markdown);
    if (source.size() > std::numeric_limits<MD_SIZE>::max()) {
        return {};
    }
    MD_PARSER parser{};
    parser.flags = MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_NOINDENTEDCODEBLOCKS;
    parser.enter_block = [](MD_BLOCKTYPE type, void *detail, void *user) {
        writer(user).enter_block(type, detail);
        return 0;
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void *detail, void *user) {
        writer(user).leave_block(type, detail);
        return 0;
    };
    parser.enter_span = [](MD_SPANTYPE type, void *detail, void *user) {
        writer(user).enter_span(type, detail);
        return 0;
    };
    parser.leave_span = [](MD_SPANTYPE type, void *, void *user) {
        writer(user).leave_span(type);
        return 0;
    };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *user) {
        writer(user).text(type, {text, size});
        return 0;
    };
    Writer result(parent_heading);
    md_parse(source.data(), static_cast<MD_SIZE>(source.size()), &parser, &result);
    return result.take();
}

std::string markdown_to_html(std::string_view markdown) {
    return markdown_below_heading(markdown, 2);
}

} // namespace studio::site
