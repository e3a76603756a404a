// SPDX-License-Identifier: Apache-2.0
// Pictures made for tests: drawn by libvips, with metadata put into the files by hand.
#pragma once

#include <vips/vips8>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace studio::tests {

// Removed with everything in it at the end of the test.
class ScratchFolder final {
public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder &) = delete;
    ScratchFolder &operator=(const ScratchFolder &) = delete;
    const std::filesystem::path &path() const { return m_path; }
    std::filesystem::path write(const std::string &name, const std::string &bytes) const;

private:
    std::filesystem::path m_path;
};

// A smooth picture whose left upper corner is red, right upper green, lower edge dark.
vips::VImage gradient(int width, int height);
std::string jpeg_of(const vips::VImage &image);
std::string png_of(const vips::VImage &image);
std::string webp_of(const vips::VImage &image);
std::string encoded(const vips::VImage &image, const std::string &suffix);
vips::VImage decoded(const std::string &bytes);
std::vector<double> pixel(const vips::VImage &image, int x, int y);

// An EXIF block (TIFF, little endian) with the given orientation, a camera owner and a GPS position.
std::string exif_block(int orientation);
inline const std::string planted_owner = "PLANTED-OWNER-NAME";
inline const std::string planted_creator = "PLANTED-XMP-CREATOR";
inline const std::string planted_caption = "PLANTED-IPTC-CAPTION";

// Texts by tag, in the first directory and in EXIF's own.
std::string exif_of_texts(const std::map<int, std::string> &first, const std::map<int, std::string> &exif);
// The JPEG with these two blocks inserted after its start marker; "" for none.
std::string jpeg_with(const std::string &jpeg, const std::string &exif, const std::string &xmp);

// HEIC as a phone writes it: `exif` says how the picture is turned, the container does not.
std::string heic_with_exif(const vips::VImage &image, const std::string &exif, int orientation);

// The JPEG with EXIF, XMP, IPTC and a comment put in behind its start marker.
std::string jpeg_with_metadata(const std::string &jpeg, int orientation);
// The WebP with EXIF, XMP and ICCP chunks.
std::string webp_with_metadata(const std::string &webp, int orientation);
std::string png_with_exif(const std::string &png, int orientation);
// The PNG with another size in its header, and the header's checksum set right.
std::string png_with_size(const std::string &png, std::uint32_t width, std::uint32_t height);
std::string animated_webp(int width, int height);

// What a file consists of: JPEG markers as "APP1", RIFF chunk names as "EXIF".
std::vector<std::string> jpeg_segments(const std::string &jpeg);
std::vector<std::string> webp_chunks(const std::string &webp);

} // namespace studio::tests
