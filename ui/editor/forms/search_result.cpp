// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/forms/search_result.h"

#include "ui/widgets/phrases.h"
#include "ui/widgets/style_sheet.h"

#include <QVBoxLayout>

namespace studio::ui {

SearchResult::SearchResult(DraftDocument &document, QWidget *parent)
    : QFrame(parent), m_document(document), m_place(new QLabel(this)), m_title(new QLabel(this)),
      m_description(new QLabel(this)) {
    set_card(this);
    setObjectName(QStringLiteral("search-result"));
    set_text_role(m_place, TextRole::Small);
    set_text_role(m_description, TextRole::Muted);
    auto font = m_title->font();
    font.setPixelSize(16);
    m_title->setFont(font);
    m_title->setForegroundRole(QPalette::Link);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(2);
    for (auto *label : {m_place, m_title, m_description}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        column->addWidget(label);
    }
    refresh();
    connect(&m_document, &DraftDocument::changed, this, [this](const QString &pointer) {
        if (pointer.isEmpty() || pointer.startsWith(QLatin1String("/content"))) {
            refresh();
        }
    });
}

void SearchResult::refresh() {
    const auto name = m_document.text(QStringLiteral("/content/name"));
    const auto title = m_document.text(QStringLiteral("/content/seo/title"));
    const auto description = m_document.text(QStringLiteral("/content/seo/description"));
    const auto fallback = m_document.text(QStringLiteral("/content/shortBio"));
    m_place->setText(tr("Search result preview"));
    m_title->setText(shortened(title.isEmpty() ? name : title, 60));
    m_description->setText(shortened(description.isEmpty() ? fallback : description, 160));
}

} // namespace studio::ui
