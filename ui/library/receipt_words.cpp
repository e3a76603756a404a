// SPDX-License-Identifier: Apache-2.0
#include "ui/library/receipt_words.h"

#include "ui/library/library_words.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace studio::ui {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("ReceiptWords", text);
}

// Steps that were asked for together.
using Round = std::vector<db::PhotoStep>;

// The last one first.
std::vector<Round> rounds_of(const std::vector<db::PhotoStep> &steps, bool has_cdn) {
    std::vector<Round> rounds;
    for (const auto &step : steps) {
        if (step.action == "purge" && !has_cdn) {
            continue;
        }
        if (rounds.empty() || rounds.back().back().reason != step.reason) {
            rounds.emplace_back();
        }
        rounds.back().push_back(step);
    }
    std::ranges::reverse(rounds);
    return rounds;
}

struct Count {
    int all = 0, done = 0;
    std::optional<models::Time> last;
    QString problem;
};

Count count(const Round &round, const std::string &action) {
    Count count;
    for (const auto &step : round) {
        if (step.action == action) {
            ++count.all;
            count.done += step.done_at ? 1 : 0;
            count.last =
                step.done_at && (!count.last || *count.last < *step.done_at) ? step.done_at : count.last;
            if (!step.done_at && !step.problem.empty()) {
                count.problem = QString::fromStdString(step.problem);
            }
        }
    }
    return count;
}

QString time_words(const Count &count) {
    return count.last ? clock_or_day(to_date_time(*count.last), QDateTime::currentDateTime()) : QString();
}

struct FileWords {
    const char *action, *one_done, *all_done, *one_open, *all_open;
};
constexpr FileWords file_words[] = {
    {"remove", QT_TRANSLATE_NOOP("ReceiptWords", "1 file removed from the store"),
     QT_TRANSLATE_NOOP("ReceiptWords", "%1 files removed from the store"),
     QT_TRANSLATE_NOOP("ReceiptWords", "1 file is to be removed"),
     QT_TRANSLATE_NOOP("ReceiptWords", "%1 files are to be removed")},
    {"hide", QT_TRANSLATE_NOOP("ReceiptWords", "1 file hidden at the store"),
     QT_TRANSLATE_NOOP("ReceiptWords", "%1 files hidden at the store"),
     QT_TRANSLATE_NOOP("ReceiptWords", "1 file is to be hidden"),
     QT_TRANSLATE_NOOP("ReceiptWords", "%1 files are to be hidden")},
    {"show", QT_TRANSLATE_NOOP("ReceiptWords", "1 file shown again"),
     QT_TRANSLATE_NOOP("ReceiptWords", "%1 files shown again"),
     QT_TRANSLATE_NOOP("ReceiptWords", "1 file is to be shown again"),
     QT_TRANSLATE_NOOP("ReceiptWords", "%1 files are to be shown again")},
    {"purge", QT_TRANSLATE_NOOP("ReceiptWords", "Copies of 1 file cleared at the CDN"),
     QT_TRANSLATE_NOOP("ReceiptWords", "Copies of %1 files cleared at the CDN"),
     QT_TRANSLATE_NOOP("ReceiptWords", "Copies of 1 file are to be cleared at the CDN"),
     QT_TRANSLATE_NOOP("ReceiptWords", "Copies of %1 files are to be cleared at the CDN")}};

void add_files(QStringList &lines, const Round &round, const FileWords &words) {
    const auto files = count(round, words.action);
    if (files.done > 0) {
        lines << QStringLiteral("%1, %2").arg(counted(files.done, tr(words.one_done), tr(words.all_done)),
                                              time_words(files));
    }
    if (const int open = files.all - files.done; open > 0) {
        const auto line = counted(open, tr(words.one_open), tr(words.all_open));
        lines << (files.problem.isEmpty() ? line : tr("%1. Tried: %2").arg(line, files.problem));
    }
}

QString reason_words(const std::string &reason) {
    return reason == "deleted"     ? tr("Taken down")
           : reason == "withdrawn" ? tr("Release withdrawn")
           : reason == "ended"     ? tr("Release over")
           : reason == "paused"    ? tr("Paused")
                                   : tr("Resumed");
}

// Of the files of a round; "" where it has none.
QString files_summary(const Round &round) {
    for (const std::string action : {"remove", "hide", "show"}) {
        const auto files = count(round, action);
        if (files.all == 0) {
            continue;
        }
        if (files.done < files.all) {
            return tr("%1 of %2 files are done. The rest is tried again until it worked.")
                .arg(files.done)
                .arg(files.all);
        }
        const auto words =
            action == "remove" ? counted(files.all, tr("its file was removed (%2), and nobody can open it."),
                                         tr("all %1 files were removed (%2), and nobody can open them."))
            : action == "hide" ? counted(files.all, tr("its file was hidden (%2), and nobody can open it."),
                                         tr("all %1 files were hidden (%2), and nobody can open them."))
                               : counted(files.all, tr("its file is shown again (%2)."),
                                         tr("all %1 files are shown again (%2)."));
        return QString(words).replace(QStringLiteral("%2"), time_words(files));
    }
    return {};
}

} // namespace

ReceiptWords receipt_words(const std::vector<db::PhotoStep> &steps, bool has_cdn) {
    ReceiptWords words;
    const auto rounds = rounds_of(steps, has_cdn);
    if (rounds.empty()) {
        return words;
    }
    const auto files = files_summary(rounds.front());
    const auto what = reason_words(rounds.front().front().reason);
    words.summary = files.isEmpty() ? tr("%1.").arg(what) : tr("%1: %2").arg(what, files);
    for (const auto &round : rounds) {
        if (rounds.size() > 1) {
            words.lines << tr("%1:").arg(reason_words(round.front().reason));
        }
        for (const auto &step : round) {
            if (step.is_of_place()) {
                words.lines << step_words(step);
            }
        }
        for (const auto &each : file_words) {
            add_files(words.lines, round, each);
        }
    }
    return words;
}

} // namespace studio::ui
