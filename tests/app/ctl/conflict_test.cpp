// SPDX-License-Identifier: Apache-2.0
#include "tests/app/ctl/companionctl.h"
#include "tests/support/eventually.h"

#include <gmock/gmock.h>
#include <pqxx/pqxx>

#include <chrono>
#include <future>

using namespace studio::ctl_tests;
using testing::HasSubstr;

namespace {

// Delays every save until two of them wait, so that both have read the same latest revision.
class SavesHeldBack final {
public:
    SavesHeldBack() : m_connection(owner_url()), m_work(m_connection) {
        m_work.exec("LOCK TABLE revisions IN EXCLUSIVE MODE");
    }

    bool wait_for(int saves) {
        return studio::test_support::eventually(
            [&] {
                const auto waiting = m_work.exec1("SELECT count(*) FROM pg_locks WHERE NOT granted AND "
                                                  "relation = 'revisions'::regclass");
                return waiting[0].as<int>() >= saves;
            },
            std::chrono::seconds(30));
    }

    void let_go() { m_work.commit(); }

private:
    static std::string owner_url() {
        workspace();
        return answer({"workspace", "status"})["logins"]["owner"];
    }

    pqxx::connection m_connection;
    pqxx::work m_work;
};

} // namespace

TEST(Conflict, OfTwoWhoSaveAtOnceOneIsToldAndNothingIsOverwritten) {
    make_tenant("twice");
    const auto before = answer({"revision", "list", "twice"}).size();
    SavesHeldBack hold;
    const auto set = [](const char *words) {
        return std::async(std::launch::async, [words] {
            return ctl({"tenant", "set", "twice", "content.tagline", words});
        });
    };
    auto first = set("The first"), second = set("The second");
    const bool both_wait = hold.wait_for(2);
    hold.let_go();
    const Answer one = first.get(), other = second.get();
    ASSERT_TRUE(both_wait) << one.err << other.err;
    EXPECT_EQ(one.exit_code + other.exit_code, 1);
    const Answer &refused = one.exit_code == 0 ? other : one;
    EXPECT_EQ(refused.out, "");
    EXPECT_THAT(refused.err, HasSubstr("Someone else saved"));
    EXPECT_EQ(answer({"revision", "list", "twice"}).size(), before + 1);
    EXPECT_EQ(answer({"tenant", "show", "twice", "content.tagline"}),
              one.exit_code == 0 ? "The first" : "The second");
}
