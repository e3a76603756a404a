// SPDX-License-Identifier: Apache-2.0
#include "media/picture.h"

#include "media/apply_edits.h"
#include "media/asset_store.h"
#include "media/webp_metadata.h"

#include <vips/vips8>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <semaphore>
#include <vector>

namespace studio::media {
namespace {

constexpr int webp_quality = 80;
constexpr int jpeg_quality = 82;
constexpr int webp_effort = 4;
constexpr int avif_quality = 60;    // about WebP's 80 to the eye, at less than half the bytes
constexpr int avif_effort = 2;      // 4 costs five times the time for a tenth fewer bytes
constexpr int pictures_at_once = 2; // each may hold a whole decoded picture

std::counting_semaphore<pictures_at_once> free_places(pictures_at_once);

struct Place {
    Place() { free_places.acquire(); }
    ~Place() { free_places.release(); }
    Place(const Place &) = delete;
    Place &operator=(const Place &) = delete;
};

// Taken before a place: the AVIF encoder, and pictures of full size with their edits, take much memory.
std::mutex one_avif, one_edited;

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
    case PictureFormat::Heic: // of a sequence the primary picture
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

// libheif turns a picture by itself, by what the container says; what EXIF says then means nothing.
bool is_turned_by_decoder(PictureFormat format) {
    return format == PictureFormat::Avif || format == PictureFormat::Heic;
}

struct Size {
    int width = 0, height = 0;
};

Size upright_size(const vips::VImage &header, PictureFormat format) {
    const bool on_its_side = !is_turned_by_decoder(format) && has_field(header, VIPS_META_ORIENTATION) &&
                             header.get_int(VIPS_META_ORIENTATION) >= 5;
    return on_its_side ? Size{header.height(), header.width()} : Size{header.width(), header.height()};
}

int shrink_on_load(const Size &upright, const Size &largest) {
    for (const int shrink : {8, 4, 2}) {
        if (upright.width / shrink >= largest.width || upright.height / shrink >= largest.height) {
            return shrink;
        }
    }
    return 1;
}

// Not larger than `largest`, and not yet computed. The header is read before any pixel is, so that a small
// file cannot ask for gigabytes. Not thumbnail_buffer(): in libvips 8.14 it takes truncated JPEG and PNG
// files for whole.
vips::VImage decode(VipsBlob *blob, PictureFormat format, const std::string &name, const Size &largest) {
    const auto header = load(blob, format);
    refuse_too_many_pixels(header, name);
    const auto source = load(blob, format, shrink_on_load(upright_size(header, format), largest));
    auto *options = vips::VImage::option()
                        ->set("height", largest.height)
                        ->set("size", VIPS_SIZE_DOWN)
                        ->set("no_rotate", is_turned_by_decoder(format));
    // Without a profile there is nothing to convert from, and libvips would guess.
    if (has_field(source, VIPS_META_ICC_NAME) || source.interpretation() == VIPS_INTERPRETATION_CMYK) {
        options->set("export_profile", "srgb")->set("intent", VIPS_INTENT_RELATIVE);
    }
    auto image = source.thumbnail_image(largest.width, options);
    if (image.interpretation() != VIPS_INTERPRETATION_sRGB || image.bands() < 3) {
        image = image.colourspace(VIPS_INTERPRETATION_sRGB);
    }
    if (image.has_alpha()) {
        image = image.flatten(vips::VImage::option()->set("background", std::vector<double>{255, 255, 255}));
    }
    return image.cast(VIPS_FORMAT_UCHAR);
}

Pixels pixels_of(const vips::VImage &image) {
    std::size_t size = 0;
    const std::unique_ptr<void, decltype(&g_free)> memory(image.write_to_memory(&size), &g_free);
    const auto *begin = static_cast<const unsigned char *>(memory.get());
    return {image.width(), image.height(), {begin, begin + size}};
}

vips::VImage smaller(const vips::VImage &image, int width, VipsSize how = VIPS_SIZE_DOWN,
                     int height = max_picture_height) {
    return image.thumbnail_image(width, vips::VImage::option()->set("height", height)->set("size", how));
}

Size size_for_edits(const Size &upright) {
    const double pixels = static_cast<double>(upright.width) * upright.height;
    const double share = std::min(1.0, std::sqrt(static_cast<double>(max_edited_pixels) / pixels));
    return {std::max(1, static_cast<int>(upright.width * share)),
            std::max(1, static_cast<int>(upright.height * share))};
}

vips::VImage decode_with_edits(VipsBlob *blob, PictureFormat format, const std::string &name,
                               const PictureEdits &edits) {
    const auto header = load(blob, format);
    refuse_too_many_pixels(header, name);
    const Pixels edited = with_edits(
        pixels_of(decode(blob, format, name, size_for_edits(upright_size(header, format)))), edits);
    const auto image =
        vips::VImage::new_from_memory(const_cast<unsigned char *>(edited.rgb.data()), edited.rgb.size(),
                                      edited.width, edited.height, 3, VIPS_FORMAT_UCHAR)
            .copy(vips::VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB));
    return smaller(image, max_picture_width).copy_memory();
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

std::vector<int> derivative_widths(int width) {
    std::vector<int> widths;
    for (const int step : {320, 640, 960, 1280, 1920, max_picture_width}) {
        if (step * 10 <= width * 9) {
            widths.push_back(step);
        }
    }
    widths.push_back(width);
    return widths;
}

struct Picture::Data {
    vips::VImage image;
    std::string name;
};

Picture::Picture(std::string_view bytes, PictureFormat format, const std::string &name,
                 const PictureEdits &edits) {
    start_vips();
    const bool is_edited = edits != PictureEdits{};
    const auto alone = is_edited ? std::unique_lock(one_edited) : std::unique_lock<std::mutex>();
    const Place place;
    const BlobPointer blob(vips_blob_new(nullptr, bytes.data(), bytes.size()), &release);
    try {
        const auto decoded =
            is_edited
                ? decode_with_edits(blob.get(), format, name, edits)
                : decode(blob.get(), format, name, {max_picture_width, max_picture_height}).copy_memory();
        const auto image = decoded.copy();
        remove_metadata(image);
        m_data = std::make_unique<Data>(Data{image, name});
    } catch (const vips::VError &) {
        fail_unreadable(name);
    }
}

Picture::Picture(std::unique_ptr<Data> data) : m_data(std::move(data)) {}
Picture::~Picture() = default;
Picture::Picture(Picture &&) noexcept = default;
Picture &Picture::operator=(Picture &&) noexcept = default;

int Picture::width() const {
    return m_data->image.width();
}
int Picture::height() const {
    return m_data->image.height();
}

Picture Picture::resized(int target_width) const {
    start_vips();
    const Place place;
    try {
        const auto &image = m_data->image;
        return Picture(std::make_unique<Data>(
            Data{target_width < image.width() ? smaller(image, target_width).copy_memory() : image,
                 m_data->name}));
    } catch (const vips::VError &) {
        fail_unreadable(m_data->name);
    }
}

Pixels Picture::stretched(int width, int height) const {
    start_vips();
    const Place place;
    try {
        return pixels_of(smaller(m_data->image, width, VIPS_SIZE_FORCE, height));
    } catch (const vips::VError &) {
        fail_unreadable(m_data->name);
    }
}

std::string Picture::webp() const {
    start_vips();
    const Place place;
    try {
        return without_webp_metadata(take_bytes(m_data->image.webpsave_buffer(
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

std::string Picture::avif() const {
    start_vips();
    const std::lock_guard alone(one_avif);
    const Place place;
    try {
        return take_bytes(
            m_data->image.heifsave_buffer(vips::VImage::option()
                                              ->set("Q", avif_quality)
                                              ->set("effort", avif_effort)
                                              ->set("compression", VIPS_FOREIGN_HEIF_COMPRESSION_AV1)
                                              ->set("strip", true)));
    } catch (const vips::VError &) {
        fail_unreadable(m_data->name);
    }
}

Pixels upright_pixels(std::string_view bytes, PictureFormat format, const std::string &name, int max_width) {
    start_vips();
    const Place place;
    const BlobPointer blob(vips_blob_new(nullptr, bytes.data(), bytes.size()), &release);
    try {
        return pixels_of(decode(blob.get(), format, name, {std::max(1, max_width), max_picture_height}));
    } catch (const vips::VError &) {
        fail_unreadable(name);
    }
}

Metadata metadata_of(std::string_view bytes, PictureFormat format) {
    start_vips();
    const BlobPointer blob(vips_blob_new(nullptr, bytes.data(), bytes.size()), &release);
    try {
        const auto header = load(blob.get(), format);
        const auto field = [&](const char *name) {
            std::size_t size = 0;
            if (vips_image_get_typeof(header.get_image(), name) != VIPS_TYPE_BLOB) {
                return std::string();
            }
            const void *data = header.get_blob(name, &size);
            return std::string(static_cast<const char *>(data), size);
        };
        return {field(VIPS_META_EXIF_NAME), field(VIPS_META_XMP_NAME), field(VIPS_META_IPTC_NAME)};
    } catch (const vips::VError &) {
        vips_error_clear();
        return {};
    }
}

} // namespace studio::media
