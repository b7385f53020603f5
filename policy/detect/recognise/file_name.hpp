#pragma once
#include <string_view>

#include "policy/catalog/headings.hpp"

namespace huxin::detect {

/// Says whether a file is of a kind by its name: the last part of its place (`a.zip!b/c.jpg` is
/// c.jpg) ends in one of the suffixes and holds one of the words, or a folder above it does where
/// those count. ASCII letters in either case; the rest as it stands. Nothing is one of no names.
bool tells_kind(const catalog::FileNames& names, std::string_view where);

}  // namespace huxin::detect
