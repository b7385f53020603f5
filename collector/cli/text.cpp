#include "collector/cli/text.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

#include <fmt/format.h>

#include "policy/rule/event.hpp"

namespace huxin::collector::cli {
namespace {

/// Calls `take(code point, its bytes)`; a negative code point stands for invalid bytes.
template <class Take>
void each_character(std::string_view text, Take take) {
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    const std::int32_t begin = at;
    UChar32 character = 0;
    U8_NEXT(text.data(), at, size, character);
    take(character,
         text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(at - begin)));
  }
}

std::size_t width_of(UChar32 character) {
  const auto type = u_charType(character);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK) return 0;
  const auto width = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

std::string take_columns(std::string_view text, std::size_t columns) {
  std::string taken;
  each_character(text, [&, full = false](UChar32 character, std::string_view bytes) mutable {
    const std::size_t width = width_of(character);
    full = full || width > columns;
    if (full) return;
    columns -= width;
    taken += bytes;
  });
  return taken;
}

std::string take_last_columns(std::string_view text, std::size_t columns) {
  std::size_t skip = display_width(text);
  std::string taken;
  each_character(text, [&](UChar32 character, std::string_view bytes) {
    if (skip <= columns) taken += bytes;
    skip -= std::min(skip, width_of(character));
  });
  return taken;
}

template <class Enum>
std::string enum_text(std::uint32_t number, std::uint32_t last) {
  return number == 0 || number > last ? "?"
                                      : std::string(rule::to_string(static_cast<Enum>(number)));
}

std::string padded(const std::string& cell, std::size_t width) {
  return cell + std::string(width - std::min(width, display_width(cell)), ' ');
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  each_character(text, [&](UChar32 character, std::string_view) { width += width_of(character); });
  return width;
}

std::string shorten(std::string_view text, std::size_t columns) {
  if (display_width(text) <= columns) return std::string(text);
  const std::size_t left = (columns - 1) / 3;
  return take_columns(text, left) + "…" + take_last_columns(text, columns - 1 - left);
}

std::string table(const std::vector<std::string>& header,
                  const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::vector<std::string>> all{header};
  std::vector<std::size_t> widths(header.size());
  for (const auto& row : rows) {
    all.emplace_back();
    std::ranges::transform(row, std::back_inserter(all.back()), printable);
  }
  for (const auto& row : all) {
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], display_width(row[i]));
  }
  std::string text;
  for (const auto& row : all) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      text += i + 1 == row.size() ? row[i] : padded(row[i], widths[i]) + "  ";
    }
    text += '\n';
  }
  return text;
}

std::string severity_text(std::uint32_t severity) {
  return severity == 0 || severity > 4 ? "-" : fmt::format("S{}", severity);
}
std::string action_text(std::uint32_t action) { return enum_text<rule::Action>(action, 5); }
std::string channel_text(std::uint32_t channel) { return enum_text<rule::Channel>(channel, 6); }

std::string elements_text(const record::Incident& incident) {
  std::string text;
  for (const auto& count : incident.counts()) {
    text += fmt::format("{}D{:02}×{}", text.empty() ? "" : " ", count.element(), count.findings());
  }
  return text;
}

std::string incident_line(const store::StoredIncident& stored) {
  const record::Incident& incident = stored.incident;
  std::string line =
      fmt::format("{} {} {} {}/{} {} {} {} customers={} {} {}", to_rfc3339(stored.received),
                  severity_text(incident.severity()), action_text(incident.action()),
                  enum_text<rule::Stage>(incident.stage(), 4), channel_text(incident.channel()),
                  stored.terminal, stored.branch, incident.user(), incident.customers(),
                  elements_text(incident), incident.path());
  if (!incident.destination().empty()) line += " → " + incident.destination();
  return printable(fmt::format("{} [{}] {}", line, incident.rule(), incident.rule_zh()));
}

}  // namespace huxin::collector::cli
