// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/booking/reply_templates.h"

#include <QPushButton>

#include <vector>

class QMenu;

namespace studio::ui {

// A button with the companion's saved replies, by language; there only where she has some.
class ReplyMenu final : public QPushButton {
    Q_OBJECT

public:
    explicit ReplyMenu(const QString &name, QWidget *parent = nullptr);
    void set_replies(const std::vector<models::ReplyTemplate> &replies);

signals:
    void chosen(const QString &text);

private:
    QMenu *m_menu;
};

} // namespace studio::ui
