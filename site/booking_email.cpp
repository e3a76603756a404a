// SPDX-License-Identifier: Apache-2.0
#include "site/booking_email.h"

#include "site/markdown.h"
#include "site/template.h"
#include "site/text.h"

#include <algorithm>

namespace studio::site {

namespace {

// Before Markdown is converted, each placeholder is replaced by one private-use character; its value is
// inserted into the finished HTML.
constexpr char32_t first_mark = U'\uE000';
constexpr std::string_view mark_lead = "\xEE\x80"; // U+E000 to U+E03F

std::size_t index_of(std::string_view placeholder) {
    const auto names = models::booking_placeholders();
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), placeholder) - names.begin());
}

std::string without_marks(std::string_view text) {
    std::string rest;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text.substr(at).starts_with(mark_lead) && at + 2 < text.size()) {
            at += 2;
        } else {
            rest.push_back(text[at]);
        }
    }
    return rest;
}

// Leaves out the lines whose placeholders are all empty.
std::string without_empty_lines(std::string_view markdown, const models::BookingFacts &facts) {
    std::string kept;
    for (std::size_t at = 0; at <= markdown.size();) {
        const std::size_t end = std::min(markdown.find('\n', at), markdown.size());
        const std::string_view line = markdown.substr(at, end - at);
        bool any = false, filled = false;
        models::fill_placeholders(line, [&](std::string_view name) {
            any = true;
            filled = filled || !models::fact(facts, name).empty();
            return std::string();
        });
        if (!any || filled) {
            kept.append(line).push_back('\n');
        }
        at = end + 1;
    }
    kept.erase(0, kept.find_first_not_of('\n'));
    return kept;
}

std::string plain_text(std::string_view markdown, const models::BookingFacts &facts) {
    std::string unmarked;
    for (std::size_t at = 0; at < markdown.size(); ++at) {
        if (markdown.substr(at).starts_with("**")) {
            ++at;
        } else {
            unmarked.push_back(markdown[at]);
        }
    }
    return models::fill_placeholders(
        unmarked, [&](std::string_view name) { return clean_text(models::fact(facts, name)); });
}

std::string html_link(const std::string &label, const std::string &url) {
    std::string html = "<a href=\"";
    append_html_escaped(html, url);
    html += "\">";
    append_html_escaped(html, label);
    return html + "</a>";
}

std::string html_of_fact(std::string_view name, const std::string &value) {
    if (name == "link") {
        return html_link(value, value);
    }
    std::string escaped, html;
    append_html_escaped(escaped, clean_text(value));
    for (const char c : escaped) {
        c == '\n' ? html += "<br>\n" : html += c;
    }
    return html;
}

std::string html_body(std::string_view markdown, const models::BookingFacts &facts) {
    const std::string marked = models::fill_placeholders(without_marks(markdown), [](std::string_view name) {
        std::string mark;
        append_utf8(mark, first_mark + static_cast<char32_t>(index_of(name)));
        return mark;
    });
    const std::string html = markdown_to_html(marked);
    const auto names = models::booking_placeholders();
    std::string body;
    for (std::size_t at = 0; at < html.size(); ++at) {
        const std::string_view rest = std::string_view(html).substr(at);
        if (!rest.starts_with(mark_lead) || rest.size() < 3) {
            body.push_back(html[at]);
            continue;
        }
        const std::size_t index = static_cast<unsigned char>(rest[2]) - 0x80U;
        if (index < names.size()) {
            body += html_of_fact(names[index], models::fact(facts, names[index]));
        }
        at += 2;
    }
    return body;
}

std::string subject_line(std::string_view wording, const models::BookingFacts &facts) {
    const std::string filled =
        models::fill_placeholders(wording, [&](std::string_view name) { return models::fact(facts, name); });
    return summarised(clean_text(filled), 200);
}

} // namespace

bool has_placeholder(const models::EmailWording &wording, std::string_view placeholder) {
    bool found = false;
    models::fill_placeholders(wording.message, [&](std::string_view name) {
        found = found || name == placeholder;
        return std::string();
    });
    return found;
}

RenderedEmail render_booking_email(const models::EmailWording &wording, const models::BookingFacts &facts,
                                   const std::vector<EmailLink> &links) {
    const std::string markdown = without_empty_lines(wording.message, facts);
    RenderedEmail email;
    email.subject = subject_line(wording.subject, facts);
    email.plain = plain_text(markdown, facts);
    std::string body = html_body(markdown, facts);
    for (const EmailLink &link : links) {
        email.plain += '\n' + link.label + ":\n" + link.url + '\n';
        body += "<p>" + html_link(link.label, link.url) + "</p>\n";
    }
    Document document("booking_email.tpl");
    Part root = document.root();
    root.text("SUBJECT", email.subject);
    root.markup("BODY", body);
    email.html = document.expand();
    return email;
}

} // namespace studio::site
