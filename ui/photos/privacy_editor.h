// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/photos/edit_history.h"
#include "ui/photos/region_canvas.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;
class QSlider;
class QTabBar;

namespace studio::ui {

class PicturePreview;

// Hides what nobody is to recognise in a photo, turns it, straightens it and crops it, before anything of it
// is stored. Ctrl+Z and Ctrl+Shift+Z undo and redo.
class PrivacyEditor final : public QWidget {
    Q_OBJECT

public:
    PrivacyEditor(const QString &file, const media::PictureEdits &edits, QWidget *parent = nullptr);
    const media::PictureEdits &edits() const { return m_history.edits(); }

signals:
    void finished(const studio::media::PictureEdits &edits);
    void cancelled(); // the edits stay as they were given

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    enum Tab { Covers, Crop, Result };
    void build_layout();
    QWidget *build_cover_tools();
    QWidget *build_crop_tools();
    void connect_signals();
    void connect_canvas();
    void change(const media::PictureEdits &edits, bool joins = false);
    void undo();
    void redo();
    void add_cover(const media::Region &region);
    void apply_choice(); // of the fill or the shape, to the selected cover
    void show_choice();
    void refresh();
    media::Cover new_cover() const;

    EditHistory m_history;
    PicturePreview *m_preview;
    RegionCanvas *m_canvas;
    QTabBar *m_tabs;
    QWidget *m_cover_tools = nullptr, *m_crop_tools = nullptr;
    QComboBox *m_fill = nullptr, *m_shape = nullptr;
    QPushButton *m_add = nullptr, *m_remove = nullptr, *m_turn = nullptr, *m_whole = nullptr;
    QPushButton *m_turn_left = nullptr, *m_level = nullptr; // m_level says the degrees and sets them to 0
    QPushButton *m_undo, *m_redo, *m_done, *m_cancel;
    QSlider *m_straighten = nullptr;
    QLabel *m_words;
};

} // namespace studio::ui
