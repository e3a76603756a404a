// SPDX-License-Identifier: Apache-2.0
#include "ui/library/photo_detail.h"

#include "ui/library/focal_view.h"
#include "ui/library/library_words.h"
#include "ui/library/thumbnail_source.h"
#include "ui/photos/release_fields.h"
#include "ui/photos/release_list.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/style_sheet.h"

#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace studio::ui {

namespace {

constexpr int most_people = 50;

QLineEdit *line(const QString &name, const QString &label, const QString &hint, int most, QFormLayout *form) {
    auto *field = new QLineEdit;
    field->setObjectName(name);
    field->setAccessibleName(label);
    field->setPlaceholderText(hint);
    field->setMaxLength(most);
    form->addRow(label, field);
    return field;
}

QLabel *heading(const QString &text) {
    auto *label = new QLabel(text);
    set_text_role(label, TextRole::Section);
    return label;
}

QLabel *words(const QString &name) {
    auto *label = new QLabel;
    label->setObjectName(name);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    set_text_role(label, TextRole::Muted);
    return label;
}

QPushButton *button(const QString &name, const QString &text, ButtonRole role = ButtonRole::Neutral) {
    auto *result = new QPushButton(text);
    result->setObjectName(name);
    set_button_role(result, role);
    return result;
}

// Leaves the cursor where it is as long as the text stays the same.
void fill(QLineEdit *field, const std::string &text) {
    if (const auto now = QString::fromStdString(text); field->text() != now) {
        field->setText(now);
        field->setCursorPosition(0); // a long text is shown from its beginning
    }
}

QString stored_words(const db::LibraryPhoto &photo) {
    std::uint64_t bytes = 0;
    std::ptrdiff_t missing = 0;
    for (const auto &file : photo.files) {
        bytes += file.bytes;
        missing += !file.original && !file.stored ? 1 : 0;
    }
    const auto size = QLocale().formattedDataSize(static_cast<qint64>(bytes), 1);
    const auto shape = photo.photo.width > 0 ? PhotoDetail::tr("%1 × %2 pixels, %3 in all sizes. ")
                                                   .arg(photo.photo.width)
                                                   .arg(photo.photo.height)
                                                   .arg(size)
                                             : QString();
    if (missing == 0) {
        return shape + PhotoDetail::tr("Stored on the platform.");
    }
    return shape +
           counted(static_cast<int>(missing), PhotoDetail::tr("1 file is not at the store."),
                   PhotoDetail::tr("%1 files are not at the store.")) +
           QLatin1Char(' ') +
           PhotoDetail::tr("The computer where the photo was added sends them. Files that were removed "
                           "because a release was over are made by adding the same file again with the same "
                           "edits, also where its original was kept.");
}

} // namespace

PhotoDetail::PhotoDetail(ThumbnailSource &thumbnails, bool may_edit, bool may_record_releases,
                         QWidget *parent)
    : QScrollArea(parent), m_may_edit(may_edit), m_may_record_releases(may_record_releases),
      m_view(new FocalView(thumbnails, QStringLiteral("library.focal"))) {
    setObjectName(QStringLiteral("library.detail"));
    setWidgetResizable(true);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    build_layout();
    connect_signals();
}

void PhotoDetail::build_layout() {
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(16, 12, 16, 16);
    column->setSpacing(10);
    column->addWidget(m_view);
    m_view->set_may_edit(m_may_edit);
    add_texts(column);
    column->addWidget(heading(tr("Where it is used")));
    m_uses = words(QStringLiteral("library.uses"));
    column->addWidget(m_uses);
    m_open_editor = button(QStringLiteral("library.open_editor"), tr("Open the editor"), ButtonRole::Quiet);
    m_open_editor->setToolTip(tr("There, “From the library…” puts this photo on a page."));
    column->addWidget(m_open_editor, 0, Qt::AlignLeft);
    m_stored = words(QStringLiteral("library.stored"));
    column->addWidget(m_stored);
    add_actions(column);
    column->addStretch(1);
    setWidget(content);
}

void PhotoDetail::add_texts(QVBoxLayout *column) {
    auto *form = new QFormLayout;
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    m_alt = line(QStringLiteral("library.alt"), tr("Alt text"), tr("What the photo shows"), 300, form);
    m_caption = line(QStringLiteral("library.caption"), tr("Caption"), {}, 300, form);
    m_people = new QSpinBox;
    m_people->setObjectName(QStringLiteral("library.people"));
    m_people->setAccessibleName(tr("People who can be recognised"));
    m_people->setRange(-1, most_people);
    m_people->setSpecialValueText(tr("Not said yet"));
    form->addRow(tr("People"), m_people);
    m_photographer = line(QStringLiteral("library.photographer"), tr("Photographer"), {}, 100, form);
    m_licence =
        line(QStringLiteral("library.licence"), tr("Licence"), tr("What the photographer allows"), 200, form);
    column->addLayout(form);
    column->addWidget(heading(tr("Releases")));
    m_agreed = new ReleaseList(QStringLiteral("library.release"), m_may_record_releases, this);
    column->addWidget(m_agreed);
    m_releases = words(QStringLiteral("library.releases"));
    column->addWidget(m_releases);
    m_release = new ReleaseFields(QStringLiteral("library.release"));
    column->addWidget(m_release);
    m_record = button(QStringLiteral("library.release.record"), tr("Record this release"));
    column->addWidget(m_record, 0, Qt::AlignLeft);
    for (auto *field : {m_alt, m_caption, m_photographer, m_licence}) {
        field->setReadOnly(!m_may_edit);
    }
    m_people->setEnabled(m_may_edit);
    m_release->setVisible(m_may_record_releases);
    m_record->setVisible(m_may_record_releases);
}

void PhotoDetail::add_actions(QVBoxLayout *column) {
    m_replace = button(QStringLiteral("library.replace"), tr("Replace everywhere…"));
    m_pause = button(QStringLiteral("library.pause"), tr("Pause"));
    m_take_down = button(QStringLiteral("library.take_down"), tr("Take down…"), ButtonRole::Danger);
    m_steps = button(QStringLiteral("library.steps"), tr("Show the receipt"), ButtonRole::Quiet);
    for (auto *each : {m_replace, m_pause, m_take_down}) {
        column->addWidget(each);
        each->setVisible(m_may_edit);
    }
    column->addWidget(m_steps);
}

void PhotoDetail::connect_signals() {
    using Text = std::optional<std::string> TextChange::*;
    for (const auto &[field, text] : {std::pair<QLineEdit *, Text>{m_alt, &TextChange::alt},
                                      {m_caption, &TextChange::caption},
                                      {m_photographer, &TextChange::photographer},
                                      {m_licence, &TextChange::licence}}) {
        connect(field, &QLineEdit::textChanged, this, [this, text = text](const QString &typed) {
            TextChange one;
            one.*text = typed.toStdString();
            change(one);
        });
    }
    connect(m_people, &QSpinBox::valueChanged, this, [this](int people) {
        TextChange one;
        one.people = people;
        one.people_seen = m_people_stored;
        m_people_stored = people < 0 ? m_people_stored : people;
        change(one);
    });
    connect(m_view, &FocalView::point_picked, this, [this] {
        TextChange one;
        one.focal_point = m_view->point();
        change(one);
    });
    connect(m_record, &QPushButton::clicked, this, [this] {
        if (const auto release = m_release->release()) {
            emit release_wanted(*release);
        }
    });
    connect(m_agreed, &ReleaseList::withdrawn, this, &PhotoDetail::withdrawal_wanted);
    connect(m_pause, &QPushButton::clicked, this,
            [this] { m_paused ? emit resume_wanted() : emit pause_wanted(); });
    connect(m_open_editor, &QPushButton::clicked, this, &PhotoDetail::editor_wanted);
    connect(m_replace, &QPushButton::clicked, this, &PhotoDetail::replace_wanted);
    connect(m_take_down, &QPushButton::clicked, this, &PhotoDetail::takedown_wanted);
    connect(m_steps, &QPushButton::clicked, this, &PhotoDetail::steps_wanted);
}

void PhotoDetail::change(const TextChange &change) {
    if (!m_filling) {
        emit texts_changed(change);
    }
}

void PhotoDetail::show_entry(const LibraryEntry &entry, const PhotoTexts &texts) {
    m_filling = true;
    if (entry.photo.picture != m_picture) {
        verticalScrollBar()->setValue(0);
        m_release->clear();
    }
    m_picture = entry.photo.picture;
    m_people_stored = entry.photo.people;
    m_view->show_photo(entry.photo.photo);
    m_view->set_point(texts.focal_point);
    fill(m_alt, texts.alt);
    fill(m_caption, texts.caption);
    fill(m_photographer, texts.photographer);
    fill(m_licence, texts.licence);
    m_people->setValue(texts.people.value_or(-1));
    m_filling = false;
    show_facts(entry);
}

void PhotoDetail::show_facts(const LibraryEntry &entry) {
    const auto uses = use_words(entry.uses);
    const auto places = uses.join(QLatin1Char('\n'));
    m_uses->setText(uses.isEmpty() ? tr("Nowhere.")
                    : entry.photo.paused
                        ? tr("Paused, so no page shows it. When it is resumed:\n%1").arg(places)
                        : places);
    m_steps->setVisible(entry.has_steps);
    m_stored->setText(stored_words(entry.photo));
    m_alt->setPlaceholderText(entry.used_alt.empty()
                                  ? tr("What the photo shows")
                                  : tr("In the draft: %1").arg(QString::fromStdString(entry.used_alt)));
    const bool is_named = !entry.needs_alt() || !entry.used_alt.empty() || !entry.photo.photo.caption.empty();
    const auto label = is_named ? title_of(entry) : tr("photo without alt text");
    m_agreed->show_releases(QString::fromStdString(entry.photo.picture), label, entry.releases);
    const int missing = entry.missing_releases();
    m_releases->setText(counted(missing, tr("1 release is missing, so no page may show this photo."),
                                tr("%1 releases are missing, so no page may show this photo.")));
    m_releases->setVisible(missing > 0);
    if (!m_may_record_releases) {
        m_releases->setText(
            tr("%1 An operator records releases: send yours the signed one.").arg(m_releases->text()));
    }
    m_open_editor->setVisible(m_may_edit && uses.isEmpty());
    m_paused = entry.photo.paused;
    m_pause->setText(m_paused ? tr("Resume: show it again") : tr("Pause: hide it everywhere"));
    const bool in_draft = std::ranges::any_of(
        entry.uses, [](const auto &use) { return use.in == models::PhotoUse::In::Draft; });
    m_replace->setEnabled(in_draft);
    m_replace->setToolTip(in_draft ? QString() : tr("The draft does not use this photo."));
}

void PhotoDetail::clear_release() {
    m_release->clear();
}

} // namespace studio::ui
