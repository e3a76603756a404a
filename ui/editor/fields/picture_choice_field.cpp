// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/fields/picture_choice_field.h"

#include "ui/widgets/theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPainter>

namespace studio::ui {

namespace {

class Picture final : public QAbstractButton {
public:
    Picture(const PictureChoiceField::Choice &choice, QWidget *parent)
        : QAbstractButton(parent), m_choice(choice) {
        setCheckable(true);
        setText(choice.text);
        setAccessibleName(choice.text);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setFixedHeight(94);
        setMinimumWidth(80);
    }

protected:
    void paintEvent(QPaintEvent *) override {
        const auto &colors = tokens(palette());
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF frame = QRectF(rect()).adjusted(1, 1, -1, -1);
        const bool strong = isChecked() || hasFocus();
        painter.setPen(QPen(strong ? colors.accent : colors.border, strong ? 2 : 1));
        painter.setBrush(isChecked() ? colors.accent_soft : (underMouse() ? colors.hover : colors.surface));
        painter.drawRoundedRect(frame, 8, 8);
        const auto ink = isChecked() ? colors.accent : colors.muted;
        painter.save();
        painter.setPen(QPen(ink, 1.5));
        painter.setBrush(ink);
        m_choice.draw(painter, frame.adjusted(14, 10, -14, -30));
        painter.restore();
        painter.setPen(isChecked() ? colors.accent : colors.text);
        painter.drawText(frame.adjusted(0, 0, 0, -7), Qt::AlignHCenter | Qt::AlignBottom, text());
    }

    void enterEvent(QEnterEvent *) override { update(); }
    void leaveEvent(QEvent *) override { update(); }

private:
    PictureChoiceField::Choice m_choice;
};

} // namespace

PictureChoiceField::PictureChoiceField(DraftDocument &document, FieldRegistry &registry,
                                       const QString &pointer, const QString &label,
                                       const QList<Choice> &choices, const QString &usual, QWidget *parent)
    : Field(document, registry, pointer, label, parent), m_group(new QButtonGroup(this)), m_choices(choices),
      m_usual(usual) {
    auto *holder = new QWidget(this);
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    for (const auto &choice : choices) {
        auto *button = new Picture(choice, holder);
        button->setObjectName(QStringLiteral("choice:%1:%2").arg(pointer, choice.value));
        m_group->addButton(button, static_cast<int>(m_group->buttons().size()));
        row->addWidget(button);
        share_shortcuts(button);
    }
    set_editor(holder);
    holder->setFocusProxy(m_group->button(0));
    refresh();
    connect(m_group, &QButtonGroup::idClicked, this,
            [this](int id) { commit(m_choices[id].value.toStdString()); });
}

void PictureChoiceField::refresh() {
    const auto now = text().isEmpty() ? m_usual : text();
    for (int i = 0; i < m_choices.size(); ++i) {
        if (m_choices[i].value == now) {
            m_group->button(i)->setChecked(true);
        }
    }
}

} // namespace studio::ui
