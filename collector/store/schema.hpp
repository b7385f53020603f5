#pragma once
#include <span>
#include <string_view>

namespace huxin::store {

/// The steps that lead an empty database to the present tables; see SealedDatabase::migrate. Steps
/// already shipped are never edited: add one.
std::span<const std::string_view> schema_steps();

}  // namespace huxin::store
