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

// The studio's colours: neutral greys, one plum accent, and green, amber and red for states only. Every text
// colour has a contrast of at least 4.5:1 to the backgrounds it is used on, every border of a control 3:1
// (held by tests/ui/widgets/theme_test.cpp).
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
// The colours that belong to a widget's palette: tokens(palette()).
const Tokens &tokens(const QPalette &palette);

enum class Appearance { System, Light, Dark };
QString to_string(Appearance appearance); // "system", "light", "dark": as in the settings file
std::optional<Appearance> parse_appearance(const QString &text);

// Sets the application's look: the Fusion style, our palette and style sheet, 13 px text. While the
// appearance is System it follows the system's preference for dark mode (from the desktop portal, otherwise
// the platform's palette).
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
