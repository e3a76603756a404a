// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/tenant/ids.h"

#include <QString>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace studio::ui {

// One photo on its way to the platform's store.
struct Upload {
    enum class State {
        Waiting,
        Sending,
        Failed,  // `problem` says why; sent again when a person asks for it
        Missing, // a file is not on this machine: another one has it
        Canceled // not sent until a person asks for it, or the next start
    };
    models::TenantId tenant;
    std::string picture;
    QString name; // for people: the alt text, or that there is none
    QString companion;
    std::string small_file; // key of a small picture of it; "" for none
    State state = State::Waiting;
    std::uint64_t bytes = 0, sent = 0; // of all of its files
    QString problem;
};

struct UploadsState {
    enum class Phase {
        Idle,
        Working,
        Paused,
        NoKeys,       // the bucket's keys are not known here
        NoFolder,     // photos are in the public service's folder, which is not reached from here
        Refused,      // the store does not take the keys or the address
        StoreAway,    // goes on by itself
        DatabaseAway, // the same
    };
    Phase phase = Phase::Idle;
    QString problem;                   // of the phase: what happened and what to do
    QString step_problem;              // of a takedown that could not be carried out yet
    std::vector<Upload> uploads;       // that are not at the platform yet
    int photos = 0, done = 0;          // since none was under way; photos count those that are done
    std::uint64_t bytes = 0, sent = 0; // of them
    double speed = 0;                  // bytes a second, over the last three seconds
    std::optional<std::chrono::seconds> left;
    bool is_quiet = false; // photos are being sent, and for five seconds no byte went

    // Photos that go on by themselves.
    int under_way() const;
};

} // namespace studio::ui
