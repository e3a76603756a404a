// SPDX-License-Identifier: Apache-2.0
#include "ui/uploads/uploads_panel.h"

#include "ui/async/background.h"
#include "ui/uploads/upload_queue.h"
#include "ui/uploads/upload_words.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QImageReader>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace studio::ui {

namespace {

constexpr int whole = 1000; // of a progress bar
constexpr int most_rows = 200;
constexpr QSize picture_size(64, 48);

// Fills picture_size at twice the resolution; null where the file is not here.
QImage read_picture(const std::filesystem::path &file) {
    QImageReader reader(QString::fromStdString(file.string()));
    const auto whole_size = reader.size();
    if (whole_size.isValid()) {
        reader.setScaledSize(whole_size.scaled(2 * picture_size, Qt::KeepAspectRatioByExpanding));
    }
    auto image = reader.read();
    if (!image.isNull()) {
        const QRect middle({(image.width() - 2 * picture_size.width()) / 2,
                            (image.height() - 2 * picture_size.height()) / 2},
                           2 * picture_size);
        image = image.copy(middle);
        image.setDevicePixelRatio(2);
    }
    return image;
}

bool stands_still(const Upload &upload) {
    return upload.state != Upload::State::Waiting && upload.state != Upload::State::Sending;
}

} // namespace

UploadsPanel::UploadsPanel(UploadQueue &queue, QWidget *parent)
    : QDialog(parent), m_queue(queue), m_summary(new QLabel(this)), m_problem(new QLabel(this)),
      m_pause(new QPushButton(this)), m_retry_all(new QPushButton(tr("Try all again"), this)),
      m_list(new QVBoxLayout) {
    m_pool.setMaxThreadCount(1);
    setObjectName(QStringLiteral("uploads"));
    setWindowTitle(tr("Uploads"));
    resize(520, 420);
    m_summary->setObjectName(QStringLiteral("uploads.summary"));
    m_problem->setObjectName(QStringLiteral("uploads.problem"));
    m_pause->setObjectName(QStringLiteral("uploads.pause"));
    m_retry_all->setObjectName(QStringLiteral("uploads.retry_all"));
    set_text_role(m_summary, TextRole::Section);
    set_text_role(m_problem, TextRole::Negative);
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->addLayout(m_list);
    column->addStretch(1);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_pause);
    buttons->addWidget(m_retry_all);
    buttons->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_summary);
    layout->addWidget(m_problem);
    layout->addWidget(scroll, 1);
    layout->addLayout(buttons);
    connect(m_pause, &QPushButton::clicked, this, [this] {
        if (m_queue.state().phase == UploadsState::Phase::Paused) {
            m_queue.resume();
        } else {
            m_queue.pause();
        }
    });
    connect(m_retry_all, &QPushButton::clicked, &m_queue, &UploadQueue::retry_all);
    connect(&m_queue, &UploadQueue::changed, this, &UploadsPanel::show_state);
    show_state();
}

UploadsPanel::~UploadsPanel() {
    m_pool.clear();
    m_pool.waitForDone();
}

void UploadsPanel::show_state() {
    const auto &state = m_queue.state();
    const auto line = uploads_line(state);
    const auto problem = common_problem(state);
    m_summary->setText(line.isEmpty() ? tr("All photos are at the platform.") : line);
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_pause->setText(state.phase == UploadsState::Phase::Paused ? tr("Continue") : tr("Pause"));
    m_pause->setEnabled(state.under_way() > 0);
    m_retry_all->setVisible(state.phase == UploadsState::Phase::Refused ||
                            state.phase == UploadsState::Phase::StoreAway ||
                            std::ranges::any_of(state.uploads, stands_still));
    std::set<std::string> shown;
    for (const auto &upload : state.uploads) {
        if (shown.size() == most_rows) {
            break; // the others follow when these are done; the summary counts all
        }
        shown.insert(upload.picture);
        auto known = m_rows.find(upload.picture);
        if (known == m_rows.end()) {
            known = m_rows.emplace(upload.picture, make_row(upload)).first;
        }
        show_upload(known->second, upload);
    }
    std::erase_if(m_rows, [&](const auto &row) {
        const bool is_gone = !shown.contains(row.first);
        if (is_gone) {
            row.second.widget->deleteLater();
        }
        return is_gone;
    });
}

UploadsPanel::Row UploadsPanel::make_row(const Upload &upload) {
    Row row;
    const auto picture = QString::fromStdString(upload.picture);
    row.widget = new QWidget(this);
    auto *picture_label = new QLabel(row.widget);
    picture_label->setObjectName(QStringLiteral("uploads.picture:") + picture);
    picture_label->setFixedSize(picture_size);
    show_picture(picture_label, upload);
    auto *name = new ElidedLabel(upload.name, row.widget);
    auto *whose = new ElidedLabel(upload.companion, row.widget);
    whose->setObjectName(QStringLiteral("uploads.companion:") + picture);
    set_text_role(whose, TextRole::Small);
    row.words = new QLabel(row.widget);
    row.words->setObjectName(QStringLiteral("uploads.words:") + picture);
    row.words->setWordWrap(true);
    row.words->setTextFormat(Qt::PlainText);
    set_text_role(row.words, TextRole::Muted);
    row.progress = new QProgressBar(row.widget);
    row.progress->setObjectName(QStringLiteral("uploads.progress:") + picture);
    row.progress->setAccessibleName(tr("Progress of %1").arg(upload.name));
    row.progress->setRange(0, whole);
    row.progress->setTextVisible(false);
    row.cancel = new QPushButton(tr("Cancel"), row.widget);
    row.cancel->setObjectName(QStringLiteral("uploads.cancel:") + picture);
    row.cancel->setAccessibleName(tr("Cancel the upload of %1").arg(upload.name));
    row.retry = new QPushButton(tr("Try again"), row.widget);
    row.retry->setObjectName(QStringLiteral("uploads.retry:") + picture);
    row.retry->setAccessibleName(tr("Upload %1 again").arg(upload.name));
    set_button_role(row.cancel, ButtonRole::Quiet);
    set_button_role(row.retry, ButtonRole::Quiet);
    auto *texts = new QVBoxLayout;
    texts->addWidget(name);
    texts->addWidget(whose);
    texts->addWidget(row.progress);
    texts->addWidget(row.words);
    auto *line = new QHBoxLayout(row.widget);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(12);
    line->addWidget(picture_label, 0, Qt::AlignTop);
    line->addLayout(texts, 1);
    line->addWidget(row.cancel);
    line->addWidget(row.retry);
    m_list->addWidget(row.widget);
    connect(row.cancel, &QPushButton::clicked, this, [this, key = upload.picture] { m_queue.cancel(key); });
    connect(row.retry, &QPushButton::clicked, this, [this, key = upload.picture] { m_queue.retry(key); });
    return row;
}

void UploadsPanel::show_picture(QLabel *label, const Upload &upload) {
    QPixmap empty(picture_size);
    empty.fill(tokens(palette()).skeleton);
    label->setPixmap(empty);
    if (upload.small_file.empty()) {
        return;
    }
    run_in_background(m_pool, [file = m_queue.media_root() / upload.small_file] {
        return read_picture(file);
    }).then(label, [label](const QImage &image) {
        if (!image.isNull()) {
            label->setPixmap(QPixmap::fromImage(image));
        }
    });
}

void UploadsPanel::show_upload(const Row &row, const Upload &upload) {
    const bool still = stands_still(upload);
    row.words->setText(upload_line(upload));
    row.progress->setVisible(!still);
    row.progress->setValue(upload.bytes == 0 ? 0 : static_cast<int>(upload.sent * whole / upload.bytes));
    row.cancel->setVisible(!still);
    row.retry->setVisible(still);
}

} // namespace studio::ui
