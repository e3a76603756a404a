// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/fields/field.h"
#include "ui/editor/forms/form_parts.h"

#include <QSpinBox>

namespace studio::ui {

// A variant's share of the visitors, in whole per cent.
class WeightField final : public Field {
    Q_OBJECT

public:
    WeightField(DraftDocument &document, FieldRegistry &registry, const QString &pointer,
                const QString &label, QWidget *parent = nullptr);
    void refresh() override;

private:
    QSpinBox *m_percent;
};

// A bar of the shares of visitors who see each variant, and a sentence about it: "Control gets the rest, 40
// %". While another experiment on the hero photo runs or is paused, its shares are shown, because the
// document's weights have no effect.
class WeightsPicture final : public QWidget {
    Q_OBJECT

public:
    explicit WeightsPicture(FormParts parts, QWidget *parent = nullptr);
    void refresh();
    QString words() const { return m_words->text(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void show_test(const models::Experiment &test);
    void show_weights();

    struct Share {
        QString name;
        double share = 0;
    };
    FormParts m_parts;
    QLabel *m_words;
    QList<Share> m_shares;
};

} // namespace studio::ui
