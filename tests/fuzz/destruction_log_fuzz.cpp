// Bytes given to the readers of what destruction reads: its own log, lists of recent files, trash.
#include <cstdlib>

#include "agent/enforce/destruction_log.hpp"
#include "agent/enforce/file_uri.hpp"
#include "agent/enforce/recent_list.hpp"

using namespace huxin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = as_text({data, size});
  if (const auto all = enforce::parse_destruction_log(input)) {
    std::string again;
    for (const enforce::Destruction& each : *all) again += enforce::format_step(each);
    if (enforce::parse_destruction_log(again).value().size() != all->size()) std::abort();
  }
  const enforce::RecentList left = enforce::without(input, "/home/a/b.csv");
  if (left.text.size() > input.size()) std::abort();
  if ((left.removed == 0) != (left.text == input)) std::abort();
  (void)enforce::trashed_path(input);
  const auto path = enforce::from_file_uri(input);
  if (path && enforce::from_file_uri(enforce::to_file_uri(*path)) != path) std::abort();
  return 0;
}
