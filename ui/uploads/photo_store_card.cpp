// SPDX-License-Identifier: Apache-2.0
#include "ui/uploads/photo_store_card.h"

#include "db/stores/platform_store.h"
#include "db/stores/store_files.h"
#include "ui/async/background.h"
#include "ui/uploads/store_fields.h"
#include "ui/uploads/store_keys.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/style_sheet.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

#include <utility>

namespace studio::ui {

namespace {

using Outcome = media::s3::CheckStep::Outcome;

constexpr int attempts = 3;

QString step_word(const std::string &name) {
    if (name == "put") {
        return PhotoStoreCard::tr("Write a file");
    }
    if (name == "head") {
        return PhotoStoreCard::tr("Read what is known of it");
    }
    if (name == "public") {
        return PhotoStoreCard::tr("Open it as a visitor does");
    }
    return PhotoStoreCard::tr("Delete it");
}

QString step_line(const media::s3::CheckStep &step) {
    switch (step.outcome) {
    case Outcome::Passed:
        return PhotoStoreCard::tr("✓ %1").arg(step_word(step.name));
    case Outcome::Skipped:
        return PhotoStoreCard::tr("– %1: not tried").arg(step_word(step.name));
    case Outcome::Failed:
        break;
    }
    return PhotoStoreCard::tr("✗ %1: %2").arg(step_word(step.name), QString::fromStdString(step.message));
}

} // namespace

PhotoStoreCard::PhotoStoreCard(PhotoStoreServices services, QWidget *parent)
    : QWidget(parent), m_services(std::move(services)), m_worker(m_services.database_url),
      m_folder(new QRadioButton(tr("Folder of the public service"), this)),
      m_spaces(new QRadioButton(tr("DigitalOcean Spaces or another S3 store"), this)),
      m_fields(new StoreFields(this)), m_message(new QLabel(this)), m_steps(new QLabel(this)),
      m_unconfirmed(new QLabel(this)), m_progress(new QProgressBar(this)),
      m_test(new QPushButton(tr("Test connection"), this)), m_save(new QPushButton(tr("Save"), this)),
      m_move(new QPushButton(tr("Move all photos"), this)), m_stop_move(new QPushButton(tr("Stop"), this)),
      m_confirm(new QPushButton(tr("This store belongs to this installation"), this)) {
    setObjectName(QStringLiteral("photo_store"));
    m_pool.setMaxThreadCount(1);
    build();
    connect(m_folder, &QRadioButton::toggled, this, &PhotoStoreCard::show_kind);
    connect(m_fields, &StoreFields::edited, this, [this] { // the test was of other values
        m_steps->hide();
        say({});
    });
    connect(m_test, &QPushButton::clicked, this, &PhotoStoreCard::test);
    connect(m_save, &QPushButton::clicked, this, &PhotoStoreCard::save);
    connect(m_move, &QPushButton::clicked, this, &PhotoStoreCard::move);
    connect(m_stop_move, &QPushButton::clicked, this, &PhotoStoreCard::stop_move);
    connect(m_confirm, &QPushButton::clicked, this, &PhotoStoreCard::confirm);
    m_folder->setChecked(true);
    show_kind();
    read();
}

PhotoStoreCard::~PhotoStoreCard() {
    m_stop.request_stop();
    m_pool.waitForDone();
}

void PhotoStoreCard::build() {
    const std::pair<QWidget *, const char *> names[] = {
        {m_folder, "store.folder"},       {m_spaces, "store.spaces"},
        {m_message, "store.message"},     {m_steps, "store.steps"},
        {m_test, "store.test"},           {m_save, "store.save"},
        {m_progress, "store.progress"},   {m_move, "store.move"},
        {m_stop_move, "store.stop_move"}, {m_unconfirmed, "store.unconfirmed"},
        {m_confirm, "store.confirm"}};
    for (const auto &[widget, name] : names) {
        widget->setObjectName(QString::fromLatin1(name));
    }
    m_progress->setAccessibleName(tr("Progress of the move"));
    m_progress->setTextVisible(false);
    set_button_role(m_save, ButtonRole::Primary);
    for (auto *label : {m_message, m_steps, m_unconfirmed}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->hide();
    }
    auto *buttons = new QHBoxLayout;
    for (auto *button : {m_test, m_move, m_stop_move}) {
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    buttons->addWidget(m_save);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(section_header(
        tr("Photo store"),
        tr("Where the platform keeps its photos. “Move all photos” copies everything to another place and "
           "takes pages there once all of it has arrived; photos of the former bucket become private. “Save” "
           "keeps the keys and the addresses of the place where the photos are.")));
    m_confirm->hide();
    layout->addWidget(m_unconfirmed);
    layout->addWidget(m_confirm, 0, Qt::AlignLeft);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_folder, m_spaces, m_fields, m_steps, m_message, m_progress}) {
        layout->addWidget(widget);
    }
    layout->addLayout(buttons);
    set_busy(false);
}

void PhotoStoreCard::show_kind() {
    m_fields->setVisible(m_spaces->isChecked());
    m_test->setVisible(m_spaces->isChecked());
}

void PhotoStoreCard::say(const QString &text, bool is_problem) {
    set_text_role(m_message, is_problem ? TextRole::Negative : TextRole::Body);
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
}

void PhotoStoreCard::set_busy(bool busy, bool moving) {
    m_busy = busy;
    for (auto *button : {m_test, m_save, m_move, m_confirm}) {
        button->setEnabled(!busy);
    }
    m_fields->setEnabled(!busy);
    m_folder->setEnabled(!busy);
    m_spaces->setEnabled(!busy);
    m_progress->setVisible(moving);
    m_stop_move->setVisible(moving);
}

void PhotoStoreCard::read() {
    m_worker
        .run([](db::Session &session) {
            db::PlatformStore platform(session);
            return std::pair(platform.photo_store(), platform.photo_store_confirmed());
        })
        .then(this,
              [this](const std::pair<models::PhotoStore, bool> &read) {
                  m_stored = read.first;
                  if (m_stored.bucket) {
                      m_fields->set_bucket(*m_stored.bucket);
                      m_spaces->setChecked(true);
                  }
                  show_confirmed(read.second);
              })
        .onFailed(this, [this](const std::exception &error) { say(QString::fromUtf8(error.what()), true); });
}

void PhotoStoreCard::show_confirmed(bool confirmed) {
    const auto place = m_stored.bucket ? tr("the bucket %1 at %2")
                                             .arg(QString::fromStdString(m_stored.bucket->bucket),
                                                  QString::fromStdString(m_stored.bucket->endpoint))
                                       : tr("the media folder");
    m_unconfirmed->setText(
        tr("This database was restored from a backup. Until you say that %1 belongs to this installation, "
           "nothing is sent, hidden or removed there. Say so only where no other installation uses it; a "
           "copy to "
           "try things out gets another store by “companionctl store set”.")
            .arg(place));
    set_text_role(m_unconfirmed, TextRole::Negative);
    m_unconfirmed->setVisible(!confirmed);
    m_confirm->setVisible(!confirmed);
}

void PhotoStoreCard::confirm() {
    if (m_busy) {
        return;
    }
    set_busy(true);
    m_worker
        .run([expected = m_stored](db::Session &session) { // false where it is another store by now
            db::PlatformStore platform(session);
            const bool is_same = models::is_same_place(platform.photo_store(), expected);
            if (is_same) {
                platform.confirm_photo_store();
            }
            return is_same;
        })
        .then(this,
              [this](bool is_confirmed) {
                  set_busy(false);
                  if (!is_confirmed) {
                      say(tr("Not confirmed: somebody else chose another store meanwhile. It is shown now."),
                          true);
                      read();
                      return;
                  }
                  show_confirmed(true);
                  say(tr("Confirmed. What is open there is done now."));
                  if (m_services.store_changed) {
                      m_services.store_changed();
                  }
              })
        .onFailed(this, [this](const std::exception &error) {
            set_busy(false);
            say(tr("Not confirmed: %1").arg(QString::fromUtf8(error.what())), true);
        });
}

void PhotoStoreCard::with_keys(std::function<void(const media::s3::Credentials &)> then) {
    if (const auto typed = m_fields->keys()) {
        then(*typed);
        return;
    }
    const auto bucket =
        m_spaces->isChecked() ? m_fields->bucket() : m_stored.bucket.value_or(models::BucketAddress());
    with_kept_keys(bucket, tr("Enter access key and secret: this computer has none for this bucket."),
                   std::move(then));
}

void PhotoStoreCard::with_kept_keys(const models::BucketAddress &bucket, const QString &without,
                                    std::function<void(const media::s3::Credentials &)> then) {
    set_busy(true);
    auto *answer = new QObject(this); // ends the connection with the first answer
    connect(m_services.keys, &StoreKeys::found, answer,
            [this, answer, bucket, without, then = std::move(then)](const models::BucketAddress &of,
                                                                    const Keys &keys) {
                if (of != bucket) {
                    return;
                }
                answer->deleteLater();
                disconnect(m_services.keys, nullptr, answer, nullptr);
                set_busy(false);
                if (keys) {
                    then(*keys);
                } else {
                    say(without, true);
                }
            });
    m_services.keys->read(bucket);
}

void PhotoStoreCard::test() {
    if (m_busy || !m_fields->check()) {
        return;
    }
    say({});
    with_keys([this](const media::s3::Credentials &keys) {
        set_busy(true);
        m_steps->hide();
        say(tr("Testing…"));
        m_stop = {};
        media::s3::ConnectionOptions options;
        options.retry.attempts = attempts;
        options.stop = m_stop.get_token();
        run_in_background(m_pool, [bucket = m_fields->bucket(), keys, options] {
            media::s3::Connection connection(bucket, keys, options);
            return media::s3::check_connection(connection);
        }).then(this, [this](const media::s3::ConnectionCheck &check) {
              show_steps(check);
          }).onFailed(this, [this](const std::exception &error) {
            set_busy(false);
            say(QString::fromUtf8(error.what()), true);
        });
    });
}

void PhotoStoreCard::show_steps(const media::s3::ConnectionCheck &check) {
    set_busy(false);
    QStringList lines;
    for (const auto &step : check.steps) {
        lines << step_line(step);
    }
    m_steps->setText(lines.join(QLatin1Char('\n')));
    m_steps->show();
    say(check.passed() ? tr("Photos can be published there.")
                       : tr("Change what is said above, then test again."),
        !check.passed());
}

void PhotoStoreCard::save() {
    const bool to_bucket = m_spaces->isChecked();
    if (m_busy || (to_bucket && !m_fields->check())) {
        return;
    }
    const models::PhotoStore store{to_bucket ? std::optional(m_fields->bucket()) : std::nullopt};
    const auto keys = to_bucket ? m_fields->keys() : std::nullopt;
    set_busy(true);
    m_worker
        .run([store](db::Session &session) -> std::int64_t { // files that lie elsewhere
            db::PlatformStore platform(session);
            const bool stays = models::is_same_place(platform.photo_store(), store);
            const std::int64_t elsewhere = stays ? 0 : db::StoreFiles(session).stored();
            if (elsewhere == 0) {
                platform.set_photo_store(store);
            }
            return elsewhere;
        })
        .then(this,
              [this, store, keys](std::int64_t elsewhere) {
                  set_busy(false);
                  if (elsewhere == 0) {
                      saved(store, keys);
                      return;
                  }
                  say(tr("Not saved: the present place has %1 of photos, and pages would show none of them. "
                         "“Move all "
                         "photos” takes them along. What you entered stays here.")
                          .arg(counted(static_cast<int>(elsewhere), tr("1 file"), tr("%1 files"))),
                      true);
              })
        .onFailed(this, [this](const std::exception &error) {
            set_busy(false);
            say(tr("Not saved: %1 What you entered stays here.").arg(QString::fromUtf8(error.what())), true);
        });
}

void PhotoStoreCard::saved(const models::PhotoStore &store, const Keys &keys) {
    m_stored = store;
    show_confirmed(m_unconfirmed->isHidden());
    if (keys) {
        m_services.keys->keep(*store.bucket, *keys);
        m_fields->clear_keys();
    }
    say(tr("Saved."));
    if (m_services.store_changed) {
        m_services.store_changed();
    }
}

void PhotoStoreCard::move() {
    const bool to_bucket = m_spaces->isChecked();
    if (m_busy || (to_bucket && !m_fields->check())) {
        return;
    }
    if (!to_bucket && !m_stored.bucket) {
        say(tr("The photos are in the folder already."));
        return;
    }
    if (!to_bucket && !m_services.is_the_services_folder) {
        say(tr("Not moved: the folder of this computer is not the one from which the public service shows "
               "photos. "
               "Enter that folder in the profile, or use “companionctl store move --to folder” on the "
               "service's machine."),
            true);
        return;
    }
    const auto root = m_services.media_root;
    const auto former = m_stored.bucket;
    if (!to_bucket) {
        with_keys([this, root, former](const media::s3::Credentials &keys) {
            start_move({root, media::s3::CopyTarget{*former, keys, {}}, std::nullopt});
        });
        return;
    }
    const auto bucket = m_fields->bucket();
    with_keys([this, root, former, bucket](const media::s3::Credentials &keys) {
        const media::s3::CopyTarget to{bucket, keys, {}};
        if (!former || models::is_same_place({former}, {bucket})) {
            start_move({root, std::nullopt, to});
            return;
        }
        with_kept_keys(
            *former,
            tr("This computer has no keys of the present bucket, %1, whose photos could not be made "
               "private after the move. Enter that bucket with its keys and save them first.")
                .arg(QString::fromStdString(former->bucket)),
            [this, root, former, to](const media::s3::Credentials &former_keys) {
                start_move({root, media::s3::CopyTarget{*former, former_keys, {}}, to});
            });
    });
}

void PhotoStoreCard::start_move(const MovePlaces &places) {
    set_busy(true, true);
    m_progress->setRange(0, 0);
    say(tr("Copying. Pages show the photos from the present place until all of them have arrived."));
    m_stop = {};
    const auto progress = [this](std::uint64_t done, std::uint64_t of) {
        QMetaObject::invokeMethod(
            this,
            [this, done, of] {
                m_progress->setRange(0, static_cast<int>(of));
                m_progress->setValue(static_cast<int>(done));
            },
            Qt::QueuedConnection);
    };
    run_in_background(m_pool, [url = m_services.database_url, places, progress, stop = m_stop.get_token()] {
        db::Session session(url);
        return move_photos(session, places, progress, stop);
    }).then(this, [this, places](const MoveOutcome &outcome) {
          moved(places, outcome);
      }).onFailed(this, [this](const std::exception &error) {
        set_busy(false);
        say(tr("Not moved: %1 What was copied stays there; “Move all photos” goes on with the rest.")
                .arg(QString::fromUtf8(error.what())),
            true);
    });
}

void PhotoStoreCard::moved(const MovePlaces &places, const MoveOutcome &outcome) {
    set_busy(false);
    if (outcome.open_steps > 0) {
        say(tr("Not moved: %1 of takedowns and pauses not done at the present place yet. This studio does "
               "them "
               "while it is open; “companionctl jobs run media” does them at once.")
                .arg(counted(static_cast<int>(outcome.open_steps), tr("1 step"), tr("%1 steps"))),
            true);
        return;
    }
    const auto &result = outcome.result;
    if (!result.chosen) {
        const auto &first = result.failed.front();
        say(tr("Not moved: %1 could not be brought there, the first, %2: %3 Pages show the photos from the "
               "present place. “Move all photos” goes on with the rest.")
                .arg(counted(static_cast<int>(result.failed.size()), tr("1 file"), tr("%1 files")),
                     QString::fromStdString(first.key), QString::fromStdString(first.message)),
            true);
        return;
    }
    m_stored = {places.to ? std::optional(places.to->address) : std::nullopt};
    if (places.to && m_fields->keys()) {
        m_services.keys->keep(places.to->address, places.to->credentials);
        m_fields->clear_keys();
    }
    say_moved(places, result);
    if (m_services.store_changed) {
        m_services.store_changed();
    }
}

void PhotoStoreCard::say_moved(const MovePlaces &places, const media::s3::MoveResult &result) {
    const auto number = [](std::uint64_t count) {
        return counted(static_cast<int>(count), tr("1 file"), tr("%1 files"));
    };
    QStringList lines{tr("Moved and saved: %1 copied, %2 there before. Pages take the photos from there.")
                          .arg(number(result.copied), number(result.present))};
    if (places.from) {
        lines << tr("The former bucket keeps its %1, now private. Copies in its CDN end with the CDN's time "
                    "limit.")
                     .arg(number(result.closed));
    }
    if (!result.left.empty()) {
        lines << tr("%1 that changed during the move could not be brought along: %2 “companionctl photo "
                    "reconcile TENANT --repair” sets it right.")
                     .arg(number(result.left.size()), QString::fromStdString(result.left.front().message));
    }
    if (!result.open.empty()) {
        lines << tr("%1 of the former bucket may still be seen by everybody: %2 “companionctl store close” "
                    "makes them private.")
                     .arg(number(result.open.size()), QString::fromStdString(result.open.front().message));
    }
    say(lines.join(QLatin1Char('\n')), !result.left.empty() || !result.open.empty());
}

void PhotoStoreCard::stop_move() {
    m_stop.request_stop();
    say(tr("Stopping. Where pages take the photos from the new place already, only making the former bucket "
           "private is broken off."));
}

} // namespace studio::ui
