#pragma once
#include <cstdint>
#include <string_view>

namespace huxin::rule {

/// kFoldAscii takes A to Z and a to z as equal; nothing else has case here.
enum class Case : std::uint8_t { kSensitive, kFoldAscii };

/// Matches a whole text against a glob: `*` any run of characters (also '/'), `?` one character (a
/// UTF-8 code point). Takes at most |pattern| × |text| steps, whatever the pattern; no recursion.
/// Bytes are compared; an escape for the two signs does not exist. An empty pattern matches an
/// empty text alone.
bool glob_match(std::string_view pattern, std::string_view text, Case fold = Case::kSensitive);

/// Matches a network destination, `[scheme://]host[:port][/path]`. The part of the pattern before
/// its first '/' is held against the host (with the port, where the pattern has a ':'), the part
/// from there on against the path, so that `*.bank.example` never takes a path for a host. A
/// scheme, user information and a trailing dot of the host do not count, nor does the case of ASCII
/// letters. An IPv6 address keeps its brackets; a pattern without a port fits every port.
bool host_match(std::string_view pattern, std::string_view destination);

/// Matches the path of an executable; a pattern without '/' is held against its file name alone.
/// Case-sensitive.
bool process_match(std::string_view pattern, std::string_view process);

}  // namespace huxin::rule
