#include "agent/discover/pressure.hpp"

#include <charconv>
#include <thread>

#include "policy/base/file.hpp"

namespace huxin::discover {
namespace {

constexpr double kProcessorShare = 20;
constexpr double kDiskShare = 10;
constexpr std::size_t kLongest = 4096;

double number_at(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} ? value : 0;
}

}  // namespace

double some_avg10(std::string_view text) {
  constexpr std::string_view kBefore = "some avg10=";
  return text.starts_with(kBefore) ? number_at(text.substr(kBefore.size())) : 0;
}

Pressure::Pressure(std::filesystem::path proc, unsigned processors)
    : proc_(std::move(proc)),
      processors_(processors != 0 ? processors
                                  : std::max(1U, std::thread::hardware_concurrency())) {}

bool Pressure::busy() const {
  const auto processor = read_file(proc_ / "pressure/cpu", kLongest);
  const auto disk = read_file(proc_ / "pressure/io", kLongest);
  if (processor || disk) {
    return (processor && some_avg10(*processor) > kProcessorShare) ||
           (disk && some_avg10(*disk) > kDiskShare);
  }
  const auto load = read_file(proc_ / "loadavg", kLongest);
  return load && number_at(*load) > processors_;
}

}  // namespace huxin::discover
