// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/forms/theme_form.h"

#include "models/documents/theme.h"
#include "ui/editor/fields/color_field.h"
#include "ui/editor/fields/css_field.h"
#include "ui/editor/fields/font_field.h"
#include "ui/editor/fields/simple_fields.h"
#include "ui/editor/forms/section.h"
#include "ui/editor/forms/theme_pictures.h"
#include "ui/widgets/style_sheet.h"

namespace studio::ui {

ThemeForm::ThemeForm(const FormParts &parts, QWidget *parent)
    : Form(QStringLiteral("form:theme"), parts, parent) {
    add_section(QStringLiteral("colors"), tr("Colours"), {QStringLiteral("/theme/colors")},
                [this](QVBoxLayout *column) { build_colors(column); })
        ->set_open(true);
    add_section(QStringLiteral("fonts"), tr("Fonts"), {QStringLiteral("/theme/fonts")},
                [this](QVBoxLayout *column) { build_type(column); });
    add_section(QStringLiteral("layout"), tr("Layout"),
                {QStringLiteral("/theme/layout"), QStringLiteral("/theme/spacing")},
                [this](QVBoxLayout *column) { build_layout_choices(column); });
    add_section(QStringLiteral("finish"), tr("Corners and shadow"),
                {QStringLiteral("/theme/borderRadius"), QStringLiteral("/theme/shadow")},
                [this](QVBoxLayout *column) { build_finish(column); });
    add_section(QStringLiteral("css"), tr("Custom CSS"), {QStringLiteral("/theme/customCss")},
                [this](QVBoxLayout *column) { build_css(column); });
    connect(&m_parts.document, &DraftDocument::changed, this, [this](const QString &pointer) {
        if (pointer.isEmpty() || pointer.startsWith(QLatin1String("/theme"))) {
            show_contrast();
        }
    });
    show_contrast();
}

void ThemeForm::build_colors(QVBoxLayout *column) {
    const auto add = [this, column](const char *key, const QString &label, const QString &use) {
        auto *field = new ColorField(m_parts.document, m_parts.registry,
                                     QStringLiteral("/theme/colors/") + QLatin1String(key), label, use);
        m_colors.append(field);
        column->addWidget(field);
    };
    add("primary", tr("Primary"), tr("Headings, links, buttons"));
    add("secondary", tr("Secondary"), tr("Ornaments, small caps"));
    add("accent", tr("Accent"), tr("Cards and tinted areas"));
    add("background", tr("Background"), tr("The page"));
    add("text", tr("Text"), tr("Body text"));
    add("textLight", tr("Light text"), tr("Captions, small print"));
    add("success", tr("Success"), tr("Confirmations"));
    add("warning", tr("Warning"), tr("Warnings"));
    add("error", tr("Error"), tr("Errors"));
}

void ThemeForm::build_type(QVBoxLayout *column) {
    column->addWidget(new FontField(m_parts.document, m_parts.registry,
                                    QStringLiteral("/theme/fonts/heading"), tr("Headings"),
                                    FontField::Use::Headings));
    column->addWidget(new FontField(m_parts.document, m_parts.registry, QStringLiteral("/theme/fonts/body"),
                                    tr("Body text"), FontField::Use::Body));
}

void ThemeForm::build_layout_choices(QVBoxLayout *column) {
    column->addWidget(new PictureChoiceField(m_parts.document, m_parts.registry,
                                             QStringLiteral("/theme/layout"), tr("Composition"),
                                             layout_pictures(), QStringLiteral("elegant")));
    column->addWidget(new PictureChoiceField(m_parts.document, m_parts.registry,
                                             QStringLiteral("/theme/spacing"), tr("Spacing"),
                                             spacing_pictures(), QStringLiteral("comfortable")));
}

void ThemeForm::build_finish(QVBoxLayout *column) {
    column->addWidget(new PixelField(m_parts.document, m_parts.registry,
                                     QStringLiteral("/theme/borderRadius"), tr("Rounded corners"), 32, 8));
    column->addWidget(new PictureChoiceField(m_parts.document, m_parts.registry,
                                             QStringLiteral("/theme/shadow"), tr("Shadow"), shadow_pictures(),
                                             QStringLiteral("medium")));
}

void ThemeForm::build_css(QVBoxLayout *column) {
    auto *words = new QLabel(tr("Rules for this site only. Anything that reaches outside the page or loads "
                                "from elsewhere is removed."));
    words->setWordWrap(true);
    set_text_role(words, TextRole::Muted);
    column->addWidget(words);
    column->addWidget(
        new CssField(m_parts.document, m_parts.registry, QStringLiteral("/theme/customCss"), tr("CSS")));
}

void ThemeForm::show_contrast() {
    const auto report = models::contrast_report(models::read_theme(m_parts.document.documents().theme));
    for (auto *field : std::as_const(m_colors)) {
        field->show_contrast(report);
    }
}

} // namespace studio::ui
