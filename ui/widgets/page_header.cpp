// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/page_header.h"

#include "ui/widgets/line_icon.h"
#include "ui/widgets/style_sheet.h"

#include <QMenu>
#include <QPainter>
#include <QVBoxLayout>

namespace studio::ui {

namespace {

class Divider final : public QWidget {
public:
    explicit Divider(QWidget *parent) : QWidget(parent) { setFixedHeight(1); }

protected:
    void paintEvent(QPaintEvent *) override { QPainter(this).fillRect(rect(), tokens(palette()).border); }
};

} // namespace

PageHeader::PageHeader(const QString &title, QWidget *parent)
    : QWidget(parent), m_title(new ElidedLabel(title, this)), m_subtitle(new ElidedLabel({}, this)),
      m_row(new QHBoxLayout) {
    set_text_role(m_title, TextRole::Title);
    set_text_role(m_subtitle, TextRole::Muted);
    m_subtitle->hide();
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_title);
    texts->addWidget(m_subtitle);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(8);
    m_row->addLayout(texts, 1);
    setLayout(m_row);
}

void PageHeader::set_subtitle(const QString &text) {
    m_subtitle->set_full_text(text);
    m_subtitle->setVisible(!text.isEmpty());
}

QPushButton *PageHeader::set_primary_action(const QString &name, const QString &icon, const QString &text) {
    m_primary = new QPushButton(line_icon(icon, QColor(Qt::white)), text, this);
    m_primary->setObjectName(name);
    set_button_role(m_primary, ButtonRole::Primary);
    m_row->addWidget(m_primary, 0, Qt::AlignVCenter);
    return m_primary;
}

void PageHeader::set_menu(QMenu *menu) {
    m_more = new QToolButton(this);
    m_more->setObjectName(QStringLiteral("page.more"));
    m_more->setAccessibleName(tr("More actions"));
    m_more->setToolTip(tr("More actions"));
    m_more->setIcon(line_icon(QStringLiteral("more")));
    m_more->setIconSize({18, 18});
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setMenu(menu);
    m_row->addWidget(m_more, 0, Qt::AlignVCenter);
}

void PageHeader::add_widget(QWidget *widget) {
    m_row->addWidget(widget, 0, Qt::AlignVCenter);
}

QWidget *section_header(const QString &title, const QString &text, QWidget *parent) {
    auto *header = new QWidget(parent);
    auto *layout = new QVBoxLayout(header);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    auto *heading = new QLabel(title, header);
    set_text_role(heading, TextRole::Section);
    layout->addWidget(heading);
    if (!text.isEmpty()) {
        auto *sentence = new QLabel(text, header);
        set_text_role(sentence, TextRole::Muted);
        sentence->setWordWrap(true);
        layout->addWidget(sentence);
    }
    return header;
}

QWidget *divider(QWidget *parent) {
    return new Divider(parent);
}

} // namespace studio::ui
