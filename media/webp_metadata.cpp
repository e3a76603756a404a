// SPDX-License-Identifier: Apache-2.0
#include "media/webp_metadata.h"

#include <webp/mux.h>

#include <memory>
#include <stdexcept>

namespace studio::media {

std::string without_webp_metadata(std::string_view webp) {
    const WebPData input{reinterpret_cast<const std::uint8_t *>(webp.data()), webp.size()};
    const std::unique_ptr<WebPMux, decltype(&WebPMuxDelete)> mux(WebPMuxCreate(&input, 0), &WebPMuxDelete);
    if (!mux) {
        throw std::runtime_error("not a WebP file");
    }
    for (const char *chunk : {"EXIF", "XMP ", "ICCP"}) {
        if (const auto result = WebPMuxDeleteChunk(mux.get(), chunk);
            result != WEBP_MUX_OK && result != WEBP_MUX_NOT_FOUND) {
            throw std::runtime_error(std::string("could not remove the WebP chunk ") + chunk);
        }
    }
    WebPData output{};
    if (WebPMuxAssemble(mux.get(), &output) != WEBP_MUX_OK) {
        throw std::runtime_error("could not rewrite the WebP file");
    }
    std::string bytes(reinterpret_cast<const char *>(output.bytes), output.size);
    WebPDataClear(&output);
    return bytes;
}

} // namespace studio::media
