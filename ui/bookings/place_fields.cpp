// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/place_fields.h"

#include "base/text.h"
#include "ui/bookings/booking_words.h"

#include <QComboBox>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace studio::ui {

namespace {
constexpr int lines = 2;

// A text field knows one kind of line break.
QString as_shown(const std::string &place) {
    auto text = QString::fromStdString(place);
    text.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    return text.replace(QLatin1Char('\r'), QLatin1Char('\n'));
}
} // namespace

PlaceFields::PlaceFields(const QString &name, QWidget *parent)
    : QWidget(parent), m_kind(new QComboBox(this)), m_place(new QPlainTextEdit(this)) {
    m_kind->setObjectName(name + QStringLiteral(".place_kind"));
    m_kind->setAccessibleName(tr("Kind of place"));
    m_kind->addItem(tr("Place not said"), QString());
    for (const auto *kind : {"incall", "outcall", "travel"}) {
        m_kind->addItem(place_word(kind), QString::fromLatin1(kind));
    }
    m_place->setObjectName(name + QStringLiteral(".place"));
    m_place->setAccessibleName(tr("Area or address"));
    m_place->setPlaceholderText(tr("Area or address"));
    m_place->setTabChangesFocus(true);
    m_place->setFixedHeight(m_place->fontMetrics().lineSpacing() * lines + 20);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_kind);
    layout->addWidget(m_place);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &PlaceFields::changed);
    connect(m_place, &QPlainTextEdit::textChanged, this, &PlaceFields::changed);
}

void PlaceFields::begin(const db::Booking &booking) {
    m_given_kind = booking.place_kind;
    m_given_place = booking.place;
    show_place(m_given_kind, m_given_place);
}

void PlaceFields::follow(const db::Booking &booking) {
    if (booking.place_kind == m_given_kind && booking.place == m_given_place) {
        return; // the cursor of a person who types stays
    }
    if (is_edited()) {
        m_given_kind = booking.place_kind;
        m_given_place = booking.place;
    } else {
        begin(booking);
    }
}

std::optional<std::string> PlaceFields::kind() const {
    const auto kind = m_kind->currentData().toString().toStdString();
    return kind == m_given_kind ? std::nullopt : std::optional(kind);
}

std::optional<std::string> PlaceFields::place() const {
    const auto place = m_place->toPlainText().trimmed().toStdString();
    return place == base::trimmed(m_given_place) ? std::nullopt : std::optional(place);
}

bool PlaceFields::is_edited() const {
    return kind() || m_place->toPlainText() != as_shown(m_given_place);
}

void PlaceFields::enter(const std::optional<std::string> &kind, const std::optional<std::string> &place) {
    show_place(kind.value_or(m_given_kind), place.value_or(m_given_place));
}

void PlaceFields::show_place(const std::string &kind, const std::string &place) {
    m_kind->setCurrentIndex(std::max(0, m_kind->findData(QString::fromStdString(kind))));
    m_place->setPlainText(as_shown(place));
}

} // namespace studio::ui
