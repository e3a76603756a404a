// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QComboBox>
#include <QStyleOptionComboBox>

namespace studio::ui {

// A combo box that shortens its text with "…" where there is no room for all of it; the tool tip has the
// whole text.
class ElidedComboBox final : public QComboBox {
    Q_OBJECT

public:
    explicit ElidedComboBox(QWidget *parent = nullptr);

    QString shown_text() const; // the text of the choice as it is painted

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QStyleOptionComboBox elided_option() const;
};

} // namespace studio::ui
