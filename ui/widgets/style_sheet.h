// SPDX-License-Identifier: Apache-2.0
// The one style sheet of the application, and the properties by which widgets choose their look in it.
#pragma once

#include "ui/widgets/theme.h"

#include <QLabel>
#include <QPushButton>

namespace studio::ui {

QString style_sheet(const Tokens &colors);

enum class TextRole { Title, Section, Body, Muted, Small, Mono, Negative };
void set_text_role(QLabel *label, TextRole role);

enum class ButtonRole { Neutral, Primary, Danger, Quiet };
void set_button_role(QPushButton *button, ButtonRole role);

// A framed surface on the window's ground.
void set_card(QWidget *widget);

// For fields whose value was refused: a red border.
void set_invalid(QWidget *field, bool invalid);

} // namespace studio::ui
