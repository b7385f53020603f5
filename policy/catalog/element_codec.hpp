#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/catalog/element.hpp"

namespace huxin::catalog {

/// Puts elements into bytes: how the built-in catalogue, read and checked by the build, gets into
/// the program. No format for files: it has no version, and the machine's own order of bytes.
std::string encode_elements(std::span<const Element> elements);

/// Takes them out again. Trusts the bytes to be what encode_elements of the same sources wrote.
std::vector<Element> decode_elements(std::string_view bytes);

}  // namespace huxin::catalog
