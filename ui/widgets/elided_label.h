// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>

namespace studio::ui {

// One line of text that ends in "…" where it does not fit, with the whole as its tool tip.
class ElidedLabel final : public QLabel {
    Q_OBJECT

public:
    explicit ElidedLabel(const QString &text = {}, QWidget *parent = nullptr);
    void set_full_text(const QString &text);
    QString full_text() const { return m_text; }
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void elide();

    QString m_text;
};

} // namespace studio::ui
