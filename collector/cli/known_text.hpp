#pragma once
#include <string_view>

#include <boost/json/object.hpp>

#include "collector/cli/verb.hpp"
#include "collector/publication.hpp"
#include "collector/store/known_data.hpp"

namespace huxin::collector::cli {

/// Keeps a file of what the bank knows, ships it with the policy in force and says so; a failure is
/// said already. For the verbs exact and fingerprint. Adds "serial" to `told` where a bundle
/// carries it.
void keep_and_ship(Context& context, const State& state, store::KnownKind kind, ByteView file,
                   const std::string& name, std::uint64_t entries, bool quiet,
                   boost::json::object& told);
/// The verbs `show` and `drop` of both.
void show_build(Context& context, store::KnownKind kind, bool json);
void drop_build(Context& context, store::KnownKind kind);

}  // namespace huxin::collector::cli
