// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/photo_library.h"

#include <QWidget>

#include <vector>

class QLabel;
class QListWidget;

namespace studio::ui {

// What became of each step of a takedown, a pause or a resume.
class TakedownReceipt final : public QWidget {
    Q_OBJECT

public:
    explicit TakedownReceipt(QWidget *parent = nullptr);
    void show_steps(const QString &title, const std::vector<db::PhotoStep> &steps);

signals:
    void refresh_wanted();
    void closed();

private:
    QLabel *m_title, *m_words;
    QListWidget *m_list;
};

} // namespace studio::ui
