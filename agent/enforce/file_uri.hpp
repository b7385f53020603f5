#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace huxin::enforce {

/// Writes an absolute path as desktop programs do (GLib's g_filename_to_uri):
/// "file:///a/%E5%AE%A2". Bytes, not characters, are escaped: the path need not be UTF-8.
std::string to_file_uri(std::string_view path);

/// Reads the path out of a file URI of this machine ("file:///…" or "file://localhost/…"), whatever
/// its writer chose to escape; none for anything else.
std::optional<std::string> from_file_uri(std::string_view uri);

/// Takes %XX apart; none when one is cut short or no hex.
std::optional<std::string> percent_decode(std::string_view text);

/// What a thumbnail of this URI is called, without ".png": MD5 in hex (freedesktop thumbnail spec).
std::string thumbnail_name(std::string_view uri);

}  // namespace huxin::enforce
