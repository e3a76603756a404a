// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/fields/css_field.h"

#include "site/css/sanitizer.h"
#include "ui/widgets/style_sheet.h"

#include <QEvent>
#include <QFontDatabase>
#include <QScopedValueRollback>
#include <Qsci/qscilexercss.h>
#include <Qsci/qsciscintilla.h>

namespace studio::ui {

namespace {

constexpr double points = 9.5; // QScintilla takes sizes in points only
constexpr int lowest = 200;    // pixels

// An editor in which Tab moves to the next field, as everywhere in the form.
class CssEditor final : public QsciScintilla {
public:
    using QsciScintilla::QsciScintilla;

protected:
    bool focusNextPrevChild(bool next) override { return QAbstractScrollArea::focusNextPrevChild(next); }
};

QFont code_font() {
    auto font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(points);
    return font;
}

} // namespace

CssField::CssField(DraftDocument &document, FieldRegistry &registry, const QString &pointer,
                   const QString &label, QWidget *parent)
    : Field(document, registry, pointer, label, parent), m_editor(new CssEditor(this)),
      m_lexer(new QsciLexerCSS(m_editor)), m_dropped(new QLabel(this)) {
    set_up_editor();
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

void CssField::set_up_editor() {
    m_editor->setLexer(m_lexer);
    m_editor->setMarginWidth(1, 0);
    m_editor->setTabWidth(2);
    m_editor->setIndentationsUseTabs(false);
    m_editor->setAutoIndent(true);
    m_editor->setBraceMatching(QsciScintilla::SloppyBraceMatch);
    m_editor->setWrapMode(QsciScintilla::WrapWord);
    m_editor->setUtf8(true);
    m_editor->setMinimumHeight(lowest);
}

void CssField::dress() {
    const auto &colors = tokens(palette());
    const auto font = code_font();
    m_lexer->setDefaultFont(font);
    m_lexer->setDefaultPaper(colors.surface);
    m_lexer->setDefaultColor(colors.text);
    m_lexer->setPaper(colors.surface, -1); // -1: of every style, and of the area below the text
    m_lexer->setColor(colors.text, -1);
    m_lexer->setFont(font, -1);
    for (const int style : {QsciLexerCSS::ClassSelector, QsciLexerCSS::IDSelector, QsciLexerCSS::Tag}) {
        m_lexer->setColor(colors.accent, style);
    }
    m_lexer->setColor(colors.muted, QsciLexerCSS::Comment);
    m_lexer->setColor(colors.positive, QsciLexerCSS::Value);
    m_editor->setCaretForegroundColor(colors.text);
    m_editor->setSelectionBackgroundColor(colors.accent_fill);
    m_editor->setSelectionForegroundColor(colors.on_accent);
    m_editor->setMarginsBackgroundColor(colors.surface);
    m_editor->setMatchedBraceBackgroundColor(colors.accent_soft);
    m_editor->setMatchedBraceForegroundColor(colors.text);
    m_editor->setUnmatchedBraceBackgroundColor(colors.surface);
    m_editor->setUnmatchedBraceForegroundColor(colors.negative);
}

void CssField::changeEvent(QEvent *event) {
    if (event->type() == QEvent::PaletteChange) {
        dress();
    }
    Field::changeEvent(event);
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
                                       : tr("Removed from the page:\n%1").arg(lines.join(QLatin1Char('\n'))));
    m_dropped->setVisible(!lines.isEmpty());
}

} // namespace studio::ui
