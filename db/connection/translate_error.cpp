// SPDX-License-Identifier: Apache-2.0
#include "db/connection/translate_error.h"

#include <pqxx/pqxx>

#include <regex>
#include <string_view>
#include <utility>

namespace studio::db {

namespace {

struct ServerText {
    std::string sqlstate, message, constraint;
};

// Verbose libpq text: "ERROR:  23505: message\nDETAIL:  …\nCONSTRAINT NAME:  x\nLOCATION:  …".
ServerText read(const std::string &text) {
    ServerText result;
    static const std::regex head("(?:ERROR|FATAL|PANIC):  (?:([0-9A-Z]{5}): )?");
    static const std::regex tail(
        "\n(?:DETAIL|HINT|CONTEXT|LINE \\d+|QUERY|SCHEMA NAME|TABLE NAME|COLUMN NAME|"
        "DATATYPE NAME|CONSTRAINT NAME|LOCATION|STATEMENT|FATAL|ERROR|server closed)");
    static const std::regex constraint("CONSTRAINT NAME:  (\\S+)");
    std::smatch match;
    std::string rest = text;
    if (std::regex_search(text, match, head)) {
        result.sqlstate = match[1];
        rest = match.suffix();
    }
    if (std::regex_search(text, match, constraint)) {
        result.constraint = match[1];
    }
    if (std::regex_search(rest, match, tail)) {
        rest = match.prefix();
    }
    while (!rest.empty() && (rest.back() == '\n' || rest.back() == ' ')) {
        rest.pop_back();
    }
    result.message = rest;
    return result;
}

constexpr std::pair<std::string_view, std::string_view> constraint_sentences[] = {
    {"tenants_subdomain_taken", "Another companion already has that subdomain."},
    {"tenants_custom_domain_taken", "Another companion already has that domain."},
    {"tenants_subdomain_shape",
     "A subdomain is 1 to 50 letters a to z, digits and hyphens, with no hyphen at either "
     "end, and does not begin with \"preview-\"."},
    {"tenants_subdomain_reserved", "That subdomain is reserved for the platform."},
    {"tenants_custom_domain_shape",
     "A custom domain is a host name like clairehamilton.com.au, in lower case, with no "
     "port and no path."},
    {"tenants_name_shape", "A name must not be empty or contain line breaks."},
    {"tenants_status_value", "A status must be active, inactive or preview."},
    {"accounts_pkey", "That login name is taken."},
    {"accounts_login_shape",
     "A login name is 2 to 40 lower-case letters, digits and \"_\", begins with a letter, and "
     "does not begin with pg_ or studio_."},
    {"accounts_display_name_shape", "A display name must not be empty or contain line breaks."},
    {"accounts_tenant_of_companion",
     "A companion's account belongs to one companion, other accounts to none."},
    {"accounts_tenant_id_fkey", "There is no such companion."},
    {"revisions_number_taken", "Someone else saved in the meantime."},
    {"revisions_base", "The revision that this one builds on does not exist."},
    {"revisions_tenant_id_fkey", "There is no such companion."},
    {"revisions_size", "A document can be at most 1 MB."},
    {"revisions_are_objects", "Theme, content and photos must each be a JSON object."},
    {"identity_verifications_document_kind",
     "A document type must be passport, driver_licence, national_id or proof_of_age_card."},
    {"ab_tests_one_active", "Another test of the same element is running: stop or pause it first."},
    {"webhooks_url_once", "This companion already has a webhook with that address."},
    {"webhooks_url_shape", "A webhook needs an address that begins with https:// or http://."},
    {"tours_one_at_a_time", "The companion is on another tour on one of these days."},
    {"tours_order", "A tour's last day must not be before its first day, nor a year or more after it."},
    {"bookings_no_overlap", "Another booking has that time."},
    {"photo_releases_days", "The last day of a release must not be before its first day."},
    {"photos_people", "The number of people in a photo must be from 0 to 1000."},
    {"photos_picture", "A photo of the library must have an address that begins with /media/."},
    {"photos_size", "What is said of a photo can be at most 30 kB."},
    {"photo_files_key", "The key of a photo's file must be folders and a name of letters, digits, dots and "
                        "dashes, with slashes between them."},
    {"share_links_validity", "A share link is valid for at most 90 days."},
};

std::string sentence_for(const ServerText &text) {
    for (const auto &[constraint, sentence] : constraint_sentences) {
        if (constraint == text.constraint) {
            return std::string(sentence);
        }
    }
    return text.message;
}

ErrorKind kind_of(const std::string &state) {
    if (state.starts_with("08") || state.starts_with("57P") || state == "53300") {
        return ErrorKind::Unreachable;
    }
    if (state == "23505" || state == "40001" || state == "40P01" || state == "55P03" || state == "23P01") {
        return ErrorKind::Conflict;
    }
    if (state == "P0002") {
        return ErrorKind::NotFound;
    }
    if (state == "42501" || state.starts_with("28")) {
        return ErrorKind::Forbidden;
    }
    if (state.starts_with("22") || state.starts_with("23")) {
        return ErrorKind::Invalid;
    }
    return ErrorKind::Other;
}

std::string generic_sentence(ErrorKind kind, const std::string &state, const std::string &message) {
    if (kind == ErrorKind::Unreachable) {
        return "The connection to the database was lost, so it is unknown whether the last change was saved.";
    }
    if (state == "42501" &&
        (message.starts_with("permission denied") || message.starts_with("new row violates"))) {
        return "This account is not allowed to do that.";
    }
    if (state == "40001" || state == "40P01" || state == "55P03") {
        return "Someone else is changing the same thing right now. Nothing was changed; try again.";
    }
    if (state == "57014") {
        return "The database stopped the request because it took too long or was cancelled. Nothing was "
               "changed.";
    }
    if (state == "53100") {
        return "The database's disk is full. Nothing was changed; free some space and try again.";
    }
    if (state == "42P01" || state == "42883" || state == "42703" || state == "3F000") {
        return "The database's schema does not match this program: apply its migrations.";
    }
    if (state == "25006") {
        return "The database accepts no changes at the moment: it is a stand-by or in read-only mode.";
    }
    if (state == "22021" || state == "22P05") {
        return "The text contains characters that the database cannot store.";
    }
    return {};
}

bool contains(const std::string &text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

Error server_error(const std::string &sqlstate, const std::string &text) {
    ServerText parts = read(text);
    if (!sqlstate.empty()) {
        parts.sqlstate = sqlstate;
    }
    const ErrorKind kind = kind_of(parts.sqlstate);
    std::string sentence = generic_sentence(kind, parts.sqlstate, parts.message);
    if (sentence.empty()) {
        sentence = sentence_for(parts);
    }
    if (kind == ErrorKind::Other && parts.sqlstate != "P0001" && sentence == parts.message) {
        sentence = "The database refused: " + sentence;
    }
    return Error(kind, sentence, parts.sqlstate, parts.constraint);
}

Error connect_error(const std::string &text) {
    static const std::regex spaces("\\s+");
    const std::string message = std::regex_replace(read(text).message, spaces, " ");
    if (contains(message, "is not permitted to log in")) {
        return Error(ErrorKind::Forbidden, "This account is disabled. Ask an operator to enable it again.",
                     "28000");
    }
    if (contains(message, "password authentication failed") || contains(message, "no password supplied") ||
        contains(message, "no pg_hba.conf entry")) {
        return Error(ErrorKind::Forbidden, "The database refused the login: user name or password is wrong.",
                     "28P01");
    }
    if (contains(message, "permission denied for database")) {
        return Error(ErrorKind::Forbidden, "This account has no access to this database.", "42501");
    }
    if (contains(message, "database \"") && contains(message, "does not exist")) {
        return Error(ErrorKind::Other, "The database server has no such database: " + message + ".", "3D000");
    }
    // libpq appends a question meant for administrators.
    const std::string reason = message.substr(0, message.find(" Is the server running"));
    return Error(ErrorKind::Unreachable, "The database cannot be reached: " + reason + ".");
}

void rethrow_as_error(bool connected) {
    try {
        throw;
    } catch (const Error &) {
        throw;
    } catch (const pqxx::in_doubt_error &) {
        throw server_error("08007", "");
    } catch (const pqxx::broken_connection &failure) {
        throw server_error("08006", failure.what());
    } catch (const pqxx::deadlock_detected &failure) {
        throw server_error("40P01", failure.what());
    } catch (const pqxx::serialization_failure &failure) {
        throw server_error("40001", failure.what());
    } catch (const pqxx::sql_error &failure) {
        if (!connected && !failure.sqlstate().starts_with("57P")) {
            throw server_error("08006", failure.what());
        }
        throw server_error(failure.sqlstate(), failure.what());
    } catch (const pqxx::failure &failure) {
        throw server_error(connected ? "" : "08006", failure.what());
    } catch (const pqxx::pqxx_exception &failure) {
        throw Error(ErrorKind::Other,
                    std::string("The database answered unexpectedly: ") + failure.base().what());
    }
}

} // namespace studio::db
