// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/photos.h"

#include <QHash>
#include <QScrollArea>

#include <map>
#include <string>
#include <vector>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QSpinBox;

namespace studio::ui {

class ThumbnailSource;

// The draft's hero photo and its variants side by side as a phone and a desktop crop them, with their shares
// of the visitors.
class VariantsView final : public QWidget {
    Q_OBJECT

public:
    VariantsView(ThumbnailSource &thumbnails, bool may_edit, bool may_test, QWidget *parent = nullptr);

    // Shares that were changed here and not stored are kept as long as the variants stay the same.
    void show_hero(const models::Hero &hero, const QString &running_test);
    void forget_changes() { m_changed = false; }
    bool has_changes() const { return m_changed; }

signals:
    void shares_wanted(const std::map<std::string, int> &shares);
    void test_wanted();
    void closed();

private:
    void build_layout();
    void build_columns();
    void add_column(const QString &title, const models::Photo &photo, int variant); // -1: the control
    void set_share(std::size_t variant, int share);
    void show_shares();

    ThumbnailSource &m_thumbnails;
    const bool m_may_edit, m_may_test;
    models::Hero m_hero;
    std::vector<int> m_shares; // of the variants
    bool m_changed = false;
    QHBoxLayout *m_columns = nullptr;
    QWidget *m_content = nullptr;
    QLabel *m_words, *m_running;
    QLabel *m_control = nullptr;
    std::vector<QSpinBox *> m_fields;
    QPushButton *m_save, *m_test, *m_close;
};

} // namespace studio::ui
