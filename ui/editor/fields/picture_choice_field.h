// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/fields/field.h"

#include <QAbstractButton>

#include <functional>

class QButtonGroup;
class QPainter;

namespace studio::ui {

// A choice of one of a few values, each shown as a small drawing.
class PictureChoiceField final : public Field {
    Q_OBJECT

public:
    struct Choice {
        QString value, text;
        // Draws into the rectangle. Pen and brush have the text colour of the studio's theme.
        std::function<void(QPainter &, const QRectF &)> draw;
    };
    PictureChoiceField(DraftDocument &document, FieldRegistry &registry, const QString &pointer,
                       const QString &label, const QList<Choice> &choices, const QString &usual,
                       QWidget *parent = nullptr);
    void refresh() override;

private:
    QButtonGroup *m_group;
    QList<Choice> m_choices;
    QString m_usual;
};

} // namespace studio::ui
