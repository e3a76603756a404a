// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/fields/color_field.h"

#include "ui/editor/draft/pointer.h"
#include "ui/widgets/style_sheet.h"

#include <QColorDialog>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace studio::ui {

ColorSwatch::ColorSwatch(QWidget *parent) : QAbstractButton(parent) {
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void ColorSwatch::set_color(const QColor &color) {
    m_color = color;
    update();
}

void ColorSwatch::paintEvent(QPaintEvent *) {
    const auto &colors = tokens(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(hasFocus() ? colors.accent : colors.control_border, hasFocus() ? 2 : 1));
    painter.setBrush(m_color.isValid() ? QBrush(m_color) : QBrush(colors.control_border, Qt::BDiagPattern));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
}

ColorField::ColorField(DraftDocument &document, FieldRegistry &registry, const QString &pointer,
                       const QString &label, const QString &use, QWidget *parent)
    : Field(document, registry, pointer, label, parent), m_swatch(new ColorSwatch(this)),
      m_hex(new QLineEdit(this)), m_hints(new QWidget(this)) {
    m_hex->setPlaceholderText(tr("automatic"));
    set_editor(m_hex);
    column()->itemAt(0)->widget()->hide(); // the name is shown beside the swatch instead
    m_swatch->setObjectName(QStringLiteral("swatch:") + pointer);
    m_swatch->setAccessibleName(tr("Pick %1").arg(label));
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    auto *name = new QLabel(label, this);
    auto *purpose = new QLabel(use, this);
    set_text_role(purpose, TextRole::Small);
    words->addWidget(name);
    words->addWidget(purpose);
    column()->removeWidget(m_hex);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_swatch);
    row->addLayout(words, 1);
    row->addWidget(m_hex);
    m_hex->setFixedWidth(92);
    column()->insertLayout(0, row);
    auto *hints = new QVBoxLayout(m_hints);
    hints->setContentsMargins(44, 0, 0, 0);
    hints->setSpacing(2);
    m_hints->hide();
    column()->addWidget(m_hints);
    refresh();
    connect(m_hex, &QLineEdit::textEdited, this, [this](const QString &typed) {
        if (typed.trimmed().isEmpty()) {
            commit_nothing();
        } else {
            commit(typed.trimmed().toStdString());
        }
    });
    connect(m_swatch, &QAbstractButton::clicked, this, &ColorField::pick);
}

void ColorField::refresh() {
    const auto now = text();
    if (m_hex->text() != now) {
        m_hex->setText(now);
    }
    const auto color = models::Color::parse(now.toStdString());
    m_swatch->set_color(color ? QColor(color->red(), color->green(), color->blue()) : QColor());
}

// While the picker is open the page shows each colour tried; Cancel restores the old one.
void ColorField::pick() {
    const auto before = value();
    auto *dialog = new QColorDialog(m_swatch->color(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setOption(QColorDialog::DontUseNativeDialog);
    dialog->setWindowTitle(m_hex->accessibleName());
    connect(dialog, &QColorDialog::currentColorChanged, this,
            [this](const QColor &color) { commit(color.name().toStdString()); });
    connect(dialog, &QColorDialog::rejected, this, [this, before] {
        if (before.is_null()) {
            commit_nothing();
        } else {
            commit(before);
        }
    });
    dialog->open();
}

void ColorField::show_contrast(const std::vector<models::ContrastPair> &report) {
    std::vector<models::ContrastPair> failing;
    for (const auto &pair : report) {
        if (!pair.passes && pointer_of(models::DocumentKind::Theme, pair.foreground_pointer) == pointer()) {
            failing.push_back(pair);
        }
    }
    if (failing == m_failing) {
        return;
    }
    m_failing = std::move(failing);
    qDeleteAll(m_hints->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly));
    for (const auto &pair : m_failing) {
        add_hint(pair);
    }
    m_hints->setVisible(!m_failing.empty());
}

void ColorField::add_hint(const models::ContrastPair &pair) {
    auto *line = new QWidget(m_hints);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    auto *words = new QLabel(tr("%1: %2 : 1, needs %3 : 1")
                                 .arg(QString::fromStdString(pair.name))
                                 .arg(pair.ratio, 0, 'f', 1)
                                 .arg(pair.required, 0, 'f', 1),
                             line);
    words->setWordWrap(true);
    set_text_role(words, TextRole::Small);
    row->addWidget(words, 1);
    const auto hex = QString::fromStdString(pair.nearest_passing.to_hex());
    auto *mend = new QPushButton(tr("Use %1").arg(hex), line);
    mend->setObjectName(QStringLiteral("mend:") + pointer());
    mend->setToolTip(tr("The nearest readable colour"));
    set_button_role(mend, ButtonRole::Quiet);
    connect(mend, &QPushButton::clicked, this, [this, hex] { commit(hex.toStdString()); });
    row->addWidget(mend);
    m_hints->layout()->addWidget(line);
}

} // namespace studio::ui
