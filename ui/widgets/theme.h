// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QApplication>
#include <QColor>
#include <QDBusVariant>
#include <QObject>
#include <QPalette>
#include <QString>

#include <optional>

namespace studio::ui {

// The studio's own colours. Neutral greys, one plum accent, and green, amber and red for state only. Every
// text colour passes 4.5:1 on the grounds it stands on and every control border 3:1:
// tests/ui/widgets/theme_test.cpp.
struct Tokens {
    bool dark = false;
    QColor window, surface, side_bar, raised;
    QColor border, control_border, hover, skeleton;
    QColor text, muted, disabled;
    QColor accent, accent_fill, accent_fill_hover, on_accent, accent_soft;
    QColor positive, positive_soft, caution, caution_soft, negative, negative_soft, negative_fill;
};

const Tokens &light_tokens();
const Tokens &dark_tokens();
// Those that belong to a widget's palette: tokens(palette()).
const Tokens &tokens(const QPalette &palette);

enum class Appearance { System, Light, Dark };
QString to_string(Appearance appearance); // "system", "light", "dark": as in the settings file
std::optional<Appearance> parse_appearance(const QString &text);

// Dresses the application: Fusion, our palette and style sheet, 13 px type. Follows the system's preference
// for dark (desktop portal, else the platform's palette) while the appearance is System.
class Theme final : public QObject {
    Q_OBJECT

public:
    explicit Theme(QApplication &application, QObject *parent = nullptr);

    Appearance appearance() const { return m_appearance; }
    void set_appearance(Appearance appearance);
    bool dark() const { return m_dark; }

signals:
    void changed();

private slots:
    void portal_setting_changed(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void ask_portal();
    void apply();

    QApplication &m_application;
    Appearance m_appearance = Appearance::System;
    bool m_system_dark = false;
    bool m_dark = false;
    bool m_applied = false;
};

} // namespace studio::ui
