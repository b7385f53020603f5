#pragma once
// The detector and the readers of file formats, as the terminal uses them, on one file.
#include <filesystem>
#include <memory>

#include "policy/base/result.hpp"
#include "policy/detect/detector.hpp"

namespace huxin::quality {

struct Inspected {
  detect::Inspection inspection;
  bool by_place = false;  ///< spans are bytes of the file: text and CSV
};

/// Inspects files with the built-in catalogue, on the day that the corpus was made for. One thread.
class Inspector {
 public:
  /// As the terminal does.
  static Result<Inspector> open() { return open({}); }
  static Result<Inspector> open(const detect::DetectorOptions& options);
  Result<Inspected> inspect(const std::filesystem::path& file) const;
  const detect::Detector& detector() const { return *detector_; }

 private:
  explicit Inspector(std::shared_ptr<const detect::Detector> detector)
      : detector_(std::move(detector)), context_(detector_->context()) {}

  std::shared_ptr<const detect::Detector> detector_;
  std::unique_ptr<detect::ScanContext> context_;
};

}  // namespace huxin::quality
