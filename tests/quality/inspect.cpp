#include "tests/quality/inspect.hpp"

#include "agent/extract/extract.hpp"
#include "policy/base/file.hpp"

namespace huxin::quality {
namespace {

// As document.TODAY of the generator.
Time today() {
  using namespace std::chrono;
  return sys_days(2026y / March / 1);
}

constexpr std::size_t kMaxFile = std::size_t{16} << 20U;

}  // namespace

Result<Inspector> Inspector::open(const detect::DetectorOptions& options) {
  auto detector = detect::Detector::build(catalog::Catalog::builtin(), options);
  if (!detector) return std::unexpected(detector.error());
  return Inspector(*std::move(detector));
}

Result<Inspected> Inspector::inspect(const std::filesystem::path& file) const {
  auto content = read_file(file, kMaxFile);
  if (!content) return std::unexpected(content.error());
  detect::InspectionBuilder builder(*detector_, *context_, today());
  Status added;
  const extract::Outcome outcome =
      extract::extract(as_bytes(*content), file.filename().string(), extract::Budget{},
                       [&](text::Document&& document) {
                         added = builder.add(document);
                         return added.has_value();
                       });
  if (!added) return std::unexpected(added.error().within(file.string()));
  if (outcome.coverage == extract::Coverage::kNotInspected)
    return fail(Errc::kCorrupt, "{}: not read: {}", file.string(), outcome.reason);
  return Inspected{builder.finish(), outcome.format == "text" || outcome.format == "csv"};
}

}  // namespace huxin::quality
