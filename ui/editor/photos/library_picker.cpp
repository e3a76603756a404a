// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/photos/library_picker.h"

#include "db/stores/compliance_store.h"
#include "ui/async/worker.h"
#include "ui/editor/photos/thumbnails.h"
#include "ui/widgets/style_sheet.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <set>

namespace studio::ui {

namespace {

constexpr int tile = 140; // pixels
constexpr int place_role = Qt::UserRole, url_role = Qt::UserRole + 1;

QIcon icon_of(const QImage &image) {
    return image.isNull() ? QIcon()
                          : QIcon(QPixmap::fromImage(
                                image.scaled(tile, tile, Qt::KeepAspectRatio, Qt::SmoothTransformation)));
}

bool matches(const db::LibraryPhoto &photo, const QString &searched) {
    return QString::fromStdString(photo.photo.alt).contains(searched, Qt::CaseInsensitive) ||
           QString::fromStdString(photo.photo.caption).contains(searched, Qt::CaseInsensitive);
}

} // namespace

LibraryPicker::LibraryPicker(Worker &worker, Thumbnails &thumbnails, QWidget *parent)
    : QFrame(parent), m_worker(worker), m_thumbnails(thumbnails), m_title(new QLabel(this)),
      m_words(new QLabel(this)), m_search(new QLineEdit(this)), m_list(new QListWidget(this)),
      m_retry(new QPushButton(tr("Try again"), this)), m_use(new QPushButton(tr("Use this photo"), this)),
      m_close(new QPushButton(tr("Cancel"), this)) {
    setObjectName(QStringLiteral("picker"));
    set_card(this);
    set_text_role(m_title, TextRole::Title);
    m_title->setTextFormat(Qt::PlainText);
    m_words->setObjectName(QStringLiteral("picker.words"));
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::PlainText);
    m_search->setObjectName(QStringLiteral("picker.search"));
    m_search->setAccessibleName(tr("Search alt texts and captions"));
    m_search->setPlaceholderText(m_search->accessibleName());
    m_search->setClearButtonEnabled(true);
    m_list->setObjectName(QStringLiteral("picker.list"));
    m_list->setAccessibleName(tr("Photos of the library"));
    m_list->setViewMode(QListView::IconMode);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setMovement(QListView::Static);
    m_list->setIconSize({tile, tile});
    m_list->setGridSize({tile + 16, tile + 36});
    m_list->setUniformItemSizes(true);
    m_retry->setObjectName(QStringLiteral("picker.retry"));
    m_use->setObjectName(QStringLiteral("picker.use"));
    m_close->setObjectName(QStringLiteral("picker.cancel"));
    set_button_role(m_use, ButtonRole::Primary);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_retry);
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    buttons->addWidget(m_use);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(12);
    column->addWidget(m_title);
    column->addWidget(m_search);
    column->addWidget(m_words);
    column->addWidget(m_list, 1);
    column->addLayout(buttons);
    connect(m_search, &QLineEdit::textChanged, this, &LibraryPicker::fill);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int row) { m_use->setEnabled(row >= 0); });
    connect(m_list, &QListWidget::itemActivated, this, &LibraryPicker::pick);
    connect(m_use, &QPushButton::clicked, this, &LibraryPicker::pick);
    connect(m_close, &QPushButton::clicked, this, &LibraryPicker::closed);
    connect(m_retry, &QPushButton::clicked, this, &LibraryPicker::read);
    connect(&m_thumbnails, &Thumbnails::ready, this, [this](const QString &url) {
        for (int row = 0; row < m_list->count(); ++row) {
            if (m_list->item(row)->data(url_role).toString() == url) {
                m_list->item(row)->setIcon(icon_of(m_thumbnails.find(url)));
            }
        }
    });
}

void LibraryPicker::open(const PhotoImport &request) {
    m_request = request;
    m_title->setText(tr("From the photos of %1").arg(request.tenant_name));
    m_photos.clear();
    m_search->clear();
    read();
    m_search->setFocus();
}

void LibraryPicker::read() {
    m_list->clear();
    m_use->setEnabled(false);
    show_words(tr("Reading the photos…"), false);
    const auto number = m_reads.next();
    m_worker
        .run([tenant = m_request.tenant_id](db::Session &session) {
            auto photos = db::PhotoLibrary(session).list(tenant);
            const auto withdrawn = db::ComplianceStore(session).withdrawn_photos();
            const std::set<std::string> withheld(withdrawn.begin(), withdrawn.end());
            std::erase_if(photos,
                          [&](const db::LibraryPhoto &photo) { return withheld.contains(photo.picture); });
            return photos;
        })
        .then(this,
              [this, number](const std::vector<db::LibraryPhoto> &photos) {
                  if (m_reads.is_latest(number)) {
                      m_photos = photos;
                      fill();
                  }
              })
        .onFailed(this, [this, number](const std::exception &error) {
            if (!m_reads.is_latest(number)) {
                return;
            }
            show_words(tr("The photos could not be read: %1").arg(QString::fromUtf8(error.what())), true);
        });
}

void LibraryPicker::fill() {
    m_list->clear();
    const auto searched = m_search->text().trimmed();
    for (std::size_t place = 0; place < m_photos.size(); ++place) {
        const auto &photo = m_photos[place];
        if (!searched.isEmpty() && !matches(photo, searched)) {
            continue;
        }
        const auto alt = QString::fromStdString(photo.photo.alt);
        const auto url = QString::fromStdString(photo.photo.url);
        auto *item =
            new QListWidgetItem(icon_of(m_thumbnails.find(url)), alt.isEmpty() ? tr("No alt text") : alt);
        item->setData(place_role, static_cast<int>(place));
        item->setData(url_role, url);
        item->setToolTip(item->text());
        m_list->addItem(item);
    }
    m_use->setEnabled(false);
    show_words(m_list->count() > 0 ? QString()
               : m_photos.empty()
                   ? tr("There are no photos that may be shown. Choose a file instead.")
                   : tr("No photo matches, or the ones that do are paused or their releases are over."),
               false);
}

void LibraryPicker::show_words(const QString &text, bool is_error) {
    m_words->setText(text);
    m_words->setVisible(!text.isEmpty());
    set_text_role(m_words, is_error ? TextRole::Negative : TextRole::Muted);
    m_retry->setVisible(is_error);
}

void LibraryPicker::pick() {
    if (const auto *item = m_list->currentItem()) {
        const auto &photo = m_photos.at(static_cast<std::size_t>(item->data(place_role).toInt())).photo;
        auto request = m_request;
        request.file = QString::fromStdString(photo.url); // the name for messages
        emit picked(request, photo);
    }
}

} // namespace studio::ui
