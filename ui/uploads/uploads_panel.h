// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>
#include <QThreadPool>

#include <map>
#include <string>

class QLabel;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace studio::ui {

struct Upload;
class UploadQueue;

// The photos that are not at the platform yet: progress, pause and continue, cancel one, try again.
class UploadsPanel final : public QDialog {
    Q_OBJECT

public:
    explicit UploadsPanel(UploadQueue &queue, QWidget *parent = nullptr);
    ~UploadsPanel() override;

private:
    struct Row {
        QWidget *widget = nullptr;
        QLabel *words = nullptr;
        QProgressBar *progress = nullptr;
        QPushButton *cancel = nullptr, *retry = nullptr;
    };
    void show_state();
    Row make_row(const Upload &upload);
    void show_picture(QLabel *label, const Upload &upload);
    static void show_upload(const Row &row, const Upload &upload);

    UploadQueue &m_queue;
    QThreadPool m_pool; // reads pictures
    QLabel *m_summary, *m_problem;
    QPushButton *m_pause, *m_retry_all;
    QVBoxLayout *m_list;
    std::map<std::string, Row> m_rows; // by picture
};

} // namespace studio::ui
