// SPDX-License-Identifier: Apache-2.0
#include "ui/uploads/upload_list.h"

#include <algorithm>
#include <cmath>

namespace studio::ui {

namespace {

constexpr std::chrono::seconds quiet_after(5);

UploadList::Item item_of(WaitingPhoto photo) {
    UploadList::Item item;
    item.upload.tenant = photo.tenant;
    item.upload.picture = photo.picture;
    item.upload.name = QString::fromStdString(photo.name);
    item.upload.companion = QString::fromStdString(photo.companion);
    item.upload.small_file = photo.small_file;
    for (const auto &file : photo.files) {
        item.upload.bytes += file.bytes;
    }
    item.photo = std::move(photo);
    return item;
}

bool goes_on(Upload::State state) {
    return state == Upload::State::Waiting || state == Upload::State::Sending;
}

} // namespace

int UploadsState::under_way() const {
    return static_cast<int>(
        std::ranges::count_if(uploads, [](const Upload &upload) { return goes_on(upload.state); }));
}

void UploadList::update(std::vector<WaitingPhoto> waiting) {
    if (std::ranges::none_of(m_items, [](const Item &item) { return goes_on(item.upload.state); })) {
        m_done = 0;
        m_done_bytes = 0;
        m_speed = {};
    }
    std::vector<Item> items;
    for (auto &photo : waiting) {
        if (const auto *known = find(photo.picture)) {
            items.push_back(*known);
            if (known->upload.state == Upload::State::Sending) {
                continue;
            }
            items.back() = item_of(std::move(photo));
            if (known->upload.state != Upload::State::Missing) { // a missing file may be there by now
                items.back().upload.state = known->upload.state;
                items.back().upload.problem = known->upload.problem;
            }
        } else {
            items.push_back(item_of(std::move(photo)));
        }
    }
    for (const auto &item : m_items) { // the others were sent by another studio, or nobody may see them
        const bool is_listed = std::ranges::any_of(
            items, [&](const Item &each) { return each.upload.picture == item.upload.picture; });
        if (!is_listed && item.upload.state == Upload::State::Sending) {
            items.push_back(item);
        }
    }
    m_items = std::move(items);
}

std::optional<UploadList::Item> UploadList::take_next() {
    const auto next = std::ranges::find_if(
        m_items, [](const Item &item) { return item.upload.state == Upload::State::Waiting; });
    if (next == m_items.end()) {
        return std::nullopt;
    }
    next->upload.state = Upload::State::Sending;
    next->upload.problem.clear();
    next->stop = {};
    m_moved = UploadSpeed::Clock::now();
    return *next;
}

void UploadList::set_sent(const std::string &picture, std::uint64_t sent) {
    if (auto *item = find(picture)) {
        m_moved = UploadSpeed::Clock::now();
        item->upload.sent = std::min(sent, item->upload.bytes);
        m_speed.note(total_sent(), UploadSpeed::Clock::now());
    }
}

void UploadList::done(const std::string &picture) {
    if (const auto *item = find(picture)) {
        m_moved = UploadSpeed::Clock::now();
        ++m_done;
        m_done_bytes += item->upload.bytes;
        std::erase_if(m_items, [&](const Item &each) { return each.upload.picture == picture; });
        m_speed.note(total_sent(), UploadSpeed::Clock::now());
    }
}

void UploadList::leave_out(const std::string &picture) {
    std::erase_if(m_items, [&](const Item &each) { return each.upload.picture == picture; });
}

void UploadList::put_back(const std::string &picture, Upload::State state, const std::string &problem) {
    if (auto *item = find(picture)) {
        item->upload.sent = 0;
        item->upload.problem = QString::fromStdString(problem);
        if (item->upload.state != Upload::State::Canceled) {
            item->upload.state = state;
        }
    }
}

void UploadList::cancel(const std::string &picture) {
    if (auto *item = find(picture)) {
        item->upload.state = Upload::State::Canceled;
        item->upload.problem.clear();
        item->stop.request_stop();
    }
}

void UploadList::retry(const std::string &picture) {
    for (auto &item : m_items) {
        if ((picture.empty() || item.upload.picture == picture) && !goes_on(item.upload.state)) {
            item.upload.state = Upload::State::Waiting;
            item.upload.problem.clear();
        }
    }
}

void UploadList::break_off() {
    for (auto &item : m_items) {
        if (item.upload.state == Upload::State::Sending) {
            item.stop.request_stop();
        }
    }
}

bool UploadList::is_canceled(const std::string &picture) const {
    return std::ranges::any_of(m_items, [&](const Item &item) {
        return item.upload.picture == picture && item.upload.state == Upload::State::Canceled;
    });
}

bool UploadList::has_waiting() const {
    return std::ranges::any_of(m_items,
                               [](const Item &item) { return item.upload.state == Upload::State::Waiting; });
}

UploadsState UploadList::state(UploadSpeed::Clock::time_point now) const {
    UploadsState state;
    state.photos = state.done = m_done;
    state.bytes = state.sent = m_done_bytes;
    for (const auto &item : m_items) {
        state.uploads.push_back(item.upload);
        if (goes_on(item.upload.state)) {
            ++state.photos;
            state.bytes += item.upload.bytes;
            state.sent += item.upload.sent;
        }
    }
    state.is_quiet = now - m_moved > quiet_after && std::ranges::any_of(m_items, [](const Item &item) {
                         return item.upload.state == Upload::State::Sending;
                     });
    state.speed = m_speed.at(now);
    if (state.speed > 0 && state.bytes > state.sent) {
        state.left = std::chrono::seconds(
            std::llround(std::ceil(static_cast<double>(state.bytes - state.sent) / state.speed)));
    }
    return state;
}

UploadList::Item *UploadList::find(const std::string &picture) {
    const auto found =
        std::ranges::find_if(m_items, [&](const Item &item) { return item.upload.picture == picture; });
    return found == m_items.end() ? nullptr : &*found;
}

std::uint64_t UploadList::total_sent() const {
    std::uint64_t sent = m_done_bytes;
    for (const auto &item : m_items) {
        sent += item.upload.sent;
    }
    return sent;
}

} // namespace studio::ui
