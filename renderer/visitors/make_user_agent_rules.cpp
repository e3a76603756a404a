// SPDX-License-Identifier: Apache-2.0
// Run while building: make_user_agent_rules REGEXES_YAML CRAWLERS_JSON OUTPUT
// Takes from uap-core's rules those for browsers and operating systems, from crawler-user-agents the patterns
// with the class that their tags mean, and writes both as the tables that user_agent_tables.h declares.
#include <nlohmann/json.hpp>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <exception>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

namespace {

// A C++ string literal in which special characters are octal escapes.
std::string literal(const std::string &text) {
    std::string result = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\' && c != '?') {
            result.push_back(c);
            continue;
        }
        result.push_back('\\');
        for (const int shift : {6, 3, 0}) {
            result.push_back(static_cast<char>('0' + ((byte >> shift) & 7)));
        }
    }
    return result + "\"";
}

void write_names(std::ostream &out, const YAML::Node &rules, const char *table, const char *replacement) {
    out << "const NameRule " << table << "[] = {\n";
    for (const YAML::Node &rule : rules) {
        out << "    {" << literal(rule["regex"].as<std::string>()) << ", "
            << literal(rule[replacement].as<std::string>("")) << "},\n";
    }
    out << "};\nconst std::size_t " << table << "_count = " << rules.size() << ";\n";
}

// The class of an entry, by the most specific of its tags.
std::string class_of(const nlohmann::json &entry) {
    constexpr std::array<std::pair<const char *, const char *>, 7> classes{
        {{"ai-crawler", "Ai"},
         {"search-engine", "Search"},
         {"seo", "Seo"},
         {"monitoring", "Monitoring"},
         {"social-preview", "Social"},
         {"browser-automation", "Headless"},
         {"advertising", "Other"}}};
    const auto tags = entry.value("tags", std::vector<std::string>());
    for (const auto &[tag, name] : classes) {
        if (std::find(tags.begin(), tags.end(), tag) != tags.end()) {
            return name;
        }
    }
    return "Other";
}

void write_bots(std::ostream &out, const nlohmann::json &crawlers) {
    out << "const BotRule bot_rules[] = {\n";
    for (const auto &entry : crawlers) {
        out << "    {" << literal(entry.at("pattern").get<std::string>()) << ", BotClass::" << class_of(entry)
            << "},\n";
    }
    out << "};\nconst std::size_t bot_rules_count = " << crawlers.size() << ";\n";
}

void run(const char *regexes, const char *crawlers, const char *output) {
    const YAML::Node rules = YAML::LoadFile(regexes);
    std::ifstream json(crawlers);
    std::ofstream out(output);
    out << "// Made by make_user_agent_rules from uap-core (Apache-2.0) and crawler-user-agents (MIT).\n"
           "#include \"renderer/visitors/user_agent_tables.h\"\n\nnamespace studio::renderer {\n\n";
    write_names(out, rules["user_agent_parsers"], "browser_rules", "family_replacement");
    write_names(out, rules["os_parsers"], "system_rules", "os_replacement");
    write_bots(out, nlohmann::json::parse(json));
    out << "\n} // namespace studio::renderer\n";
    if (!out.flush()) {
        throw std::runtime_error(std::string("cannot write ") + output);
    }
}

} // namespace

int main(int count, char **arguments) {
    if (count != 4) {
        return 2;
    }
    try {
        run(arguments[1], arguments[2], arguments[3]);
        return 0;
    } catch (const std::exception &error) {
        std::cerr << "make_user_agent_rules: " << error.what() << "\n";
        return 1;
    }
}
