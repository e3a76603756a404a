// SPDX-License-Identifier: Apache-2.0
#include "tests/support/radosgw.h"
#include "tests/ui/uploads/upload_desk.h"
#include "ui/uploads/upload_list.h"
#include "ui/uploads/upload_speed.h"
#include "ui/uploads/upload_status.h"
#include "ui/uploads/upload_words.h"
#include "ui/uploads/uploads_panel.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

using namespace studio;
using namespace studio::ui;
using test_support::patience_ms;
using test_support::Radosgw;
using test_support::UploadDesk;
using Phase = UploadsState::Phase;

namespace {

bool reaches(const UploadQueue &queue, Phase phase) {
    return QTest::qWaitFor([&] { return queue.state().phase == phase; }, patience_ms);
}

db::PhotoRelease anna(const models::TenantId &tenant, const std::string &picture) {
    db::PhotoRelease release;
    release.tenant_id = tenant;
    release.photo_url = picture + "-480.webp";
    release.person = "Anna";
    return release;
}

} // namespace

namespace {

// Takes connections and answers nothing, as a store behind a hanging network does.
class SilentStore {
public:
    SilentStore() : m_socket(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof(address);
        auto *general = reinterpret_cast<sockaddr *>(&address);
        if (::bind(m_socket, general, length) == 0 && ::listen(m_socket, 8) == 0 &&
            ::getsockname(m_socket, general, &length) == 0) {
            m_port = ntohs(address.sin_port);
        }
    }
    ~SilentStore() { ::close(m_socket); }
    SilentStore(const SilentStore &) = delete;
    SilentStore &operator=(const SilentStore &) = delete;
    int port() const { return m_port; }
    bool is_asked() const {
        pollfd waits{m_socket, POLLIN, 0};
        return ::poll(&waits, 1, 0) > 0;
    }

private:
    int m_socket, m_port = 0;
};

} // namespace

class UploadsTest final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { Radosgw::instance(); }

    void five_photos_go_and_are_public() {
        UploadDesk desk("five-photos");
        for (int number = 1; number <= 5; ++number) {
            desk.add(number);
        }
        const auto queue = desk.queue();
        queue->start();
        QVERIFY(desk.sent_all());
        for (int number = 1; number <= 5; ++number) {
            QVERIFY(desk.is_public(number));
        }
        QTRY_COMPARE_WITH_TIMEOUT(queue->state().done, 5, patience_ms);
        QVERIFY(queue->state().uploads.empty());
    }

    void a_queue_that_ended_early_is_followed_by_one_that_sends_the_rest_only() {
        UploadDesk desk("the-rest");
        for (int number = 1; number <= 20; ++number) {
            desk.add(number, 2'000'000);
        }
        auto queue = desk.queue();
        queue->start();
        QVERIFY(QTest::qWaitFor([&] { return desk.left() < 20; }, patience_ms));
        queue.reset();
        const int left = desk.left();
        QVERIFY(left > 0);
        queue = desk.queue();
        int asked = 0; // the most that the second one had to send
        connect(queue.get(), &UploadQueue::changed, this,
                [&] { asked = std::max(asked, queue->state().photos); });
        queue->start();
        QVERIFY(desk.sent_all());
        QTRY_VERIFY_WITH_TIMEOUT(queue->state().uploads.empty() && asked > 0, patience_ms);
        QCOMPARE(asked, left);
        QVERIFY(desk.is_public(20));
    }

    void a_wrong_secret_is_said_with_what_to_change_and_nothing_is_lost() {
        UploadDesk desk("wrong-secret");
        desk.add(1);
        auto wrong = media::s3::radosgw_keys();
        wrong.secret = "another";
        const auto queue = desk.queue(wrong);
        UploadsPanel panel(*queue);
        queue->start();
        QVERIFY(reaches(*queue, Phase::Refused));
        QVERIFY(panel.findChild<QLabel *>("uploads.problem")->text().contains("secret"));
        QVERIFY(panel.findChild<QLabel *>("uploads.problem")->text().contains("Settings"));
        QVERIFY(QFile::exists(desk.path(1)));
        QCOMPARE(desk.left(), 1);
        queue->set_keys(desk.address, media::s3::radosgw_keys());
        QVERIFY(desk.sent_all());
    }

    void what_the_database_refuses_is_said_as_it_is() {
        UploadDesk desk("refused-login");
        UploadQueue queue({desk.database.staff_url(), desk.root().toStdString(), ""});
        queue.set_keys(desk.address, media::s3::radosgw_keys());
        queue.start();
        QVERIFY(reaches(queue, Phase::Refused));
        QVERIFY(!uploads_problem(queue.state()).contains("not responding"));
    }

    void without_keys_it_says_who_enters_them() {
        UploadDesk desk("no-keys");
        desk.add(1);
        const auto queue = desk.queue(std::nullopt);
        queue->start();
        QVERIFY(reaches(*queue, Phase::NoKeys));
        QVERIFY(uploads_problem(queue->state()).contains("keys"));
        UploadsPanel panel(*queue);
        auto *settings = panel.findChild<QPushButton *>("uploads.settings");
        QVERIFY2(!settings->isVisibleTo(&panel), "it is for who may change the store");
        panel.offer_settings();
        QVERIFY(settings->isVisibleTo(&panel));
        QSignalSpy wanted(&panel, &UploadsPanel::settings_wanted);
        settings->click();
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(desk.left(), 1);
    }

    void a_store_that_takes_the_connection_and_says_nothing_hides_no_photo() {
        UploadDesk desk("silent");
        const SilentStore silent;
        QVERIFY(silent.port() > 0);
        auto address = desk.address;
        address.endpoint = "http://127.0.0.1:" + std::to_string(silent.port());
        address.public_url.clear();
        db::PlatformStore(desk.session).set_photo_store({address});
        const auto queue = desk.queue();
        queue->set_keys(address, media::s3::radosgw_keys());
        queue->start();
        QTRY_VERIFY_WITH_TIMEOUT(silent.is_asked(), patience_ms);
        desk.add(1);
        queue->look();
        QTRY_COMPARE_WITH_TIMEOUT(queue->state().uploads.size(), std::size_t{1}, 30000);
        QVERIFY(reaches(*queue, Phase::StoreAway));
        QVERIFY(!uploads_line(queue->state()).isEmpty());
    }

    void it_goes_on_by_itself_when_the_gateway_is_back() {
        UploadDesk desk("gateway-back");
        desk.add(1);
        Radosgw::instance().stop_gateway();
        const auto queue = desk.queue();
        queue->start();
        const bool said = reaches(*queue, Phase::StoreAway);
        Radosgw::instance().start_gateway();
        QVERIFY(said);
        QVERIFY(desk.sent_all());
        QVERIFY(desk.is_public(1));
    }

    void a_paused_queue_sends_nothing_until_it_continues() {
        UploadDesk desk("paused");
        const auto queue = desk.queue();
        queue->pause();
        queue->start();
        desk.add(1);
        queue->look();
        QVERIFY(QTest::qWaitFor([&] { return queue->state().under_way() == 1; }, patience_ms));
        QVERIFY(reaches(*queue, Phase::Paused));
        QVERIFY(!desk.is_there(1));
        UploadsPanel panel(*queue);
        panel.findChild<QPushButton *>("uploads.pause")->click();
        QVERIFY(desk.sent_all());
    }

    void a_canceled_photo_stays_until_it_is_tried_again() {
        UploadDesk desk("canceled");
        const auto picture = desk.add(1);
        const auto queue = desk.queue();
        queue->pause();
        queue->start();
        QVERIFY(QTest::qWaitFor([&] { return queue->state().under_way() == 1; }, patience_ms));
        queue->cancel(picture);
        desk.add(2);
        queue->resume();
        QVERIFY(QTest::qWaitFor([&] { return desk.left() == 1; }, patience_ms));
        QVERIFY(desk.is_there(2));
        QVERIFY(!desk.is_there(1));
        UploadsPanel panel(*queue);
        panel.findChild<QPushButton *>(QString::fromStdString("uploads.retry:" + picture))->click();
        QVERIFY(desk.sent_all());
    }

    void a_vanished_file_is_named_and_the_others_go() {
        UploadDesk desk("vanished");
        desk.add(1);
        desk.add(2);
        QVERIFY(QFile::remove(desk.path(1)));
        const auto queue = desk.queue();
        queue->start();
        QVERIFY(QTest::qWaitFor([&] { return desk.left() == 1; }, patience_ms));
        QTRY_COMPARE_WITH_TIMEOUT(queue->state().uploads.size(), std::size_t{1}, patience_ms);
        const auto &upload = queue->state().uploads.front();
        QCOMPARE(upload.state, Upload::State::Missing);
        QCOMPARE(upload.name, QString("Photo 1"));
        QVERIFY(!upload.companion.isEmpty());
        QVERIFY2(upload.problem.contains("not on this computer"), qPrintable(upload.problem));
        QVERIFY2(uploads_problem(queue->state()).startsWith("Photo 1 (" + upload.companion + "): "),
                 qPrintable(uploads_problem(queue->state())));
        UploadsPanel panel(*queue);
        const auto picture = QString::fromStdString(upload.picture);
        QCOMPARE(panel.findChild<QLabel *>("uploads.words:" + picture)->text(), upload.problem);
        QVERIFY2(panel.findChild<QLabel *>("uploads.problem")->text().isEmpty(), "it is said once");
    }

    void two_studios_may_send_the_same_photo() {
        UploadDesk desk("two-studios");
        desk.add(1, 4'000'000);
        const auto one = desk.queue();
        const auto other = desk.queue();
        one->start();
        other->start();
        QVERIFY(desk.sent_all());
        QVERIFY(desk.is_public(1));
        one->look();
        other->look();
        QTRY_VERIFY_WITH_TIMEOUT(one->state().uploads.empty() && other->state().uploads.empty(), patience_ms);
    }

    void a_paused_photo_is_sent_once_it_is_resumed() {
        UploadDesk desk("hidden");
        db::PhotoLibrary library(desk.session);
        const auto picture = desk.add(1);
        library.pause(desk.database.tenant_id(), picture);
        desk.add(2);
        const auto queue = desk.queue();
        queue->start();
        QVERIFY(QTest::qWaitFor([&] { return desk.left() == 1; }, patience_ms));
        QTRY_VERIFY_WITH_TIMEOUT(queue->state().uploads.empty(), patience_ms);
        QVERIFY(!desk.is_there(1));
        library.resume(desk.database.tenant_id(), picture);
        queue->look();
        QVERIFY(desk.sent_all());
        QVERIFY(desk.is_public(1));
    }

    // One of two releases is withdrawn: the other one alone does not bring the photo back.
    void a_photo_whose_release_was_withdrawn_is_not_sent_while_another_one_counts() {
        UploadDesk desk("withdrawn");
        const auto tenant = desk.database.tenant_id();
        const auto picture = desk.add(1);
        db::ComplianceStore compliance(desk.session);
        compliance.record_release(tenant, picture + "-480.webp");
        compliance.record_person_release(anna(tenant, picture));
        compliance.withdraw_person_release(tenant, picture + "-480.webp", "Anna");
        desk.carry_out_elsewhere();
        desk.add(2);
        const auto queue = desk.queue();
        queue->start();
        QVERIFY(QTest::qWaitFor([&] { return desk.left() == 1; }, patience_ms));
        QTRY_VERIFY_WITH_TIMEOUT(queue->state().uploads.empty(), patience_ms);
        QVERIFY(!desk.is_there(1));
        // Nor when its steps are gone, which are kept for 24 months.
        desk.forget_steps();
        queue->look();
        desk.add(3);
        queue->look();
        QVERIFY(QTest::qWaitFor([&] { return desk.left() == 1; }, patience_ms));
        QTRY_VERIFY_WITH_TIMEOUT(queue->state().uploads.empty(), patience_ms);
        QVERIFY(!desk.is_there(1));
    }

    void a_release_that_is_withdrawn_while_the_photo_is_on_its_way_keeps_it_away_data() {
        QTest::addColumn<bool>("takes_down");
        QTest::newRow("withdrawn") << false;
        QTest::newRow("taken down") << true;
    }
    void a_release_that_is_withdrawn_while_the_photo_is_on_its_way_keeps_it_away() {
        QFETCH(bool, takes_down);
        UploadDesk desk(takes_down ? "down-on-its-way" : "withdrawn-on-its-way");
        const auto tenant = desk.database.tenant_id();
        const auto picture = desk.add(1);
        db::ComplianceStore compliance(desk.session);
        compliance.record_release(tenant, picture + "-480.webp");
        Radosgw::instance().freeze_gateway();
        const auto queue = desk.queue();
        queue->start();
        const bool waits = QTest::qWaitFor([&] { return queue->state().under_way() == 1; }, patience_ms);
        if (takes_down) {
            db::PhotoLibrary(desk.session).take_down(tenant, picture);
        } else {
            compliance.withdraw_release(tenant, picture + "-480.webp");
        }
        desk.carry_out_elsewhere();
        Radosgw::instance().thaw_gateway();
        QVERIFY(waits);
        QTRY_VERIFY_WITH_TIMEOUT(queue->state().uploads.empty() && queue->state().phase == Phase::Idle,
                                 patience_ms);
        QVERIFY(!desk.is_there(1));
        QCOMPARE(desk.left(), takes_down ? 0 : 1);
    }

    void a_pause_while_the_photo_is_on_its_way_hides_it() {
        UploadDesk desk("paused-on-its-way");
        const auto picture = desk.add(1);
        Radosgw::instance().freeze_gateway();
        const auto queue = desk.queue();
        queue->start();
        const bool waits = QTest::qWaitFor([&] { return queue->state().under_way() == 1; }, patience_ms);
        db::PhotoLibrary(desk.session).pause(desk.database.tenant_id(), picture);
        desk.carry_out_elsewhere();
        Radosgw::instance().thaw_gateway();
        QVERIFY(waits);
        QVERIFY(desk.sent_all());
        QTRY_VERIFY_WITH_TIMEOUT(!desk.is_public(1), patience_ms);
        QVERIFY(desk.is_there(1));
    }

    void a_takedown_while_the_gateway_is_away_is_finished_later() {
        UploadDesk desk("takedown");
        const auto picture = desk.add(1);
        const auto queue = desk.queue();
        queue->start();
        QVERIFY(desk.sent_all());
        QVERIFY(desk.is_there(1));
        Radosgw::instance().stop_gateway();
        db::PhotoLibrary library(desk.session);
        library.take_down(desk.database.tenant_id(), picture);
        queue->look();
        const bool said = reaches(*queue, Phase::StoreAway);
        const auto steps = library.steps(desk.database.tenant_id(), picture);
        Radosgw::instance().start_gateway();
        QVERIFY(said);
        QVERIFY(std::ranges::any_of(steps, [](const auto &step) { return !step.done_at; }));
        QVERIFY(QTest::qWaitFor([&] { return !desk.is_there(1); }, patience_ms));
        QVERIFY(!QFile::exists(desk.path(1)));
    }

    void photos_of_a_folder_are_stored_as_soon_as_they_lie_there() {
        UploadDesk desk("to-the-folder");
        db::PlatformStore(desk.session).set_photo_store({});
        desk.add(1);
        desk.add(2);
        QVERIFY(QFile::remove(desk.path(2)));
        const auto queue = desk.queue(std::nullopt);
        queue->start();
        QVERIFY(QTest::qWaitFor([&] { return desk.left() == 1; }, patience_ms));
        QVERIFY(!desk.is_there(1));
        QTRY_COMPARE_WITH_TIMEOUT(queue->state().uploads.size(), std::size_t{1}, patience_ms);
        QCOMPARE(queue->state().uploads.front().state, Upload::State::Missing);
    }

    void a_folder_that_is_not_the_services_tells_nothing_of_the_store() {
        UploadDesk desk("another-folder");
        db::PlatformStore(desk.session).set_photo_store({});
        const auto tenant = desk.database.tenant_id();
        db::PhotoLibrary library(desk.session);
        const auto stored = desk.add(1);
        library.mark_stored(tenant, {desk.key(1)});
        library.take_down(tenant, stored);
        desk.add(2);
        const auto queue = desk.queue(std::nullopt, false);
        UploadsPanel panel(*queue);
        queue->start();
        QVERIFY(reaches(*queue, Phase::NoFolder));
        QCOMPARE(desk.left(), 1);
        QVERIFY(uploads_line(queue->state()).contains("1 photo waits"));
        QVERIFY(panel.findChild<QLabel *>("uploads.problem")->text().contains("media folder"));
        const auto steps = library.steps(tenant, stored);
        QVERIFY(!steps.empty());
        for (const auto &step : steps) {
            QVERIFY(step.is_of_place() || (!step.done_at && step.attempts == 0));
        }
        QVERIFY(QFile::exists(desk.path(1)));
    }

    void a_step_that_another_program_carried_out_is_no_problem_any_more() {
        UploadDesk desk("settled-elsewhere");
        desk.address.public_url = "https://photos.example"; // its CDN cannot be purged without a token
        db::PlatformStore(desk.session).set_photo_store({desk.address});
        const auto tenant = desk.database.tenant_id();
        const auto picture = desk.add(1);
        const auto queue = desk.queue();
        queue->start();
        QVERIFY(desk.sent_all());
        db::PhotoLibrary library(desk.session);
        library.pause(tenant, picture);
        queue->look();
        QTRY_VERIFY_WITH_TIMEOUT(queue->state().step_problem.contains("STUDIO_CDN_TOKEN"), patience_ms);
        for (const auto &step : library.steps(tenant, picture)) {
            if (!step.done_at) {
                library.step_done(step.id);
            }
        }
        queue->look();
        QTRY_VERIFY_WITH_TIMEOUT(queue->state().step_problem.isEmpty(), patience_ms);
    }

    void figures_count_what_is_under_way_and_what_was_sent() {
        const auto waiting = [](const std::string &picture) {
            return WaitingPhoto{
                models::TenantId("t"), picture, picture, {{"f/" + picture, "image/webp", 10}}};
        };
        const auto now = UploadSpeed::Clock::now();
        UploadList list;
        list.update({waiting("a"), waiting("b"), waiting("c")});
        QCOMPARE(list.take_next()->upload.picture, std::string("a"));
        list.done("a");
        list.update({waiting("b")}); // c was taken down
        QCOMPARE(list.state(now).photos, 2);
        QCOMPARE(list.state(now).done, 1);
        QCOMPARE(list.take_next()->upload.picture, std::string("b"));
        list.put_back("b", Upload::State::Missing, "not here");
        list.update({waiting("b"), waiting("d")}); // another day
        QCOMPARE(list.state(now).photos, 2);
        QCOMPARE(list.state(now).done, 0);
        list.take_next();
        list.leave_out("b"); // its release was withdrawn on its way
        QCOMPARE(list.state(now).photos, 1);
        QCOMPARE(list.state(now).done, 0);
    }

    void the_speed_is_the_mean_of_three_seconds() {
        UploadSpeed speed;
        const auto start = UploadSpeed::Clock::now();
        for (int second = 0; second <= 10; ++second) {
            speed.note(static_cast<std::uint64_t>(second < 5 ? 0 : (second - 5) * 300),
                       start + std::chrono::seconds(second));
        }
        QCOMPARE(speed.at(start + std::chrono::seconds(10)), 300.0);
        QCOMPARE(speed.at(start + std::chrono::seconds(20)), 0.0);
    }

    void a_sending_that_does_not_move_is_said() {
        UploadList list;
        list.update({WaitingPhoto{models::TenantId("t"), "a", "a", {{"f/a", "image/webp", 10}}}});
        const auto start = UploadSpeed::Clock::now();
        QVERIFY(!list.state(start + std::chrono::seconds(60)).is_quiet); // it waits
        list.take_next();
        auto state = list.state(start + std::chrono::seconds(3));
        QVERIFY(!state.is_quiet);
        state = list.state(start + std::chrono::seconds(60));
        state.phase = Phase::Working;
        QCOMPARE(uploads_line(state), QString("0 of 1 photos, the photo store does not answer"));
    }

    void the_status_counts_photos_and_hides_without_any() {
        UploadsState state;
        QCOMPARE(uploads_line(state), QString());
        state.phase = Phase::Working;
        state.photos = 12;
        state.done = 3;
        state.bytes = 100;
        state.uploads.resize(9);
        state.left = std::chrono::seconds(55);
        QCOMPARE(uploads_line(state), QString("3 of 12 photos, 55 s left"));
        state.left = std::chrono::seconds(61);
        QCOMPARE(uploads_line(state), QString("3 of 12 photos, 2 min left"));
        state.sent = 100;
        QCOMPARE(uploads_line(state), QString("3 of 12 photos, finishing"));
        UploadQueue queue({"postgresql://127.0.0.1:1/none", {}, {}});
        const UploadStatus status(queue);
        QVERIFY(status.isHidden());
    }
};

QTEST_MAIN(UploadsTest)
#include "uploads_test.moc"
