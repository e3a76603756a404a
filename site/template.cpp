// SPDX-License-Identifier: Apache-2.0
#include "site/template.h"

#include "site/embedded.h"
#include "site/text.h"

#include <ctemplate/template.h>

#include <stdexcept>

namespace studio::site {

namespace {

const ctemplate::TemplateCache &templates() {
    static const ctemplate::TemplateCache *const cache = [] {
        auto *built = new ctemplate::TemplateCache;
        for (const EmbeddedFile &file : embedded_files()) {
            if (file.kind != EmbeddedKind::Template) {
                continue;
            }
            const std::string name(file.name);
            if (!built->StringToTemplateCache(name, file.bytes.data(), file.bytes.size(),
                                              ctemplate::STRIP_WHITESPACE)) {
                throw std::logic_error("template does not parse: " + name);
            }
        }
        built->Freeze();
        return built;
    }();
    return *cache;
}

ctemplate::TemplateString view(std::string_view text) {
    return {text.data(), text.size()};
}

} // namespace

void Part::text(const char *name, std::string_view value) {
    const std::string cleaned = clean_text(value);
    m_dictionary->SetValue(name, cleaned);
}

void Part::number(const char *name, long value) {
    m_dictionary->SetIntValue(name, value);
}

void Part::markup(const char *name, const std::string &value) {
    m_dictionary->SetValue(name, view(value));
}

Part Part::section(const char *name) {
    return Part(m_dictionary->AddSectionDictionary(name));
}

void Part::optional(const char *name, std::string_view value) {
    if (!value.empty()) {
        section(name).text(name, value);
    }
}

Part Part::include(const char *name, const char *file) {
    ctemplate::TemplateDictionary *included = m_dictionary->AddIncludeDictionary(name);
    included->SetFilename(file);
    return Part(included);
}

Document::Document(std::string file)
    : m_file(std::move(file)), m_dictionary(new ctemplate::TemplateDictionary(m_file)) {}

Document::~Document() {
    delete m_dictionary;
}

std::string Document::expand() const {
    std::string result;
    result.reserve(64 * 1024);
    if (!templates().ExpandNoLoad(m_file, ctemplate::STRIP_WHITESPACE, m_dictionary, nullptr, &result)) {
        throw std::logic_error("template cannot be expanded: " + m_file);
    }
    return result;
}

} // namespace studio::site
