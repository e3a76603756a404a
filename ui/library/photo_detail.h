// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/library/library_changes.h"
#include "ui/library/library_reading.h"

#include <QScrollArea>

class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace studio::ui {

class FocalView;
class ReleaseFields;
class ReleaseList;
class ThumbnailSource;

// One photo: its texts, people, releases and licence, where it is used, and what can be done with it.
class PhotoDetail final : public QScrollArea {
    Q_OBJECT

public:
    PhotoDetail(ThumbnailSource &thumbnails, bool may_edit, bool may_record_releases,
                QWidget *parent = nullptr);

    // `texts` as they stand in the fields: typed ones are shown before they are stored.
    void show_entry(const LibraryEntry &entry, const PhotoTexts &texts);
    const std::string &picture() const { return m_picture; }
    void clear_release();

signals:
    void texts_changed(const studio::ui::TextChange &change); // one field
    void release_wanted(const studio::db::PhotoRelease &release);
    void withdrawal_wanted(const QString &person); // "" for the release of the whole photo
    void pause_wanted();
    void resume_wanted();
    void replace_wanted();
    void takedown_wanted();
    void steps_wanted();
    void editor_wanted();

private:
    void build_layout();
    void add_texts(QVBoxLayout *column);
    void add_actions(QVBoxLayout *column);
    void connect_signals();
    void change(const TextChange &change);
    void show_facts(const LibraryEntry &entry);

    const bool m_may_edit, m_may_record_releases;
    std::string m_picture;
    std::optional<int> m_people_stored;
    bool m_filling = false;
    FocalView *m_view;
    QLineEdit *m_alt, *m_caption, *m_photographer, *m_licence;
    QSpinBox *m_people;
    QLabel *m_uses, *m_stored, *m_releases;
    ReleaseList *m_agreed;
    ReleaseFields *m_release;
    QPushButton *m_record, *m_pause, *m_replace, *m_take_down, *m_steps, *m_open_editor;
    bool m_paused = false;
};

} // namespace studio::ui
