// SPDX-License-Identifier: Apache-2.0
// A typed interface to ctemplate's dictionaries, over the compiled-in templates.
#pragma once

#include <string>
#include <string_view>

namespace ctemplate {
class TemplateDictionary;
}

namespace studio::site {

// The values of one template or of one section of it. Cheap to copy; belongs to the Document that made it.
class Part final {
public:
    explicit Part(ctemplate::TemplateDictionary *dictionary) : m_dictionary(dictionary) {}

    // The template escapes the value for the place where it stands. Invalid UTF-8 becomes U+FFFD; control
    // characters are removed.
    void text(const char *name, std::string_view value);
    void number(const char *name, long value);
    // Only for {{NAME:none}}: markup or CSS that this layer made itself.
    void markup(const char *name, const std::string &value);
    // A section {{#NAME}}…{{/NAME}}, shown once for each call.
    Part section(const char *name);
    // Shows section `name` with the value inside under the same name, unless the value is empty.
    void optional(const char *name, std::string_view value);
    // A template included at {{>NAME}}.
    Part include(const char *name, const char *file);

private:
    ctemplate::TemplateDictionary *m_dictionary;
};

// Fills and expands one template. Safe to use from several threads at once, each with its own Document.
class Document final {
public:
    explicit Document(std::string file);
    ~Document();
    Document(const Document &) = delete;
    Document &operator=(const Document &) = delete;

    Part root() { return Part(m_dictionary); }
    // Throws std::logic_error where a template is missing or does not parse, which is a programming error.
    std::string expand() const;

private:
    std::string m_file;
    ctemplate::TemplateDictionary *m_dictionary;
};

} // namespace studio::site
