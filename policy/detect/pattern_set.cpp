#include "policy/detect/pattern_set.hpp"

#include <hs/hs.h>

#include <algorithm>
#include <new>

#include "policy/detect/pattern_cache.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxText = std::size_t{1} << 30U;

hs_database_t* database(void* handle) { return static_cast<hs_database_t*>(handle); }
hs_scratch_t* scratch_of(void* handle) { return static_cast<hs_scratch_t*>(handle); }

struct HitSink {
  std::vector<Hit>* hits;
  bool failed = false;
};

// Called from C: nothing may leave it but a return value.
int on_match(unsigned id, unsigned long long /*from*/, unsigned long long to, unsigned /*flags*/,
             void* context) noexcept {
  auto* sink = static_cast<HitSink*>(context);
  try {
    sink->hits->push_back({.pattern = id, .end = static_cast<std::uint32_t>(to)});
    return 0;
  } catch (const std::bad_alloc&) {
    sink->failed = true;
    return 1;
  }
}

Result<void*> compile(std::span<const Pattern> patterns) {
  std::vector<const char*> expressions;
  std::vector<unsigned> flags;
  std::vector<unsigned> ids;
  for (const Pattern& pattern : patterns) {
    expressions.push_back(pattern.expression.c_str());
    flags.push_back(HS_FLAG_DOTALL | (pattern.caseless ? HS_FLAG_CASELESS : 0U));
    ids.push_back(pattern.id);
  }
  hs_database_t* compiled = nullptr;
  hs_compile_error_t* problem = nullptr;
  if (hs_compile_multi(expressions.data(), flags.data(), ids.data(),
                       static_cast<unsigned>(patterns.size()), HS_MODE_BLOCK, nullptr, &compiled,
                       &problem) == HS_SUCCESS) {
    return compiled;
  }
  auto error =
      problem->expression < 0
          ? fail(Errc::kInvalid, "patterns: {}", problem->message)
          : fail(Errc::kInvalid, "pattern '{}': {}",
                 expressions[static_cast<std::size_t>(problem->expression)], problem->message);
  hs_free_compile_error(problem);
  return error;
}

// Everything a compiled database depends on.
std::string fingerprint(std::span<const Pattern> patterns) {
  hs_platform_info_t platform{};
  hs_populate_platform(&platform);
  std::string key = fmt::format("{}|{}|{:x}", hs_version(), platform.tune, platform.cpu_features);
  for (const Pattern& pattern : patterns) {
    key += fmt::format("|{}:{}:{}:{}", pattern.id, pattern.caseless, pattern.expression.size(),
                       pattern.expression);
  }
  return key;
}

void* load(const PatternCache& cache, Result<std::optional<std::string>>& stored) {
  stored = cache.load();
  if (!stored || !*stored) return nullptr;
  hs_database_t* loaded = nullptr;
  const std::string& bytes = **stored;
  if (hs_deserialize_database(bytes.data(), bytes.size(), &loaded) == HS_SUCCESS) return loaded;
  stored = fail(Errc::kCorrupt, "compiled patterns: the library does not take them");
  return nullptr;
}

Status store(const PatternCache& cache, void* handle) {
  char* bytes = nullptr;
  std::size_t size = 0;
  if (hs_serialize_database(database(handle), &bytes, &size) != HS_SUCCESS) {
    return fail(Errc::kInternal, "compiled patterns cannot be serialised");
  }
  const std::unique_ptr<char, decltype(&std::free)> owner(bytes, &std::free);
  return cache.store({bytes, size});
}

}  // namespace

void PatternSet::Free::operator()(void* handle) const { hs_free_database(database(handle)); }
void PatternSet::Scratch::Free::operator()(void* handle) const {
  hs_free_scratch(scratch_of(handle));
}

std::string literal_expression(std::string_view bytes) {
  std::string expression;
  for (const char c : bytes) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (plain) {
      expression += c;
    } else {
      expression += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
  }
  return expression;
}

std::string_view to_string(PatternSet::Cache cache) {
  switch (cache) {
    case PatternSet::Cache::kOff:
      return "off";
    case PatternSet::Cache::kLoaded:
      return "loaded";
    case PatternSet::Cache::kStored:
      return "stored";
    case PatternSet::Cache::kReplaced:
      return "replaced";
    case PatternSet::Cache::kUnwritten:
      return "unwritten";
  }
  return "unknown";
}

Result<PatternSet> PatternSet::open(std::span<const Pattern> patterns,
                                    const std::filesystem::path& folder) {
  if (hs_valid_platform() != HS_SUCCESS) {
    return fail(Errc::kUnsupported, "this CPU lacks SSSE3, which the pattern library needs");
  }
  PatternSet set;
  const PatternCache cache(folder, fingerprint(patterns));
  Result<std::optional<std::string>> stored = std::nullopt;
  if (!folder.empty()) {
    set.database_.reset(load(cache, stored));
    if (set.database_) set.cache_ = Cache::kLoaded;
  }
  if (!set.database_) {
    auto compiled = compile(patterns);
    if (!compiled) return std::unexpected(compiled.error());
    set.database_.reset(*compiled);
    if (!folder.empty()) {
      const bool written = store(cache, set.database_.get()).has_value();
      set.cache_ = !written ? Cache::kUnwritten : stored ? Cache::kStored : Cache::kReplaced;
    }
  }
  if (auto tested = set.self_test(patterns); !tested) return std::unexpected(tested.error());
  return set;
}

Result<PatternSet::Scratch> PatternSet::scratch() const {
  hs_scratch_t* raw = nullptr;
  if (hs_alloc_scratch(database(database_.get()), &raw) != HS_SUCCESS) {
    return fail(Errc::kInternal, "no scratch memory for patterns");
  }
  Scratch scratch;
  scratch.handle_.reset(raw);
  return scratch;
}

Status PatternSet::scan(std::string_view text, Scratch& scratch, std::vector<Hit>& hits) const {
  if (text.size() > kMaxText) return fail(Errc::kTooLarge, "a text of {} bytes", text.size());
  HitSink sink{&hits};
  const hs_error_t status =
      hs_scan(database(database_.get()), text.data(), static_cast<unsigned>(text.size()), 0,
              scratch_of(scratch.handle_.get()), &on_match, &sink);
  if (sink.failed) throw std::bad_alloc();
  if (status != HS_SUCCESS) return fail(Errc::kInternal, "pattern scan: error {}", status);
  return {};
}

// Builds of the library have been known to miss matches at some lengths, so each specimen is looked
// for alone, at several distances from the start, and before a tail.
Status PatternSet::self_test(std::span<const Pattern> patterns) const {
  auto memory = scratch();
  if (!memory) return std::unexpected(memory.error());
  std::vector<Hit> hits;
  for (const Pattern& pattern : patterns) {
    for (const std::size_t lead : std::initializer_list<std::size_t>{1, 15, 64, 333}) {
      const std::string text =
          std::string(lead, '#') + pattern.specimen + std::string(lead / 2, '#');
      hits.clear();
      if (auto scanned = scan(text, *memory, hits); !scanned) return scanned;
      const std::size_t end = lead + pattern.specimen.size();
      const bool found = std::ranges::any_of(
          hits, [&](const Hit& hit) { return hit.pattern == pattern.id && hit.end == end; });
      if (!found) {
        return fail(Errc::kInternal, "self-test: the pattern library misses '{}' at byte {}",
                    pattern.expression, end);
      }
    }
  }
  return {};
}

}  // namespace huxin::detect
