#include "agent/watch/network/socket_owner.hpp"

#include <arpa/inet.h>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "policy/text/utf8.hpp"

namespace huxin::watch {
namespace {

template <class Number>
std::optional<Number> read_number(std::string_view text, int base) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::string> read_address(std::string_view hex) {
  if (hex.size() != 8 && hex.size() != 32) return std::nullopt;
  std::array<std::uint32_t, 4> words{};
  for (std::size_t i = 0; i < hex.size() / 8; ++i) {
    const auto word = read_number<std::uint32_t>(hex.substr(i * 8, 8), 16);
    if (!word) return std::nullopt;
    words[i] = *word;  // printed as a number of the machine's byte order, so it is kept as one
  }
  std::array<char, INET6_ADDRSTRLEN> text{};
  const bool mapped =
      hex.size() == 32 && words[0] == 0 && words[1] == 0 && words[2] == htonl(0xFFFF);
  if (mapped) words[0] = words[3];
  const int family = hex.size() == 8 || mapped ? AF_INET : AF_INET6;
  ::inet_ntop(family, words.data(), text.data(), text.size());
  return std::string(text.data());
}

std::optional<Endpoint> read_endpoint(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto address = read_address(text.substr(0, colon));
  const auto port = read_number<std::uint16_t>(text.substr(colon + 1), 16);
  if (!address || !port) return std::nullopt;
  return Endpoint{*address, *port};
}

std::optional<TcpEntry> find_entry(const Endpoint& client, const Endpoint& server) {
  for (const char* table : {"/proc/net/tcp", "/proc/net/tcp6"}) {
    std::ifstream file(table);
    for (std::string line; std::getline(file, line);) {
      const auto entry = parse_tcp_entry(line);
      if (entry && entry->local == client && entry->remote == server) return entry;
    }
  }
  return std::nullopt;
}

/// Finds the first entry of a folder that `wanted` likes. Processes come and go meanwhile: an error
/// is the end of the list.
template <class Wanted>
std::filesystem::path find_in(const std::filesystem::path& folder, Wanted wanted) {
  std::error_code error;
  std::filesystem::directory_iterator entry(folder, error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    if (wanted(entry->path())) return entry->path();
  }
  return {};
}

bool holds(const std::filesystem::path& process, const std::string& socket) {
  return !find_in(process / "fd", [&](const std::filesystem::path& fd) {
            std::error_code error;
            return std::filesystem::read_symlink(fd, error).native() == socket && !error;
          }).empty();
}

}  // namespace

std::optional<TcpEntry> parse_tcp_entry(std::string_view line) {
  // sl local rem st tx:rx tr:when retrnsmt uid timeout inode …
  std::istringstream words{std::string(line)};
  std::array<std::string, 10> word;
  for (std::string& next : word) words >> next;
  const auto local = read_endpoint(word[1]);
  const auto remote = read_endpoint(word[2]);
  const auto uid = read_number<std::uint32_t>(word[7], 10);
  const auto inode = read_number<std::uint64_t>(word[9], 10);
  if (!local || !remote || !uid || !inode) return std::nullopt;
  return TcpEntry{*local, *remote, *uid, *inode};
}

namespace {

/// Paths and account names are bytes, records are text.
std::string to_text(std::string_view bytes) {
  std::string valid;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = text::utf8_length(bytes, at);
    valid += length == 0 ? text::kReplacement : bytes.substr(at, length);
    at += std::max<std::size_t>(length, 1);
  }
  return valid;
}

}  // namespace

std::string user_name(std::uint32_t uid) {
  std::array<char, 4096> space{};
  passwd entry{};
  passwd* found = nullptr;
  if (::getpwuid_r(uid, &entry, space.data(), space.size(), &found) == 0 && found != nullptr)
    return to_text(found->pw_name);
  return fmt::format("uid:{}", uid);
}

std::optional<SocketOwner> find_socket_owner(const Endpoint& client, const Endpoint& server) {
  const auto entry = find_entry(client, server);
  if (!entry) return std::nullopt;
  SocketOwner owner{.pid = 0, .process = {}, .user = user_name(entry->uid)};
  const std::string wanted = fmt::format("socket:[{}]", entry->inode);
  const auto process = find_in("/proc", [&](const std::filesystem::path& candidate) {
    return read_number<std::int32_t>(candidate.filename().native(), 10) && holds(candidate, wanted);
  });
  if (process.empty()) return owner;
  std::error_code error;
  owner.pid = read_number<std::int32_t>(process.filename().native(), 10).value_or(0);
  owner.process = to_text(std::filesystem::read_symlink(process / "exe", error).native());
  return owner;
}

}  // namespace huxin::watch
