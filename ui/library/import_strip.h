// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

class QLabel;
class QListWidget;
class QListWidgetItem;
class QProgressBar;
class QPushButton;

namespace studio::ui {

class LibraryImports;
struct ImportResult;

// What became of the files that are being added: progress, and those that need a look. Hidden while there is
// nothing to say.
class ImportStrip final : public QFrame {
    Q_OBJECT

public:
    explicit ImportStrip(LibraryImports &imports, QWidget *parent = nullptr);

signals:
    void pictures_chosen(const QStringList &pictures);

private:
    void refresh();
    void fill_list();
    void add_button(QListWidgetItem *item, const ImportResult &result);

    LibraryImports &m_imports;
    QLabel *m_words;
    QProgressBar *m_progress;
    QListWidget *m_list;
    QPushButton *m_retry, *m_close;
};

} // namespace studio::ui
