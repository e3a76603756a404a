// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/theme.h"

#include "ui/widgets/style_sheet.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QFontDatabase>
#include <QStyleFactory>

namespace studio::ui {

namespace {

constexpr int base_pixel_size = 13;
constexpr auto portal_service = "org.freedesktop.portal.Desktop";
constexpr auto portal_path = "/org/freedesktop/portal/desktop";
constexpr auto portal_interface = "org.freedesktop.portal.Settings";
constexpr auto appearance_group = "org.freedesktop.appearance";
constexpr auto scheme_key = "color-scheme";
constexpr uint prefers_dark = 1; // XDG portal: 0 no preference, 1 dark, 2 light

QPalette palette_of(const Tokens &colors) {
    QPalette palette;
    palette.setColor(QPalette::Window, colors.window);
    palette.setColor(QPalette::WindowText, colors.text);
    palette.setColor(QPalette::Base, colors.surface);
    palette.setColor(QPalette::AlternateBase, colors.window);
    palette.setColor(QPalette::Text, colors.text);
    palette.setColor(QPalette::Button, colors.surface);
    palette.setColor(QPalette::ButtonText, colors.text);
    palette.setColor(QPalette::BrightText, colors.on_accent);
    palette.setColor(QPalette::PlaceholderText, colors.muted);
    palette.setColor(QPalette::Highlight, colors.accent_fill);
    palette.setColor(QPalette::HighlightedText, colors.on_accent);
    palette.setColor(QPalette::Link, colors.accent);
    palette.setColor(QPalette::LinkVisited, colors.accent);
    palette.setColor(QPalette::ToolTipBase, colors.raised);
    palette.setColor(QPalette::ToolTipText, colors.text);
    palette.setColor(QPalette::Mid, colors.border);
    palette.setColor(QPalette::Midlight, colors.hover);
    palette.setColor(QPalette::Light, colors.raised);
    palette.setColor(QPalette::Dark, colors.control_border);
    palette.setColor(QPalette::Shadow, QColor(0, 0, 0));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, colors.disabled);
    }
    return palette;
}

QFont base_font() {
    QFont font = QApplication::font();
    if (QFontDatabase::hasFamily(QStringLiteral("Inter"))) {
        font.setFamilies({QStringLiteral("Inter"), font.family()});
    }
    font.setPixelSize(base_pixel_size);
    return font;
}

} // namespace

const Tokens &light_tokens() {
    static const Tokens colors{.dark = false,
                               .window = "#f7f7f8",
                               .surface = "#ffffff",
                               .side_bar = "#eeeef0",
                               .raised = "#ffffff",
                               .border = "#dfdfe3",
                               .control_border = "#8b8b94",
                               .hover = "#e8e8eb",
                               .skeleton = "#e6e6ea",
                               .text = "#1f1f24",
                               .muted = "#5c5c66",
                               .disabled = "#9a9aa3",
                               .accent = "#8b4789",
                               .accent_fill = "#8b4789",
                               .accent_fill_hover = "#763a74",
                               .on_accent = "#ffffff",
                               .accent_soft = "#f3e9f3",
                               .positive = "#1d6f3a",
                               .positive_soft = "#e3f3e8",
                               .caution = "#7d5000",
                               .caution_soft = "#fbf0d9",
                               .negative = "#b3261e",
                               .negative_soft = "#fbe9e7",
                               .negative_fill = "#b3261e"};
    return colors;
}

const Tokens &dark_tokens() {
    static const Tokens colors{.dark = true,
                               .window = "#1c1c1f",
                               .surface = "#252529",
                               .side_bar = "#17171a",
                               .raised = "#2e2e33",
                               .border = "#37373d",
                               .control_border = "#7d7d87",
                               .hover = "#303036",
                               .skeleton = "#323238",
                               .text = "#ececf0",
                               .muted = "#adadb7",
                               .disabled = "#6e6e78",
                               .accent = "#d59bd3",
                               .accent_fill = "#95508f",
                               .accent_fill_hover = "#9d5697",
                               .on_accent = "#ffffff",
                               .accent_soft = "#3a2a39",
                               .positive = "#7fd09a",
                               .positive_soft = "#1f3527",
                               .caution = "#e8bd6a",
                               .caution_soft = "#3a301b",
                               .negative = "#f3a29b",
                               .negative_soft = "#412522",
                               .negative_fill = "#b3372e"};
    return colors;
}

const Tokens &tokens(const QPalette &palette) {
    return palette.color(QPalette::Window).lightness() < 128 ? dark_tokens() : light_tokens();
}

QString to_string(Appearance appearance) {
    switch (appearance) {
    case Appearance::Light:
        return QStringLiteral("light");
    case Appearance::Dark:
        return QStringLiteral("dark");
    case Appearance::System:
        break;
    }
    return QStringLiteral("system");
}

std::optional<Appearance> parse_appearance(const QString &text) {
    for (const auto appearance : {Appearance::System, Appearance::Light, Appearance::Dark}) {
        if (text == to_string(appearance)) {
            return appearance;
        }
    }
    return std::nullopt;
}

Theme::Theme(QApplication &application, QObject *parent)
    : QObject(parent), m_application(application),
      m_system_dark(application.palette().color(QPalette::Window).lightness() < 128) {
    m_application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    m_application.setFont(base_font());
    apply();
    ask_portal();
}

void Theme::set_appearance(Appearance appearance) {
    m_appearance = appearance;
    apply();
}

// Without a session bus the desktop portal cannot be asked, and trying would start a bus.
void Theme::ask_portal() {
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")) {
        return;
    }
    auto bus = QDBusConnection::sessionBus();
    bus.connect(portal_service, portal_path, portal_interface, "SettingChanged", this,
                SLOT(portal_setting_changed(QString, QString, QDBusVariant)));
    auto question = QDBusMessage::createMethodCall(portal_service, portal_path, portal_interface, "Read");
    question << appearance_group << scheme_key;
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(question, 2000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher *call) {
        const QDBusPendingReply<QDBusVariant> reply = *call;
        if (!reply.isError()) {
            portal_setting_changed(appearance_group, scheme_key, reply.value());
        }
        call->deleteLater();
    });
}

void Theme::portal_setting_changed(const QString &group, const QString &key, const QDBusVariant &value) {
    if (group != QLatin1String(appearance_group) || key != QLatin1String(scheme_key)) {
        return;
    }
    auto inner = value.variant();
    if (inner.canConvert<QDBusVariant>()) { // the portal's Read method wraps its answer twice
        inner = inner.value<QDBusVariant>().variant();
    }
    m_system_dark = inner.toUInt() == prefers_dark;
    apply();
}

void Theme::apply() {
    const bool dark =
        m_appearance == Appearance::Dark || (m_appearance == Appearance::System && m_system_dark);
    if (m_applied && dark == m_dark) {
        return;
    }
    m_applied = true;
    m_dark = dark;
    const auto &colors = dark ? dark_tokens() : light_tokens();
    m_application.setPalette(palette_of(colors));
    m_application.setStyleSheet(style_sheet(colors));
    emit changed();
}

} // namespace studio::ui
