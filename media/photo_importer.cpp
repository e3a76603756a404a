// SPDX-License-Identifier: Apache-2.0
#include "media/photo_importer.h"

#include "media/asset_key.h"
#include "media/picture.h"
#include "media/picture_file.h"

#include <algorithm>
#include <new>
#include <set>

namespace studio::media {
namespace {

constexpr std::uintmax_t max_file_bytes = 80'000'000;
constexpr int derivative_widths[] = {480, 960, 1440, max_picture_width};

struct Output {
    std::string key, bytes, format;
    int width = 0;
};

std::vector<int> widths_for(int width) {
    std::vector<int> widths;
    for (const int candidate : derivative_widths) {
        if (candidate < width) {
            widths.push_back(candidate);
        }
    }
    widths.push_back(width);
    return widths;
}

// Stores all files or none: when the store fails half way, the files that this call added are removed again.
void put_all(AssetStore &store, const std::vector<Output> &outputs, const std::string &prefix) {
    const auto held = store.hold();
    std::set<std::string> present;
    for (const auto &asset : store.list(prefix)) {
        present.insert(asset.key);
    }
    std::vector<std::string> added;
    try {
        for (const auto &output : outputs) {
            if (present.contains(output.key)) {
                continue;
            }
            store.put(output.key, output.bytes, "image/" + output.format);
            added.push_back(output.key);
        }
    } catch (...) {
        for (const auto &key : added) {
            store.remove(key);
        }
        throw;
    }
}

std::vector<Output> encode(const Picture &picture, const std::string &prefix) {
    std::vector<Output> outputs;
    for (const int width : widths_for(picture.width())) {
        outputs.push_back({prefix + std::to_string(width) + ".webp", picture.webp(width), "webp", width});
    }
    outputs.push_back(
        {prefix + std::to_string(picture.width()) + ".jpg", picture.jpeg(), "jpeg", picture.width()});
    return outputs;
}

models::Photo describe(const Picture &picture, const std::vector<Output> &outputs, const std::string &stem) {
    models::Photo photo;
    photo.id = stem;
    photo.width = picture.width();
    photo.height = picture.height();
    for (const auto &output : outputs) {
        if (output.format == "jpeg") {
            photo.url = "/media/" + output.key;
        } else {
            photo.derivatives.push_back({"/media/" + output.key, output.width, output.format});
        }
    }
    return photo;
}

} // namespace

models::Photo PhotoImporter::import_file(const std::filesystem::path &file, const std::string &subdomain) {
    const std::string name = file.filename().string();
    if (key_segments(subdomain).size() != 1) {
        throw Error(ErrorKind::Forbidden, "“" + subdomain + "” is not the name of a companion's site.");
    }
    try {
        const std::string bytes = read_picture_file(file, max_file_bytes);
        const auto format = picture_format(bytes);
        if (!format) {
            throw Error(ErrorKind::NotAnImage, "“" + name + "” " + what_would_work(bytes));
        }
        const std::string stem = key_stem(name);
        const std::string prefix = subdomain + "/" + stem + "-" +
                                   content_hash(std::string(photo_pipeline_version) + ":" + bytes) + "-";
        const Picture picture(bytes, *format, name);
        const auto outputs = encode(picture, prefix);
        put_all(m_store, outputs, prefix);
        return describe(picture, outputs, stem);
    } catch (const std::bad_alloc &) {
        throw Error(ErrorKind::TooLarge,
                    "Not enough memory for “" + name + "”. Close other programs or choose a smaller copy.");
    }
}

} // namespace studio::media
