#pragma once
#include <span>
#include <string_view>

namespace huxin::catalog {

/// Words by which a file's name tells of a document about such files: 流程, schema. Lower case,
/// sorted.
std::span<const std::string_view> document_words();

}  // namespace huxin::catalog
