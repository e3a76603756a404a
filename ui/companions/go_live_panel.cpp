// SPDX-License-Identifier: Apache-2.0
#include "ui/companions/go_live_panel.h"

#include "ui/photos/people_editor.h"
#include "ui/photos/release_state.h"
#include "ui/widgets/confirm_bar.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/words.h"
#include "ui/widgets/wrapped_check_box.h"

#include <QHBoxLayout>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace studio::ui {

namespace {

struct DocumentKind {
    const char *value; // as the database stores it
    QString words;
};

std::vector<DocumentKind> document_kinds() {
    return {{"passport", GoLivePanel::tr("Passport")},
            {"driver_licence", GoLivePanel::tr("Driver licence")},
            {"national_id", GoLivePanel::tr("National identity card")},
            {"proof_of_age_card", GoLivePanel::tr("Proof of age card")}};
}

QString document_label(const std::string &value) {
    for (const auto &kind : document_kinds()) {
        if (value == kind.value) {
            return kind.words;
        }
    }
    return QString::fromStdString(value);
}

// A picture of 72 × 54 at twice the resolution; a grey area where the file is not on this machine.
QPixmap small_picture(const QImage &image, const Tokens &colors) {
    constexpr QSize size(144, 108);
    QPixmap picture(size);
    picture.fill(colors.skeleton);
    if (!image.isNull()) {
        const auto scaled = image.scaled(size, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
        QPainter(&picture).drawImage((size.width() - scaled.width()) / 2,
                                     (size.height() - scaled.height()) / 2, scaled);
    }
    picture.setDevicePixelRatio(2);
    return picture;
}

void clear(QLayout *layout) {
    while (auto *item = layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

} // namespace

GoLivePanel::GoLivePanel(QWidget *parent)
    : QWidget(parent), m_status_text(new QLabel(this)), m_missing(new QLabel(this)),
      m_live(new QPushButton(this)), m_offline(new QPushButton(this)),
      m_preview(new QPushButton(tr("Back to preview"), this)),
      m_confirm(new ConfirmBar(QStringLiteral("detail.confirm"), this)), m_identity_text(new QLabel(this)),
      m_identity_form(build_identity()), m_photos_text(new QLabel(this)),
      m_record_all(new QPushButton(tr("Record all"), this)), m_photos(new QVBoxLayout),
      m_people(new PeopleEditor(QStringLiteral("detail.people"), this)),
      m_withdraw(new ConfirmBar(QStringLiteral("detail.withdraw"), this)) {
    auto *originals = new WrappedCheckBox(tr("Keep originals of new photos privately"), this);
    m_originals = originals->box();
    m_status_text->setWordWrap(true);
    m_status_text->setTextFormat(Qt::PlainText);
    set_text_role(m_status_text, TextRole::Muted);
    m_missing->setObjectName(QStringLiteral("detail.missing"));
    m_missing->setWordWrap(true);
    m_missing->setTextFormat(Qt::PlainText);
    m_live->setObjectName(QStringLiteral("detail.go_live"));
    m_offline->setObjectName(QStringLiteral("detail.offline"));
    m_preview->setObjectName(QStringLiteral("detail.preview"));
    set_button_role(m_live, ButtonRole::Primary);
    set_button_role(m_offline, ButtonRole::Danger);
    m_identity_text->setObjectName(QStringLiteral("detail.identity"));
    m_identity_text->setWordWrap(true);
    m_identity_text->setTextFormat(Qt::PlainText);
    m_photos_text->setWordWrap(true);
    set_text_role(m_photos_text, TextRole::Muted);
    m_record_all->setObjectName(QStringLiteral("detail.release_all"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(section_header(tr("Public site")));
    for (QWidget *widget : {static_cast<QWidget *>(m_status_text), static_cast<QWidget *>(m_missing),
                            static_cast<QWidget *>(m_live), static_cast<QWidget *>(m_offline),
                            static_cast<QWidget *>(m_confirm), static_cast<QWidget *>(m_preview)}) {
        layout->addWidget(widget);
    }
    layout->addSpacing(12);
    layout->addWidget(section_header(tr("Identity and age")));
    layout->addWidget(m_identity_text);
    layout->addWidget(m_identity_form);
    layout->addSpacing(12);
    layout->addWidget(section_header(tr("Photo releases")));
    layout->addWidget(m_photos_text);
    layout->addLayout(m_photos);
    layout->addWidget(m_record_all);
    layout->addWidget(originals);
    m_originals->setObjectName(QStringLiteral("detail.originals"));
    m_originals->setToolTip(
        tr("The file as it came, with everything it tells, in the platform’s store. Nobody "
           "can open it without the store’s keys."));
    connect(m_originals, &QCheckBox::clicked, this, &GoLivePanel::originals_wanted);
    m_photos->setSpacing(8);
    connect(m_live, &QPushButton::clicked, this,
            [this] { emit status_requested(models::TenantStatus::Active); });
    // The question comes first because this button is where "Take … live" was, so a second click could hit
    // it.
    connect(m_offline, &QPushButton::clicked, this, [this] {
        m_confirm->ask(
            tr("Take %1’s site offline? Visitors will see a “not found” page at once.").arg(m_name),
            tr("Take offline"), [this] { emit status_requested(models::TenantStatus::Inactive); });
    });
    connect(m_preview, &QPushButton::clicked, this,
            [this] { emit status_requested(models::TenantStatus::Preview); });
    connect(m_record, &QPushButton::clicked, this,
            [this] { emit identity_seen(m_document->currentData().toString()); });
    const auto check = [this] {
        m_record->setEnabled(m_adult->isChecked() && m_document->currentIndex() >= 0);
    };
    connect(m_adult, &QCheckBox::toggled, this, check);
    connect(m_document, &QComboBox::currentIndexChanged, this, check);
    m_people->hide();
    connect(m_people, &PeopleEditor::people_said, this,
            [this](int people, std::optional<int> seen) { emit people_said(m_people_of, people, seen); });
    connect(m_people, &PeopleEditor::release_given, this,
            [this](const db::PhotoRelease &release) { emit person_release_given(m_people_of, release); });
    connect(m_people, &PeopleEditor::withdrawn, this,
            [this](const QString &person) { emit person_release_withdrawn(m_people_of, person); });
}

QWidget *GoLivePanel::build_identity() {
    auto *form = new QWidget(this);
    m_document = new QComboBox(form);
    m_document->setObjectName(QStringLiteral("detail.document"));
    m_document->setAccessibleName(tr("Document type"));
    for (const auto &kind : document_kinds()) {
        m_document->addItem(kind.words, QString::fromLatin1(kind.value));
    }
    m_document->setPlaceholderText(tr("Which document?"));
    m_document->setCurrentIndex(-1); // the record names the one that was seen
    auto *adult = new WrappedCheckBox(tr("I have seen the document; she is 18 or older"), form);
    m_adult = adult->box();
    m_adult->setObjectName(QStringLiteral("detail.adult"));
    m_record = new QPushButton(tr("Record verification"), form);
    m_record->setObjectName(QStringLiteral("detail.record_identity"));
    m_record->setEnabled(false);
    auto *layout = new QVBoxLayout(form);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_document);
    layout->addWidget(adult);
    layout->addWidget(m_record);
    return form;
}

void GoLivePanel::show_details(const TenantDetails &details) {
    // Clears the boxes when another companion is shown, so that nothing ticked for one is recorded for
    // another.
    if (std::exchange(m_tenant_id, details.tenant.id) != details.tenant.id) {
        m_adult->setChecked(false);
        m_document->setCurrentIndex(-1);
        m_confirm->cancel();
        m_withdraw->cancel();
        m_people_of.clear();
        m_people->clear_fields();
    }
    m_details = details;
    m_name = short_name(QString::fromStdString(details.tenant.name));
    m_originals->setChecked(details.keeps_originals);
    show_status(details);
    show_identity(details);
    show_photos(details);
}

void GoLivePanel::show_status(const TenantDetails &details) {
    const auto name = QString::fromStdString(details.tenant.name);
    const auto status = details.tenant.status;
    const auto missing = missing_for_live(details);
    const bool live = status == models::TenantStatus::Active;
    switch (status) {
    case models::TenantStatus::Active:
        m_status_text->setText(tr("Everyone can see the site."));
        break;
    case models::TenantStatus::Preview:
        m_status_text->setText(tr("Only people with a share link can see the site."));
        break;
    case models::TenantStatus::Inactive:
        m_status_text->setText(tr("Visitors see a “not found” page. Nothing is deleted."));
        break;
    }
    QStringList lines{tr("Before %1 can go live:").arg(name)};
    for (const auto &line : missing) {
        lines << QStringLiteral("•  ") + line;
    }
    m_missing->setText(lines.join(QLatin1Char('\n')));
    m_missing->setVisible(!live && !missing.isEmpty());
    m_live->setText(tr("Take %1 live").arg(short_name(name)));
    m_live->setVisible(!live);
    m_live->setEnabled(missing.isEmpty());
    m_live->setToolTip(missing.join(QLatin1Char('\n')));
    m_offline->setText(tr("Take %1’s site offline").arg(short_name(name)));
    m_offline->setVisible(live);
    m_preview->setVisible(status == models::TenantStatus::Inactive);
}

void GoLivePanel::show_identity(const TenantDetails &details) {
    const bool done = details.verification && details.verification->adult_confirmed;
    m_identity_form->setVisible(!done);
    set_text_role(m_identity_text, done ? TextRole::Body : TextRole::Muted);
    if (!done) {
        m_identity_text->setText(tr("Check an identity document together. Only its type, the date and your "
                                    "name are stored, never a copy."));
        return;
    }
    m_identity_text->setText(
        tr("18 or older, verified by %1 on %2 (%3).")
            .arg(QString::fromStdString(details.verification->verified_by),
                 QLocale().toString(to_date_time(details.verification->verified_at).date(),
                                    QStringLiteral("d MMMM yyyy")),
                 document_label(details.verification->document_kind).toLower()));
}

namespace {

// Whether one release for the whole photo is enough.
bool needs_one_release(const PhotoItem &photo) {
    return !photo.state.released && photo.state.needed == 1;
}

QString photo_words(const PhotoItem &photo) {
    if (photo.paused) {
        return GoLivePanel::tr("Paused: on no page");
    }
    const auto words = state_words(photo.state);
    if (!photo.state.released) {
        return photo.published ? GoLivePanel::tr("Published: %1").arg(words)
                               : GoLivePanel::tr("In the draft: %1").arg(words);
    }
    if (!photo.stored && photo.picture.isNull()) {
        return GoLivePanel::tr("%1, but its files are not on this computer. Add the photo again to show it.")
            .arg(words);
    }
    if (!photo.stored) {
        return GoLivePanel::tr("%1, not uploaded yet").arg(words);
    }
    return photo.state.needed == 1 && photo.state.next_end.empty() && !photo.releases.empty()
               ? GoLivePanel::tr("Released, recorded by %1")
                     .arg(QString::fromStdString(photo.releases.front().recorded_by))
               : words;
}

} // namespace

void GoLivePanel::show_photos(const TenantDetails &details) {
    m_photos->removeWidget(m_people);
    m_photos->removeWidget(m_withdraw);
    clear(m_photos);
    m_rows.clear();
    int index = 0;
    for (const auto &photo : details.photos) {
        auto *row = photo_row(photo, index++);
        m_photos->addWidget(row);
        m_rows[QString::fromStdString(photo.url)] = row;
    }
    const auto open =
        std::ranges::count_if(details.photos, [](const auto &photo) { return !photo.state.released; });
    m_photos_text->setText(details.photos.empty() ? tr("The site has no photos yet.")
                           : open == 0            ? tr("Every photo has a recorded release.")
                                       : tr("A release confirms the written consent of everybody who can be "
                                            "recognised to publish this photo."));
    QStringList urls;
    for (const auto &photo : details.photos) {
        if (needs_one_release(photo)) {
            urls << QString::fromStdString(photo.url);
        }
    }
    m_record_all->setVisible(urls.size() > 1);
    m_record_all->setText(urls.size() == open ? tr("Record the release of all %1 photos").arg(urls.size())
                                              : tr("Record %1 releases, one person each").arg(urls.size()));
    m_record_all->disconnect(this);
    connect(m_record_all, &QPushButton::clicked, this, [this, urls] { emit releases_recorded(urls); });
    show_people(details);
    const auto asked = std::ranges::find(details.photos, m_withdraw_of.toStdString(), &PhotoItem::url);
    if (asked == details.photos.end() || asked->releases.empty()) {
        m_withdraw->cancel();
    } else {
        place_below(m_withdraw, m_withdraw_of);
    }
}

// Asks below the photo's row. Its files are deleted with the release, so that one press must not do it.
void GoLivePanel::ask_to_withdraw(const QString &url, const QString &title) {
    m_withdraw_of = url;
    place_below(m_withdraw, url);
    m_withdraw->ask(withdrawal_question(title, {}), withdrawal_answer(),
                    [this, url] { emit release_revoked(url); });
}

// Puts `widget` directly below the row of the photo.
void GoLivePanel::place_below(QWidget *widget, const QString &url) {
    m_photos->removeWidget(widget);
    if (auto *row = m_rows.value(url)) {
        m_photos->insertWidget(m_photos->indexOf(row) + 1, widget);
    }
}

// Shows the people of a photo below its row; text that was typed stays.
void GoLivePanel::show_people(const TenantDetails &details) {
    const auto photo = std::ranges::find(details.photos, m_people_of.toStdString(), &PhotoItem::url);
    m_people->setVisible(photo != details.photos.end());
    if (photo == details.photos.end()) {
        m_people_of.clear();
        return;
    }
    place_below(m_people, m_people_of);
    m_people->show_photo(m_people_of, photo->title, photo->state, photo->releases, photo->people,
                         photo->in_library);
}

void GoLivePanel::choose_people_of(const QString &url) {
    m_people_of = m_people_of == url ? QString() : url;
    show_people(m_details);
}

void GoLivePanel::clear_release() {
    m_people->clear_fields();
}

QWidget *GoLivePanel::photo_row(const PhotoItem &photo, int index) {
    auto *row = new QWidget(this);
    auto *picture = new QLabel(row);
    picture->setFixedSize(72, 54);
    picture->setPixmap(small_picture(photo.picture, tokens(palette())));
    auto *title = new ElidedLabel(photo.title, row);
    auto *state = new QLabel(photo_words(photo), row);
    state->setObjectName(QStringLiteral("detail.photo_state.%1").arg(index));
    state->setWordWrap(true);
    state->setTextFormat(Qt::PlainText);
    const bool warns = !photo.state.next_end.empty() || (!photo.state.released && !photo.releases.empty());
    set_text_role(state, warns ? TextRole::Negative : TextRole::Small);
    const auto url = QString::fromStdString(photo.url);
    const bool withdraws = !photo.releases.empty();
    auto *button = new QPushButton(withdraws ? tr("Withdraw…") : tr("Record release"), row);
    button->setObjectName(QStringLiteral("detail.release.%1").arg(index));
    button->setAccessibleName(withdraws ? tr("Withdraw the release of %1").arg(photo.title)
                                        : tr("Record the release of %1").arg(photo.title));
    set_button_role(button, ButtonRole::Quiet);
    button->setVisible(withdraws || needs_one_release(photo));
    connect(button, &QPushButton::clicked, this, [this, url, title = photo.title, withdraws] {
        if (withdraws) {
            ask_to_withdraw(url, title);
        } else {
            emit releases_recorded({url});
        }
    });
    auto *people = new QPushButton(tr("People…"), row);
    people->setObjectName(QStringLiteral("detail.people.%1").arg(index));
    people->setAccessibleName(tr("People and releases of %1").arg(photo.title));
    set_button_role(people, ButtonRole::Quiet);
    connect(people, &QPushButton::clicked, this, [this, url] { choose_people_of(url); });
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(button);
    buttons->addWidget(people);
    buttons->addStretch(1);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(1);
    texts->addWidget(title);
    texts->addWidget(state);
    texts->addLayout(buttons);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(picture, 0, Qt::AlignTop);
    layout->addLayout(texts, 1);
    return row;
}

} // namespace studio::ui
