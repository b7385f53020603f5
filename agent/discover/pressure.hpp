#pragma once
#include <filesystem>
#include <string_view>

namespace huxin::discover {

/// Is the machine at work for somebody? By the kernel's pressure-stall information: more than 20 %
/// of the last ten seconds somebody waited for a processor, more than 10 % for a disk. Where the
/// kernel has none, by the load of the last minute against the number of processors. Thread-safe.
class Pressure {
 public:
  /// `proc` is /proc, or a folder that stands for it. `processors`: 0: as many as the machine has.
  explicit Pressure(std::filesystem::path proc = "/proc", unsigned processors = 0);
  /// Reads up to three small files at each call. What cannot be read counts as not busy.
  bool busy() const;

 private:
  std::filesystem::path proc_;
  double processors_;
};

/// The share "some avg10=12.50 …" tells, in per cent; 0 where the text is something else.
double some_avg10(std::string_view text);

}  // namespace huxin::discover
