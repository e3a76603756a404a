// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QToolButton>

namespace studio::ui {

class UploadQueue;

// For the status bar: how far the uploads are. Hidden where there are none; a click opens the list.
class UploadStatus final : public QToolButton {
    Q_OBJECT

public:
    explicit UploadStatus(UploadQueue &queue, QWidget *parent = nullptr);

private:
    void show_state();

    UploadQueue &m_queue;
};

} // namespace studio::ui
