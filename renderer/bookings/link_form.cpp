// SPDX-License-Identifier: Apache-2.0
#include "renderer/bookings/link_form.h"

#include "base/text.h"
#include "models/booking/booking_request.h"
#include "models/booking/booking_time_text.h"
#include "models/values/zoned_time.h"

#include <algorithm>
#include <array>

namespace studio::renderer {

namespace {

constexpr std::array<std::string_view, 5> client_actions{"agree", "refuse", "answer", "ask_move", "cancel"};
constexpr std::array<std::string_view, 4> companion_actions{"accept", "decline", "propose", "move"};
constexpr std::size_t max_words = 4000;

} // namespace

LinkForm::LinkForm(std::string_view body) : m_fields(models::read_form(body)) {}

const std::string &LinkForm::value(std::string_view name) const {
    static const std::string none;
    const auto found = std::find_if(m_fields.begin(), m_fields.end(),
                                    [name](const auto &field) { return field.first == name; });
    return found == m_fields.end() ? none : found->second;
}

std::string LinkForm::words() const {
    std::string words = base::clean_prose(value("message"));
    std::erase_if(words, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == 0x7F || (byte < 0x20 && c != '\n' && c != '\t');
    });
    return words;
}

int LinkForm::version() const {
    const std::string &text = value("version");
    const bool number =
        !text.empty() && text.size() <= 9 && text.find_first_not_of("0123456789") == std::string::npos;
    return number ? std::stoi(text) : -1;
}

std::string LinkForm::read_start(const std::string &zone, base::Time now, base::Time &start) const {
    const auto local = models::read_typed_time(base::clean_line(value("start")));
    if (!local) {
        return "Please enter the new start as a day and a time, such as 14 March 2027, 20:00.";
    }
    const models::ResolvedTime time = models::resolve_local_time(*local, zone);
    if (time.kind == models::LocalTimeKind::Skipped) {
        return "That time does not exist on that day: the clocks are put forward then.";
    }
    if (time.at <= now || time.at > now + models::max_days_ahead) {
        return "Please enter a start within the next two years.";
    }
    start = time.at;
    return {};
}

std::string LinkForm::wrong_with(const std::string &words) {
    if (!base::is_valid_utf8(words)) {
        return "That contains characters that could not be read: please type it again.";
    }
    return base::character_count(words) > max_words ? "That is too long: at most 4000 characters." : "";
}

bool LinkForm::is_for_client(std::string_view action) {
    return std::find(client_actions.begin(), client_actions.end(), action) != client_actions.end();
}

bool LinkForm::is_for_companion(std::string_view action) {
    return std::find(companion_actions.begin(), companion_actions.end(), action) != companion_actions.end();
}

} // namespace studio::renderer
