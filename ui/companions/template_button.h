// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractButton>
#include <QImage>

namespace studio::ui {

// One of several pictures to choose from, with a title and a sentence beside it.
class TemplateButton final : public QAbstractButton {
    Q_OBJECT

public:
    static constexpr QSize picture{104, 65};
    TemplateButton(const QString &title, const QString &sentence, QImage image, QWidget *parent = nullptr);
    QSize sizeHint() const override { return {300, picture.height() + 34}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_sentence;
    QImage m_image;
};

} // namespace studio::ui
