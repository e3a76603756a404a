// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/draft/pointer.h"

namespace studio::ui {

std::optional<FieldAddress> address_of(const QString &pointer) {
    for (const auto kind :
         {models::DocumentKind::Theme, models::DocumentKind::Content, models::DocumentKind::Photos}) {
        const auto prefix = pointer_of(kind, {});
        if (is_within(pointer, prefix)) {
            return FieldAddress{kind, pointer.mid(prefix.size()).toStdString()};
        }
    }
    return std::nullopt;
}

QString pointer_of(models::DocumentKind document, const std::string &pointer) {
    const auto name = models::to_string(document);
    return QLatin1Char('/') + QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())) +
           QString::fromStdString(pointer);
}

bool is_within(const QString &pointer, const QString &outer) {
    return pointer == outer || pointer.startsWith(outer + QLatin1Char('/'));
}

bool are_related(const QString &first, const QString &second) {
    return is_within(first, second) || is_within(second, first);
}

QString child(const QString &pointer, const QString &key) {
    auto escaped = key;
    escaped.replace(QLatin1Char('~'), QLatin1String("~0")).replace(QLatin1Char('/'), QLatin1String("~1"));
    return pointer + QLatin1Char('/') + escaped;
}

QString child(const QString &pointer, std::size_t index) {
    return pointer + QLatin1Char('/') + QString::number(index);
}

QString parent_of(const QString &pointer) {
    return pointer.left(pointer.lastIndexOf(QLatin1Char('/')));
}

QString text_of(const models::Json &value) {
    if (value.is_string()) {
        return QString::fromStdString(value.get<std::string>());
    }
    return value.is_number() ? QString::fromStdString(value.dump()) : QString();
}

} // namespace studio::ui
