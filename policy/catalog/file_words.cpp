#include "policy/catalog/file_words.hpp"

namespace huxin::catalog {
namespace {

constexpr std::string_view kWords[] = {
#include "policy/catalog/document_words.inc"
};

}  // namespace

std::span<const std::string_view> document_words() { return kWords; }

}  // namespace huxin::catalog
