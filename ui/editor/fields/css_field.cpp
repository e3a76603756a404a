// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/fields/css_field.h"

#include "site/page.h"
#include "ui/widgets/style_sheet.h"

#include <QFontDatabase>
#include <QScopedValueRollback>
#include <Qsci/qscilexercss.h>
#include <Qsci/qsciscintilla.h>

namespace studio::ui {

CssField::CssField(DraftDocument &document, FieldRegistry &registry, const QString &pointer,
                   const QString &label, QWidget *parent)
    : Field(document, registry, pointer, label, parent), m_editor(new QsciScintilla(this)),
      m_dropped(new QLabel(this)) {
    dress();
    set_editor(m_editor);
    m_dropped->setObjectName(QStringLiteral("css-dropped"));
    m_dropped->setWordWrap(true);
    set_text_role(m_dropped, TextRole::Muted);
    column()->addWidget(m_dropped);
    refresh();
    connect(m_editor, &QsciScintilla::textChanged, this, [this] {
        if (!m_showing) {
            commit(m_editor->text().toStdString());
            list_dropped();
        }
    });
}

void CssField::dress() {
    const auto &colors = tokens(palette());
    auto font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPixelSize(12);
    auto *lexer = new QsciLexerCSS(m_editor);
    lexer->setDefaultFont(font);
    lexer->setDefaultPaper(colors.surface);
    lexer->setDefaultColor(colors.text);
    for (int style = 0; style < 24; ++style) {
        lexer->setFont(font, style);
        lexer->setPaper(colors.surface, style);
        lexer->setColor(colors.text, style);
    }
    for (const int style : {QsciLexerCSS::ClassSelector, QsciLexerCSS::IDSelector, QsciLexerCSS::Tag}) {
        lexer->setColor(colors.accent, style);
    }
    lexer->setColor(colors.muted, QsciLexerCSS::Comment);
    lexer->setColor(colors.positive, QsciLexerCSS::Value);
    m_editor->setLexer(lexer);
    m_editor->setCaretForegroundColor(colors.text);
    m_editor->setMarginWidth(1, 0);
    m_editor->setTabWidth(2);
    m_editor->setIndentationsUseTabs(false);
    m_editor->setAutoIndent(true);
    m_editor->setBraceMatching(QsciScintilla::SloppyBraceMatch);
    m_editor->setWrapMode(QsciScintilla::WrapWord);
    m_editor->setUtf8(true);
    m_editor->setMinimumHeight(200);
}

void CssField::refresh() {
    const QScopedValueRollback showing(m_showing, true);
    const auto now = text();
    if (m_editor->text() != now) {
        m_editor->setText(now);
    }
    list_dropped();
}

void CssField::list_dropped() {
    const auto safe = site::sanitize_css(m_editor->text().toStdString(), ".site");
    QStringList lines;
    for (const auto &dropped : safe.dropped) {
        lines << QStringLiteral("• ") + QString::fromStdString(dropped);
    }
    m_dropped->setText(lines.isEmpty() ? QString()
                                       : tr("Left out of the page:\n%1").arg(lines.join(QLatin1Char('\n'))));
    m_dropped->setVisible(!lines.isEmpty());
}

} // namespace studio::ui
