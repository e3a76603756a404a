// SPDX-License-Identifier: Apache-2.0
#include "media/s3/answers.h"

#include <QXmlStreamReader>
#include <QXmlStreamWriter>

#include <functional>

namespace studio::media::s3 {

namespace {

// Calls `begin` with each element's path ("ListBucketResult/Contents") and `end` with its path and its text.
// False where the text is no XML.
bool walk(std::string_view xml, const std::function<void(const QString &path)> &begin,
          const std::function<void(const QString &path, const std::string &text)> &end) {
    QXmlStreamReader reader(QByteArray(xml.data(), static_cast<int>(xml.size())));
    QStringList path;
    QString text;
    while (!reader.atEnd()) {
        switch (reader.readNext()) {
        case QXmlStreamReader::StartElement:
            path.append(reader.name().toString());
            text.clear();
            begin(path.join(QLatin1Char('/')));
            break;
        case QXmlStreamReader::Characters:
            text += reader.text();
            break;
        case QXmlStreamReader::EndElement:
            end(path.join(QLatin1Char('/')), text.toStdString());
            path.removeLast();
            text.clear();
            break;
        default:
            break;
        }
    }
    return !reader.hasError();
}

// As walk(), for an answer whose outermost element is known.
void read(std::string_view xml, const QString &root, const std::function<void(const QString &path)> &begin,
          const std::function<void(const QString &path, const std::string &text)> &end) {
    bool is_wanted = false;
    const bool complete = walk(
        xml,
        [&](const QString &path) {
            is_wanted = is_wanted || path == root;
            begin(path);
        },
        end);
    if (!complete || !is_wanted) {
        throw Error(ErrorKind::Other,
                    "The store's answer could not be read. Is the endpoint that of a store that "
                    "speaks S3?");
    }
}

std::uint64_t to_number(const std::string &text) {
    return QString::fromStdString(text).toULongLong();
}

} // namespace

ListPage read_list(std::string_view xml) {
    ListPage page;
    bool more = false;
    read(
        xml, QStringLiteral("ListBucketResult"),
        [&](const QString &path) {
            if (path == QLatin1String("ListBucketResult/Contents")) {
                page.objects.emplace_back();
            }
        },
        [&](const QString &path, const std::string &text) {
            if (path == QLatin1String("ListBucketResult/Contents/Key")) {
                page.objects.back().key = text;
            } else if (path == QLatin1String("ListBucketResult/Contents/Size")) {
                page.objects.back().bytes = to_number(text);
            } else if (path == QLatin1String("ListBucketResult/Contents/ETag")) {
                page.objects.back().etag = text;
            } else if (path == QLatin1String("ListBucketResult/Contents/LastModified")) {
                page.objects.back().modified = text;
            } else if (path == QLatin1String("ListBucketResult/NextContinuationToken")) {
                page.next = text;
            } else if (path == QLatin1String("ListBucketResult/IsTruncated")) {
                more = text == "true";
            }
        });
    if (!more) {
        page.next.clear();
    }
    return page;
}

PartPage read_parts(std::string_view xml) {
    PartPage page;
    bool more = false;
    read(
        xml, QStringLiteral("ListPartsResult"),
        [&](const QString &path) {
            if (path == QLatin1String("ListPartsResult/Part")) {
                page.parts.emplace_back();
            }
        },
        [&](const QString &path, const std::string &text) {
            if (path == QLatin1String("ListPartsResult/Part/PartNumber")) {
                page.parts.back().number = static_cast<int>(to_number(text));
            } else if (path == QLatin1String("ListPartsResult/Part/ETag")) {
                page.parts.back().etag = text;
            } else if (path == QLatin1String("ListPartsResult/Part/Size")) {
                page.parts.back().bytes = to_number(text);
            } else if (path == QLatin1String("ListPartsResult/NextPartNumberMarker")) {
                page.next = static_cast<int>(to_number(text));
            } else if (path == QLatin1String("ListPartsResult/IsTruncated")) {
                more = text == "true";
            }
        });
    if (!more) {
        page.next = 0;
    }
    return page;
}

std::vector<UnfinishedUpload> read_unfinished(std::string_view xml) {
    std::vector<UnfinishedUpload> uploads;
    read(
        xml, QStringLiteral("ListMultipartUploadsResult"),
        [&](const QString &path) {
            if (path == QLatin1String("ListMultipartUploadsResult/Upload")) {
                uploads.emplace_back();
            }
        },
        [&](const QString &path, const std::string &text) {
            if (path == QLatin1String("ListMultipartUploadsResult/Upload/Key")) {
                uploads.back().key = text;
            } else if (path == QLatin1String("ListMultipartUploadsResult/Upload/UploadId")) {
                uploads.back().id = text;
            } else if (path == QLatin1String("ListMultipartUploadsResult/Upload/Initiated")) {
                uploads.back().begun = text;
            }
        });
    return uploads;
}

std::string read_upload_id(std::string_view xml) {
    std::string id;
    read(
        xml, QStringLiteral("InitiateMultipartUploadResult"), [](const QString &) {},
        [&](const QString &path, const std::string &text) {
            if (path == QLatin1String("InitiateMultipartUploadResult/UploadId")) {
                id = text;
            }
        });
    return id;
}

std::vector<FailedRemoval> read_failed_removals(std::string_view xml) {
    std::vector<FailedRemoval> failed;
    read(
        xml, QStringLiteral("DeleteResult"),
        [&](const QString &path) {
            if (path == QLatin1String("DeleteResult/Error")) {
                failed.emplace_back();
            }
        },
        [&](const QString &path, const std::string &text) {
            if (path == QLatin1String("DeleteResult/Error/Key")) {
                failed.back().key = text;
            } else if (path == QLatin1String("DeleteResult/Error/Code")) {
                failed.back().code = text;
            }
        });
    return failed;
}

std::optional<Refusal> read_refusal(std::string_view xml) {
    Refusal refusal;
    bool is_error = false;
    walk(
        xml, [&](const QString &path) { is_error = is_error || path == QLatin1String("Error"); },
        [&](const QString &path, const std::string &text) {
            if (path == QLatin1String("Error/Code")) {
                refusal.code = text;
            } else if (path == QLatin1String("Error/Message")) {
                refusal.message = text;
            } else if (path == QLatin1String("Error/Region")) {
                refusal.region = text;
            } else if (path == QLatin1String("Error/Endpoint")) {
                refusal.endpoint = text;
            }
        });
    return is_error ? std::optional(refusal) : std::nullopt;
}

std::string removal_request(const std::vector<std::string> &keys) {
    QByteArray xml;
    QXmlStreamWriter writer(&xml);
    writer.writeStartElement(QStringLiteral("Delete"));
    writer.writeTextElement(QStringLiteral("Quiet"), QStringLiteral("true"));
    for (const std::string &key : keys) {
        writer.writeStartElement(QStringLiteral("Object"));
        writer.writeTextElement(QStringLiteral("Key"), QString::fromStdString(key));
        writer.writeEndElement();
    }
    writer.writeEndElement();
    return xml.toStdString();
}

std::string completion_request(const std::vector<Part> &parts) {
    QByteArray xml;
    QXmlStreamWriter writer(&xml);
    writer.writeStartElement(QStringLiteral("CompleteMultipartUpload"));
    for (const Part &part : parts) {
        writer.writeStartElement(QStringLiteral("Part"));
        writer.writeTextElement(QStringLiteral("PartNumber"), QString::number(part.number));
        writer.writeTextElement(QStringLiteral("ETag"), QString::fromStdString(part.etag));
        writer.writeEndElement();
    }
    writer.writeEndElement();
    return xml.toStdString();
}

} // namespace studio::media::s3
