// SPDX-License-Identifier: Apache-2.0
// derive_bench pages|avif FILE…: makes of each photo what the importer makes of it, without storing it: WebP
// in all widths and one JPEG ("pages"), or AVIF in all widths. Two photos at a time, as the importer does.
// Prints
// {"files", "bytes"}; time and memory are measured from outside.
#include "media/picture.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <exception>
#include <iostream>
#include <mutex>
#include <thread>

namespace {

using namespace studio::media;

std::uint64_t derive(const std::string &file, bool avif) {
    const SourcePicture source = read_source_picture(file);
    const Picture picture(source.bytes, source.format, file);
    std::uint64_t bytes = 0;
    for (const int width : derivative_widths(picture.width())) {
        const Picture sized = picture.resized(width);
        bytes += avif ? sized.avif().size() : sized.webp().size();
    }
    if (!avif) {
        bytes += picture.resized(std::min(plain_picture_width, picture.width())).jpeg().size();
    }
    return bytes;
}

std::uint64_t derive_all(const std::vector<std::string> &files, bool avif) {
    std::atomic<std::size_t> next{0};
    std::atomic<std::uint64_t> bytes{0};
    std::exception_ptr problem;
    std::mutex guard;
    const auto work = [&] {
        try {
            for (std::size_t i = next++; i < files.size(); i = next++) {
                bytes += derive(files[i], avif);
            }
        } catch (...) {
            const std::lock_guard lock(guard);
            problem = std::current_exception();
        }
    };
    std::thread other(work);
    work();
    other.join();
    if (problem) {
        std::rethrow_exception(problem);
    }
    return bytes;
}

} // namespace

int main(int count, char **arguments) {
    try {
        const std::string what = count > 2 ? arguments[1] : "";
        if (what != "pages" && what != "avif") {
            throw std::runtime_error("usage: derive_bench pages|avif FILE…");
        }
        const std::vector<std::string> files(arguments + 2, arguments + count);
        const std::uint64_t bytes = derive_all(files, what == "avif");
        std::cout << "{\"files\":" << files.size() << ",\"bytes\":" << bytes << "}\n";
        return 0;
    } catch (const std::exception &error) {
        std::cerr << "derive_bench: " << error.what() << '\n';
        return 1;
    }
}
