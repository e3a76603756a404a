// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/photo_library.h"
#include "ui/async/latest.h"
#include "ui/editor/photos/photo_imports.h"

#include <QFrame>

#include <vector>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace studio::ui {

class Thumbnails;
class Worker;

// Shows the photos of a companion's library, to choose one for a place in her draft.
class LibraryPicker final : public QFrame {
    Q_OBJECT

public:
    LibraryPicker(Worker &worker, Thumbnails &thumbnails, QWidget *parent = nullptr);

    void open(const PhotoImport &request); // reads the library of its companion

signals:
    void picked(const studio::ui::PhotoImport &request, const studio::models::Photo &photo);
    void closed();

private:
    void read();
    void fill();
    void show_words(const QString &text, bool is_error);
    void pick();

    Worker &m_worker;
    Thumbnails &m_thumbnails;
    PhotoImport m_request;
    Latest m_reads;
    std::vector<db::LibraryPhoto> m_photos;
    QLabel *m_title, *m_words;
    QLineEdit *m_search;
    QListWidget *m_list;
    QPushButton *m_retry, *m_use, *m_close;
};

} // namespace studio::ui
