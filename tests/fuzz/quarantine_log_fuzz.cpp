#include <cstdint>
#include <cstdlib>

#include "agent/enforce/quarantine_log.hpp"
#include "policy/base/bytes.hpp"

// Whatever stands in a log: it is refused or read, and what was read is written so that it reads
// the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto files = huxin::enforce::parse_log(huxin::as_text({data, size}));
  if (!files) return 0;
  std::string log;
  for (const auto& file : *files) log += huxin::enforce::format_step(file);
  const auto again = huxin::enforce::parse_log(log);
  if (!again || again->size() != files->size()) std::abort();
  for (std::size_t i = 0; i < files->size(); ++i) {
    if ((*again)[i].original != (*files)[i].original || (*again)[i].step != (*files)[i].step)
      std::abort();
  }
  return 0;
}
