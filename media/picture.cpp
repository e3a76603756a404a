// SPDX-License-Identifier: Apache-2.0
#include "media/picture.h"

#include "media/asset_store.h"
#include "media/webp_metadata.h"

#include <vips/vips8>

#include <algorithm>
#include <mutex>
#include <semaphore>
#include <vector>

namespace studio::media {
namespace {

constexpr int webp_quality = 80;
constexpr int jpeg_quality = 82;
constexpr int webp_effort = 4;
constexpr int pictures_at_once = 2; // each may hold a whole decoded picture

std::counting_semaphore<pictures_at_once> free_places(pictures_at_once);

struct Place {
    Place() { free_places.acquire(); }
    ~Place() { free_places.release(); }
    Place(const Place &) = delete;
    Place &operator=(const Place &) = delete;
};

// libvips keeps buffers per thread; this frees them when the thread ends.
struct ThreadGuard {
    ~ThreadGuard() { vips_thread_shutdown(); }
};

void start_vips() {
    static std::once_flag once;
    std::call_once(once, [] {
        if (VIPS_INIT("companion-studio") != 0) {
            throw Error(ErrorKind::Io, "The image library libvips could not start. Install libvips42 again.");
        }
        // Only the decoders that are fuzzed upstream, and no results kept between pictures.
        vips_block_untrusted_set(TRUE);
        vips_cache_set_max(0);
        // libvips would print warnings about odd files to stderr; real failures are reported as errors.
        g_log_set_handler(
            "VIPS", static_cast<GLogLevelFlags>(G_LOG_LEVEL_WARNING | G_LOG_LEVEL_INFO),
            [](const gchar *, GLogLevelFlags, const gchar *, gpointer) {}, nullptr);
    });
    static thread_local ThreadGuard guard;
}

using BlobPointer = std::unique_ptr<VipsBlob, void (*)(VipsBlob *)>;

void release(VipsBlob *blob) {
    vips_area_unref(VIPS_AREA(blob));
}

std::string take_bytes(VipsBlob *taken) {
    const BlobPointer blob(taken, &release);
    size_t size = 0;
    const void *data = vips_blob_get(blob.get(), &size);
    return std::string(static_cast<const char *>(data), size);
}

// `shrink` is 1, 2, 4 or 8 and only used for JPEG, whose decoder can leave pixels out.
vips::VImage load(VipsBlob *blob, PictureFormat format, int shrink = 1) {
    using vips::VImage;
    auto *options =
        VImage::option()->set("access", VIPS_ACCESS_SEQUENTIAL)->set("fail_on", VIPS_FAIL_ON_TRUNCATED);
    switch (format) {
    case PictureFormat::Jpeg:
        return VImage::jpegload_buffer(blob, options->set("shrink", shrink));
    case PictureFormat::Png:
        return VImage::pngload_buffer(blob, options);
    case PictureFormat::Webp:
        return VImage::webpload_buffer(blob, options);
    case PictureFormat::Avif:
        return VImage::heifload_buffer(blob, options);
    case PictureFormat::Tiff:
        return VImage::tiffload_buffer(blob, options);
    }
    throw Error(ErrorKind::NotAnImage,
                "There is no decoder for this kind of picture. Save it as JPEG and choose that.");
}

bool has_field(const vips::VImage &image, const char *name) {
    return vips_image_get_typeof(image.get_image(), name) != 0;
}

void refuse_too_many_pixels(const vips::VImage &header, const std::string &name) {
    const long pixels = static_cast<long>(header.width()) * header.height();
    if (pixels > max_picture_pixels) {
        throw Error(ErrorKind::TooLarge, "“" + name + "” has " + std::to_string(pixels / 1'000'000) +
                                             " megapixels; at most " +
                                             std::to_string(max_picture_pixels / 1'000'000) +
                                             " are possible. Save a smaller copy and choose that.");
    }
}

int shrink_on_load(const vips::VImage &header) {
    const int side =
        std::min(header.width(), header.height()); // either may be the width once the picture is upright
    for (const int shrink : {8, 4, 2}) {
        if (side / shrink >= max_picture_width) {
            return shrink;
        }
    }
    return 1;
}

// The header is read before any pixel is, so that a small file cannot ask for gigabytes. Not
// thumbnail_buffer(): in libvips 8.14 it takes truncated JPEG and PNG files for whole.
vips::VImage decode(VipsBlob *blob, PictureFormat format, const std::string &name) {
    const auto header = load(blob, format);
    refuse_too_many_pixels(header, name);
    const auto source = load(blob, format, shrink_on_load(header));
    auto *options = vips::VImage::option()->set("height", max_picture_height)->set("size", VIPS_SIZE_DOWN);
    // Without a profile there is nothing to convert from, and libvips would guess.
    if (has_field(source, VIPS_META_ICC_NAME) || source.interpretation() == VIPS_INTERPRETATION_CMYK) {
        options->set("export_profile", "srgb")->set("intent", VIPS_INTENT_RELATIVE);
    }
    auto image = source.thumbnail_image(max_picture_width, options);
    if (image.interpretation() != VIPS_INTERPRETATION_sRGB || image.bands() < 3) {
        image = image.colourspace(VIPS_INTERPRETATION_sRGB);
    }
    if (image.has_alpha()) {
        image = image.flatten(vips::VImage::option()->set("background", std::vector<double>{255, 255, 255}));
    }
    return image.cast(VIPS_FORMAT_UCHAR).copy_memory();
}

bool is_metadata(std::string_view field) {
    for (const std::string_view prefix : {"exif", "xmp", "iptc", "icc", "photoshop", "png-comment"}) {
        if (field.starts_with(prefix)) {
            return true;
        }
    }
    return field == "orientation" || field == "comment" || field == "jpeg-comment" ||
           field == "image-description";
}

// Removes everything that the file holds besides its pixels.
void remove_metadata(const vips::VImage &image) {
    const std::unique_ptr<gchar *, decltype(&g_strfreev)> fields(vips_image_get_fields(image.get_image()),
                                                                 &g_strfreev);
    for (gchar **field = fields.get(); field != nullptr && *field != nullptr; ++field) {
        if (vips_image_get_typeof(image.get_image(), *field) != 0 && is_metadata(*field)) {
            vips_image_remove(image.get_image(), *field);
        }
    }
}

[[noreturn]] void fail_unreadable(const std::string &name) {
    vips_error_clear();
    throw Error(
        ErrorKind::NotAnImage,
        "“" + name +
            "” is damaged or not complete, perhaps because copying it stopped half way. Copy it again from "
            "where it "
            "came; if that does not help, open it in a picture program, save it as JPEG and choose that.");
}

} // namespace

struct Picture::Data {
    vips::VImage image;
    std::string name;
};

Picture::Picture(std::string_view bytes, PictureFormat format, const std::string &name) {
    start_vips();
    const Place place;
    const BlobPointer blob(vips_blob_new(nullptr, bytes.data(), bytes.size()), &release);
    try {
        const auto image = decode(blob.get(), format, name).copy();
        remove_metadata(image);
        m_data = std::make_unique<Data>(Data{image, name});
    } catch (const vips::VError &) {
        fail_unreadable(name);
    }
}

Picture::~Picture() = default;
Picture::Picture(Picture &&) noexcept = default;
Picture &Picture::operator=(Picture &&) noexcept = default;

int Picture::width() const {
    return m_data->image.width();
}
int Picture::height() const {
    return m_data->image.height();
}

std::string Picture::webp(int target_width) const {
    start_vips();
    const Place place;
    try {
        auto image = m_data->image;
        if (target_width < image.width()) {
            image = image.thumbnail_image(
                target_width,
                vips::VImage::option()->set("height", max_picture_height)->set("size", VIPS_SIZE_DOWN));
        }
        return without_webp_metadata(take_bytes(image.webpsave_buffer(
            vips::VImage::option()->set("Q", webp_quality)->set("effort", webp_effort)->set("strip", true))));
    } catch (const vips::VError &) {
        fail_unreadable(m_data->name);
    }
}

std::string Picture::jpeg() const {
    start_vips();
    const Place place;
    try {
        return take_bytes(m_data->image.jpegsave_buffer(vips::VImage::option()
                                                            ->set("Q", jpeg_quality)
                                                            ->set("interlace", true)
                                                            ->set("optimize_coding", true)
                                                            ->set("strip", true)));
    } catch (const vips::VError &) {
        fail_unreadable(m_data->name);
    }
}

} // namespace studio::media
