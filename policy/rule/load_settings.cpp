#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "policy/rule/keys.hpp"
#include "policy/rule/loader.hpp"

namespace huxin::rule::loader {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kMaxPorts = 64;

bool bits_clear_after(ByteView address, unsigned prefix) {
  for (unsigned bit = prefix; bit < address.size() * 8; ++bit) {
    if (((address[bit / 8] >> (7U - bit % 8)) & 1U) != 0) return false;
  }
  return true;
}

bool is_absolute(std::string_view path) {
  if (!path.starts_with('/')) return false;
  std::size_t at = 0;
  while (at < path.size()) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    if (path.substr(at, end - at) == "..") return false;
    at = end + 1;
  }
  return true;
}

std::vector<std::string> read_networks(const Section& section) {
  std::vector<std::string> networks;
  for (Word& word : section.words("networks")) {
    if (is_network(word.text)) {
      networks.push_back(std::move(word.text));
    } else {
      section.error(Code::kBadNetwork, word.place, "networks",
                    in_quotes(word.text) +
                        " is not a network like 10.0.0.0/8 or 2001:db8::/32 with no host bits set");
    }
  }
  return networks;
}

std::vector<std::string> read_hosts(const Section& section, std::string_view key) {
  static constexpr std::string_view kOthers = "*?.-_:[]";
  std::vector<std::string> hosts;
  for (Word& word : section.words(key)) {
    const bool fits = std::ranges::all_of(word.text, [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
             kOthers.find(c) != std::string_view::npos;
    });
    if (fits) {
      hosts.push_back(std::move(word.text));
    } else {
      section.error(Code::kBadText, word.place, key,
                    in_quotes(word.text) + " is not a host name or a glob of host names");
    }
  }
  return hosts;
}

PictureSettings read_pictures(const YamlNode& node, Diagnostics& diagnostics) {
  const Section section(node, "pictures", keys::kPictures, diagnostics);
  PictureSettings settings;
  section.read("codes", settings.codes);
  section.read("ocr", settings.ocr);
  section.read_number<std::size_t>("max_pixels", settings.max_pixels, 1'000'000, 1'000'000'000);
  section.read_number<std::size_t>("max_pages", settings.max_pages, 1, 1000);
  section.read_quantity("page_deadline", settings.page_deadline, milliseconds(100),
                        milliseconds(600'000));
  return settings;
}

void read_ports(const Section& section, std::vector<std::uint16_t>& ports) {
  if (section.find("ports") == nullptr) return;
  const std::vector<Word> words = section.words("ports");
  if (words.size() > kMaxPorts) {
    section.error(Code::kListTooLong, words.front().place, "ports",
                  fmt::format("{} entries, {} at most", words.size(), kMaxPorts));
    return;
  }
  ports.clear();
  for (const Word& word : words) {
    if (const auto port = section.number<std::uint16_t>(word, "ports", 1, 65535))
      ports.push_back(*port);
  }
}

}  // namespace

std::vector<std::string> read_paths(const Section& section, std::string_view key) {
  std::vector<std::string> paths;
  for (Word& word : section.words(key)) {
    if (is_absolute(word.text)) {
      paths.push_back(std::move(word.text));
    } else {
      section.error(Code::kBadPath, word.place, key,
                    in_quotes(word.text) + " is not an absolute path without '..'");
    }
  }
  return paths;
}

bool is_network(const std::string& text) {
  const auto slash = text.find('/');
  const std::string address = text.substr(0, slash);
  std::array<std::uint8_t, 16> bytes{};
  unsigned width = 0;
  if (::inet_pton(AF_INET, address.c_str(), bytes.data()) == 1) width = 32;
  if (width == 0 && ::inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1) width = 128;
  if (width == 0 || address.find('\0') != std::string::npos) return false;
  if (slash == std::string::npos) return true;
  unsigned prefix = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data() + slash + 1, end, prefix);
  if (problem != std::errc{} || stop != end || prefix > width) return false;
  return bits_clear_after(ByteView(bytes.data(), width / 8), prefix);
}

bool is_identifier(std::string_view text) {
  const auto letter_or_digit = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  return !text.empty() && text.size() <= 64 && letter_or_digit(text.front()) &&
         std::ranges::all_of(
             text, [&](char c) { return letter_or_digit(c) || c == '.' || c == '_' || c == '-'; });
}

InspectionSettings read_inspection(const YamlNode& node, Diagnostics& diagnostics) {
  const Section section(node, "inspection", keys::kInspection, diagnostics);
  InspectionSettings settings;
  section.read_number("min_confidence", settings.min_confidence, 0.0, 1.0);
  section.read_size("max_bytes", settings.max_bytes, 1024, std::size_t{4} << 30U);
  section.read_size("max_output", settings.max_output, std::size_t{1} << 20U,
                    std::size_t{16} << 30U);
  section.read_number("max_ratio", settings.max_ratio, std::size_t{10}, std::size_t{100'000});
  section.read_number("max_entries", settings.max_entries, std::size_t{1}, std::size_t{1'000'000});
  section.read_number("max_depth", settings.max_depth, std::size_t{1}, std::size_t{32});
  section.read_size("max_memory", settings.max_memory, std::size_t{512} << 20U,
                    std::size_t{16} << 30U);
  section.read_quantity("deadline", settings.deadline, milliseconds(10), milliseconds(600'000));
  section.read_quantity("open_deadline", settings.open_deadline, milliseconds(10),
                        milliseconds(10'000));
  section.read("fail_closed", settings.fail_closed);
  if (const YamlNode* const pictures = section.find("pictures"))
    settings.pictures = read_pictures(*pictures, diagnostics);
  return settings;
}

WatchSettings read_watch(const YamlNode& node, Diagnostics& diagnostics) {
  const Section section(node, "watch", keys::kWatch, diagnostics);
  WatchSettings settings;
  settings.directories = read_paths(section, "directories");
  settings.guarded = read_paths(section, "guarded");
  settings.exclude = section.texts("exclude");
  section.read("clipboard", settings.clipboard);
  section.read("network", settings.network);
  read_ports(section, settings.ports);
  settings.networks = read_networks(section);
  settings.tunnel_hosts = read_hosts(section, "tunnel_hosts");
  section.read("notify", settings.notify);
  if (const YamlNode* const teller = section.find("teller")) {
    const Section binding(*teller, "teller", keys::kTeller, diagnostics);
    static constexpr std::array<std::string_view, 1> kRequired{"processes"};
    binding.require(kRequired);
    settings.teller_processes = binding.texts("processes");
    settings.teller_users = binding.texts("users");
  }
  if (const YamlNode* const discover = section.find("discover"))
    settings.discover = read_discover(*discover, diagnostics);
  return settings;
}

}  // namespace huxin::rule::loader
