// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/fields/font_field.h"

#include "models/documents/fonts.h"
#include "site/static_files.h"

#include <QComboBox>
#include <QFontDatabase>
#include <QHash>

#include <algorithm>

namespace studio::ui {

namespace {

// Finds the regular upright Latin subset. Its name is like
// "playfair-display-latin-400-normal.3f2a9c81.woff2".
std::optional<site::StaticFile> regular_file(const std::string &slug) {
    const auto names = site::static_file_names();
    const auto rank = [&slug](const std::string &name) {
        if (name.rfind(slug + "-", 0) != 0 || name.find(".woff2") == std::string::npos ||
            name.find("italic") != std::string::npos || name.find("-ext") != std::string::npos) {
            return 0;
        }
        return name.find("400") != std::string::npos ? 2 : 1;
    };
    const auto best =
        std::max_element(names.begin(), names.end(),
                         [&rank](const auto &one, const auto &other) { return rank(one) < rank(other); });
    return best == names.end() || rank(*best) == 0 ? std::nullopt : site::static_file(*best);
}

} // namespace

// A family that is installed on the system is taken from there, because loading a second one of the same name
// could change the studio's own text.
QString loaded_family(const models::FontFamily &wanted) {
    static QHash<QString, QString> families;
    const auto key = QString::fromUtf8(wanted.name.data(), static_cast<qsizetype>(wanted.name.size()));
    if (families.contains(key)) {
        return families[key];
    }
    auto family = QFontDatabase::hasFamily(key) ? key : QString();
    if (const auto file = family.isEmpty() ? regular_file(std::string(wanted.slug)) : std::nullopt) {
        const QByteArray bytes(file->bytes.data(), static_cast<qsizetype>(file->bytes.size()));
        const auto names =
            QFontDatabase::applicationFontFamilies(QFontDatabase::addApplicationFontFromData(bytes));
        family = names.value(0);
    }
    return *families.insert(key, family);
}

FontField::FontField(DraftDocument &document, FieldRegistry &registry, const QString &pointer,
                     const QString &label, Use use, QWidget *parent)
    : Field(document, registry, pointer, label, parent), m_combo(new QComboBox(this)),
      m_usual(use == Use::Headings ? QStringLiteral("Playfair Display") : QStringLiteral("Montserrat")) {
    for (const auto &family : models::font_families()) {
        if (!(use == Use::Headings ? family.heading : family.body)) {
            continue;
        }
        const auto name = QString::fromUtf8(family.name.data(), static_cast<qsizetype>(family.name.size()));
        m_combo->addItem(name, name);
        const auto loaded = loaded_family(family);
        if (!loaded.isEmpty()) {
            QFont font(loaded);
            font.setPixelSize(17);
            m_combo->setItemData(m_combo->count() - 1, font, Qt::FontRole);
        }
    }
    m_combo->setFocusPolicy(Qt::StrongFocus);
    set_editor(m_combo);
    refresh();
    connect(m_combo, &QComboBox::activated, this,
            [this](int index) { commit(m_combo->itemData(index).toString().toStdString()); });
}

void FontField::refresh() {
    const auto now = text().isEmpty() ? m_usual : text();
    auto index = m_combo->findData(now);
    if (index < 0) {
        m_combo->addItem(now, now);
        index = m_combo->count() - 1;
    }
    m_combo->setCurrentIndex(index);
    const auto font = m_combo->itemData(index, Qt::FontRole);
    m_combo->setFont(font.isValid() ? font.value<QFont>() : QFont());
}

} // namespace studio::ui
