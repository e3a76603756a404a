// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/charts/workbook_reader.h"

#include <QFile>
#include <QXmlStreamReader>
#include <QtEndian>

#include <zlib.h>

#include <stdexcept>

namespace studio::test_support {

namespace {

// Of the ZIP format (PKWARE APPNOTE 4.3): the end of the central directory, its entries, local headers.
constexpr quint32 end_mark = 0x06054b50, entry_mark = 0x02014b50;
constexpr int end_size = 22, entry_size = 46, local_size = 30;

quint16 half(const QByteArray &bytes, qsizetype at) {
    return qFromLittleEndian<quint16>(bytes.mid(at, 2).constData());
}

quint32 word(const QByteArray &bytes, qsizetype at) {
    return qFromLittleEndian<quint32>(bytes.mid(at, 4).constData());
}

QByteArray inflated(QByteArray packed, quint32 size) {
    QByteArray plain(static_cast<qsizetype>(size), Qt::Uninitialized);
    z_stream stream{};
    stream.next_in = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef *>(plain.data());
    stream.avail_out = size;
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) {
        throw std::runtime_error("zlib does not start");
    }
    const int outcome = inflate(&stream, Z_FINISH);
    inflateEnd(&stream);
    if (outcome != Z_STREAM_END || stream.total_out != size) {
        throw std::runtime_error("a part of the workbook is damaged");
    }
    return plain;
}

QMap<QString, QByteArray> parts_of(const QByteArray &zip) {
    qsizetype end = zip.size() - end_size;
    while (end >= 0 && word(zip, end) != end_mark) {
        --end;
    }
    if (end < 0) {
        throw std::runtime_error("no ZIP file");
    }
    QMap<QString, QByteArray> parts;
    qsizetype at = word(zip, end + 16);
    for (int left = half(zip, end + 10); left > 0 && word(zip, at) == entry_mark; --left) {
        const auto name = QString::fromUtf8(zip.mid(at + entry_size, half(zip, at + 28)));
        const qsizetype local = word(zip, at + 42);
        const auto packed =
            zip.mid(local + local_size + half(zip, local + 26) + half(zip, local + 28), word(zip, at + 20));
        parts[name] = half(zip, at + 10) == 0 ? packed : inflated(packed, word(zip, at + 24));
        at += entry_size + half(zip, at + 28) + half(zip, at + 30) + half(zip, at + 32);
    }
    return parts;
}

// The row and column of a cell's name: "C4" is (3, 2).
std::pair<int, int> place_of(const QString &name) {
    int column = 0, letters = 0;
    while (letters < name.size() && name[letters].isLetter()) {
        column = column * 26 + (name[letters].unicode() - 'A' + 1);
        ++letters;
    }
    return {name.mid(letters).toInt() - 1, column - 1};
}

} // namespace

WorkbookReader::WorkbookReader(const QString &name) {
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        throw std::runtime_error(file.errorString().toStdString());
    }
    m_parts = parts_of(file.readAll());
    read_styles();
    read_strings();
    QXmlStreamReader book(part(QStringLiteral("xl/workbook.xml")));
    while (!book.atEnd()) {
        if (book.readNext() == QXmlStreamReader::StartElement && book.name() == QLatin1String("sheet")) {
            m_names << book.attributes().value(QLatin1String("name")).toString();
            read_sheet(m_names.back(), part(QStringLiteral("xl/worksheets/sheet%1.xml").arg(m_names.size())));
        }
    }
}

QByteArray WorkbookReader::part(const QString &name) const {
    if (!m_parts.contains(name)) {
        throw std::runtime_error("the workbook has no " + name.toStdString());
    }
    return m_parts[name];
}

void WorkbookReader::read_styles() {
    QMap<int, QString> numbers{{0, {}},
                               {3, QStringLiteral("#,##0")},
                               {4, QStringLiteral("#,##0.00")},
                               {10, QStringLiteral("0.00%")},
                               {46, QStringLiteral("[h]:mm:ss")}};
    QXmlStreamReader xml(part(QStringLiteral("xl/styles.xml")));
    bool cells = false;
    while (!xml.atEnd()) {
        const auto token = xml.readNext();
        if (xml.name() == QLatin1String("cellXfs")) {
            cells = token == QXmlStreamReader::StartElement;
        } else if (token == QXmlStreamReader::StartElement && xml.name() == QLatin1String("numFmt")) {
            numbers[xml.attributes().value(QLatin1String("numFmtId")).toInt()] =
                xml.attributes().value(QLatin1String("formatCode")).toString();
        } else if (token == QXmlStreamReader::StartElement && cells && xml.name() == QLatin1String("xf")) {
            m_formats << numbers.value(xml.attributes().value(QLatin1String("numFmtId")).toInt(),
                                       QStringLiteral("(unknown)"));
        }
    }
}

void WorkbookReader::read_strings() {
    if (!m_parts.contains(QStringLiteral("xl/sharedStrings.xml"))) {
        return;
    }
    QXmlStreamReader xml(part(QStringLiteral("xl/sharedStrings.xml")));
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == QLatin1String("t")) {
            m_strings << xml.readElementText();
        }
    }
}

void WorkbookReader::read_sheet(const QString &name, const QByteArray &text) {
    auto &cells = m_cells[name];
    QXmlStreamReader xml(text);
    std::pair<int, int> place;
    Cell cell;
    bool is_text = false;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) {
            continue;
        }
        if (xml.name() == QLatin1String("c")) {
            const auto about = xml.attributes();
            place = place_of(about.value(QLatin1String("r")).toString());
            is_text = about.value(QLatin1String("t")) == QLatin1String("s");
            cell.format = m_formats.value(about.value(QLatin1String("s")).toInt());
        } else if (xml.name() == QLatin1String("v")) {
            const auto value = xml.readElementText();
            cell.value = is_text ? QVariant(m_strings.value(value.toInt())) : QVariant(value.toDouble());
            cells[place] = cell;
        }
    }
}

WorkbookReader::Cell WorkbookReader::cell(const QString &sheet, int row, int column) const {
    return m_cells.value(sheet).value({row, column});
}

int WorkbookReader::row_count(const QString &sheet) const {
    const auto cells = m_cells.value(sheet);
    return cells.isEmpty() ? 0 : cells.lastKey().first + 1;
}

} // namespace studio::test_support
