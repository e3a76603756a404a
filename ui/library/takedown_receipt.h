// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/photo_library.h"

#include <QWidget>

#include <string>
#include <vector>

class QLabel;
class QListWidget;
class QPushButton;

namespace studio::ui {

// The steps of one picture.
struct ReceiptPart {
    std::string picture;
    QString label;
    std::vector<db::PhotoStep> steps;
    bool is_done() const;
};

// What became of each step of a takedown, a pause or a resume, of one photo or of several.
class TakedownReceipt final : public QWidget {
    Q_OBJECT

public:
    explicit TakedownReceipt(QWidget *parent = nullptr);
    // `has_cdn`: copies may lie at a CDN, so the steps there are said.
    void show_parts(const std::vector<ReceiptPart> &parts, bool has_cdn);
    QString text() const; // all of it, for a person who gets it

signals:
    void refresh_wanted();
    void closed();

private:
    QLabel *m_title, *m_words;
    QListWidget *m_list;
    QPushButton *m_copy;
};

} // namespace studio::ui
