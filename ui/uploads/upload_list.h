// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/uploads/upload_speed.h"
#include "ui/uploads/uploads_state.h"
#include "ui/uploads/waiting_photos.h"

#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

namespace studio::ui {

// The photos of the queue and how far each is. For one thread at a time.
class UploadList final {
public:
    struct Item {
        WaitingPhoto photo;
        Upload upload;
        std::stop_source stop; // of its sending
    };

    // What the database says is missing. What is sent at the moment and what a person canceled stays so.
    void update(std::vector<WaitingPhoto> waiting);
    // The next one that waits, from now on as sending.
    std::optional<Item> take_next();
    void set_sent(const std::string &picture, std::uint64_t sent);
    void done(const std::string &picture);
    void leave_out(const std::string &picture); // it was taken out of the store again
    void put_back(const std::string &picture, Upload::State state, const std::string &problem = {});
    void cancel(const std::string &picture);
    void retry(const std::string &picture); // "" for all that failed, are missing or canceled
    void break_off();                       // all that are being sent; they wait again
    bool is_canceled(const std::string &picture) const;
    bool has_waiting() const;
    std::vector<Item> items() const { return m_items; }

    // Of the list; the engine adds the phase.
    UploadsState state(UploadSpeed::Clock::time_point now) const;

private:
    Item *find(const std::string &picture);
    std::uint64_t total_sent() const;

    std::vector<Item> m_items;
    UploadSpeed m_speed;
    int m_done = 0;
    std::uint64_t m_done_bytes = 0;
    UploadSpeed::Clock::time_point m_moved; // when the last byte went
};

} // namespace studio::ui
