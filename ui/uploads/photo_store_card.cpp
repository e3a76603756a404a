// SPDX-License-Identifier: Apache-2.0
#include "ui/uploads/photo_store_card.h"

#include "db/stores/platform_store.h"
#include "ui/async/background.h"
#include "ui/uploads/store_fields.h"
#include "ui/uploads/store_keys.h"
#include "ui/uploads/store_move.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/style_sheet.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

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
      m_progress(new QProgressBar(this)), m_test(new QPushButton(tr("Test connection"), this)),
      m_save(new QPushButton(tr("Save"), this)), m_move(new QPushButton(tr("Move all photos"), this)),
      m_stop_move(new QPushButton(tr("Stop"), this)) {
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
        {m_folder, "store.folder"},     {m_spaces, "store.spaces"}, {m_message, "store.message"},
        {m_steps, "store.steps"},       {m_test, "store.test"},     {m_save, "store.save"},
        {m_progress, "store.progress"}, {m_move, "store.move"},     {m_stop_move, "store.stop_move"}};
    for (const auto &[widget, name] : names) {
        widget->setObjectName(QString::fromLatin1(name));
    }
    m_progress->setAccessibleName(tr("Progress of the move"));
    m_progress->setTextVisible(false);
    set_button_role(m_save, ButtonRole::Primary);
    for (auto *label : {m_message, m_steps}) {
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
        tr("Where the platform keeps its photos. “Save” changes where new photos go; “Move all "
           "photos” copies everything there first and saves when all of it has arrived.")));
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
    for (auto *button : {m_test, m_save, m_move}) {
        button->setEnabled(!busy);
    }
    m_fields->setEnabled(!busy);
    m_folder->setEnabled(!busy);
    m_spaces->setEnabled(!busy);
    m_progress->setVisible(moving);
    m_stop_move->setVisible(moving);
}

void PhotoStoreCard::read() {
    m_worker.run([](db::Session &session) { return db::PlatformStore(session).photo_store(); })
        .then(this,
              [this](const models::PhotoStore &store) {
                  m_stored = store;
                  if (store.bucket) {
                      m_fields->set_bucket(*store.bucket);
                      m_spaces->setChecked(true);
                  }
              })
        .onFailed(this, [this](const std::exception &error) { say(QString::fromUtf8(error.what()), true); });
}

void PhotoStoreCard::with_keys(std::function<void(const media::s3::Credentials &)> then) {
    if (const auto typed = m_fields->keys()) {
        then(*typed);
        return;
    }
    set_busy(true);
    const auto bucket =
        m_spaces->isChecked() ? m_fields->bucket() : m_stored.bucket.value_or(models::BucketAddress());
    auto *answer = new QObject(this); // ends the connection with the first answer
    connect(
        m_services.keys, &StoreKeys::found, answer,
        [this, answer, bucket, then = std::move(then)](const models::BucketAddress &of, const Keys &keys) {
            if (of != bucket) {
                return;
            }
            answer->deleteLater();
            disconnect(m_services.keys, nullptr, answer, nullptr);
            set_busy(false);
            if (keys) {
                then(*keys);
            } else {
                say(tr("Enter access key and secret: this computer has none for this bucket."), true);
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
    m_worker.run([store](db::Session &session) { db::PlatformStore(session).set_photo_store(store); })
        .then(this,
              [this, store, keys] {
                  set_busy(false);
                  m_stored = store;
                  if (keys) {
                      m_services.keys->keep(*store.bucket, *keys);
                      m_fields->clear_keys();
                  }
                  say(tr("Saved."));
                  if (m_services.store_changed) {
                      m_services.store_changed();
                  }
              })
        .onFailed(this, [this](const std::exception &error) {
            set_busy(false);
            say(tr("Not saved: %1 What you entered stays here.").arg(QString::fromUtf8(error.what())), true);
        });
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
    const auto bucket = to_bucket ? m_fields->bucket() : *m_stored.bucket;
    with_keys([this, bucket, to_bucket](const media::s3::Credentials &keys) {
        start_move({bucket, keys, {}}, to_bucket);
    });
}

void PhotoStoreCard::start_move(const media::s3::CopyTarget &target, bool to_bucket) {
    set_busy(true, true);
    m_progress->setRange(0, 0);
    say(tr("Copying. Pages show the photos from the present place until all of them have arrived."));
    m_stop = {};
    auto with_stop = target;
    with_stop.options.stop = m_stop.get_token();
    const auto progress = [this](std::uint64_t done, std::uint64_t of) {
        QMetaObject::invokeMethod(
            this,
            [this, done, of] {
                m_progress->setRange(0, static_cast<int>(of));
                m_progress->setValue(static_cast<int>(done));
            },
            Qt::QueuedConnection);
    };
    run_in_background(
        m_pool,
        [url = m_services.database_url, root = m_services.media_root, with_stop, to_bucket, progress] {
            db::Session session(url);
            return to_bucket ? move_to_bucket(session, root, with_stop, progress)
                             : move_to_folder(session, with_stop, root);
        })
        .then(this,
              [this, target, to_bucket](const media::s3::CopyResult &result) {
                  if (result.failed.empty()) {
                      if (to_bucket && m_fields->keys()) {
                          m_services.keys->keep(target.address, target.credentials);
                          m_fields->clear_keys();
                      }
                      m_stored = {to_bucket ? std::optional(target.address) : std::nullopt};
                  }
                  moved(result);
              })
        .onFailed(this, [this](const std::exception &error) {
            set_busy(false);
            say(tr("Not moved: %1 What was copied stays there; “Move all photos” goes on with the rest.")
                    .arg(QString::fromUtf8(error.what())),
                true);
        });
}

void PhotoStoreCard::moved(const media::s3::CopyResult &result) {
    set_busy(false);
    if (!result.failed.empty()) {
        const auto &first = result.failed.front();
        say(tr("%1 could not be copied, the first, %2: %3 “Move all photos” goes on with the rest.")
                .arg(counted(static_cast<int>(result.failed.size()), tr("1 file"), tr("%1 files")),
                     QString::fromStdString(first.key), QString::fromStdString(first.message)),
            true);
        return;
    }
    say(tr("Moved and saved: %1 copied, the others were there. Nothing was removed where they come from.")
            .arg(counted(static_cast<int>(result.copied), tr("1 file"), tr("%1 files"))));
    if (m_services.store_changed) {
        m_services.store_changed();
    }
}

void PhotoStoreCard::stop_move() {
    m_stop.request_stop();
    say(tr("Stopping."));
}

} // namespace studio::ui
