// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/draft/draft_document.h"

#include <QFrame>
#include <QLabel>

namespace studio::ui {

// Shows how the site would look among the results of a search engine.
class SearchResult final : public QFrame {
    Q_OBJECT

public:
    explicit SearchResult(DraftDocument &document, QWidget *parent = nullptr);

private:
    void refresh();

    DraftDocument &m_document;
    QLabel *m_place;
    QLabel *m_title;
    QLabel *m_description;
};

} // namespace studio::ui
