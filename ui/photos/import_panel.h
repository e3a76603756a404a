// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/file_facts.h"
#include "media/picture_edits.h"
#include "ui/async/latest.h"

#include <QFrame>
#include <QStringList>
#include <QThreadPool>

#include <deque>
#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QStackedWidget;

namespace studio::ui {

class PicturePreview;

// One file that a person wants to add, and what was said of it.
struct ImportChoice {
    int offer = 0; // as given to ImportPanel::offer
    QString file;
    media::PictureEdits edits;
    std::optional<int> people; // that can be recognised; nullopt: nobody said yet
    QString photographer, licence;
};

// What a file tells beside its pixels, as lines for the person who adds it; says that none of it is
// published.
QString facts_words(const media::FileFacts &facts);

// Shows files one after another before anything of them is imported: the picture, what the file tells, who
// can be recognised, photographer and licence.
class ImportPanel final : public QFrame {
    Q_OBJECT

public:
    explicit ImportPanel(QWidget *parent = nullptr);

    // `offer` comes back with each choice; `whose` is the companion's name.
    void offer(int offer, const QString &whose, const QStringList &files);
    bool is_empty() const { return m_waiting.empty(); }

signals:
    void chosen(const studio::ui::ImportChoice &choice);
    void emptied(); // every file was added or left out

private:
    struct Waiting {
        ImportChoice choice;
        QString whose;
    };
    QWidget *build_form();
    void connect_signals();
    void take_fields();
    void show_first();
    void read_facts(const QString &file);
    void suggest_photographer(const media::FileFacts &facts);
    void edit_picture();
    void close_editor();
    void add_first();
    void add_all();
    void leave_out();
    void cancel();
    void go_on();

    std::deque<Waiting> m_waiting; // the first is shown
    QString m_suggested;           // photographer, as the file names a person
    int m_seen = 0;                // files that were added or left out since the panel was empty
    PicturePreview *m_preview = nullptr;
    Latest m_facts_asked;
    QThreadPool m_pool;
    QStackedWidget *m_stack;
    QLabel *m_title, *m_picture, *m_facts, *m_problem;
    QSpinBox *m_people;
    QLineEdit *m_photographer, *m_licence;
    QPushButton *m_edit, *m_add, *m_all, *m_skip, *m_cancel;
};

} // namespace studio::ui
