#pragma once
#include <functional>
#include <optional>
#include <string_view>

#include "agent/extract/extraction.hpp"
#include "agent/extract/image/codes.hpp"

namespace huxin::extract {

/// What was seen of a picture.
struct Seen {
  std::string_view refused;        ///< why it was not decoded, as decode_image() says
  std::optional<GreyImage> image;  ///< where the budget asks for text
  Codes codes;                     ///< where the budget asks for them
};

using Decode = std::function<std::expected<GreyImage, std::string_view>()>;

/// Decodes a picture and looks for its codes, in a child: the libraries that do both take a hostile
/// picture's word for how long. `decode` runs there. The child may take what is left of `look`, but
/// of a share no more than three quarters, so that other pictures are still looked at.
///
/// Loses look.late() where that was not enough, "corrupt" where the child crashed, "too_large"
/// where it ran out of memory, "too_many_pictures" where there could be no child, or where the
/// picture has more codes than are read. What it had seen until then comes back: the image is
/// first.
Seen look_at(const Decode& decode, const Extraction::Look& look, Extraction& extraction);

}  // namespace huxin::extract
