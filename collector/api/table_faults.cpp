#include "collector/api/table_faults.hpp"

#include <boost/json/array.hpp>

#include "collector/api/json.hpp"

namespace huxin::api {

http::Response table_faults(const imports::CsvTable& table) {
  boost::json::array faults;
  for (const imports::CsvFault& fault : table.faults()) {
    faults.push_back({{"line", fault.line},
                      {"column", fault.column},
                      {"message_zh", fault.zh},
                      {"message_en", fault.en}});
  }
  return json_response(422, {{"error",
                              {{"code", "import_refused"},
                               {"message_zh", "表格有错，未导入任何内容"},
                               {"message_en", "The table has faults; nothing was imported"},
                               {"faults", std::move(faults)},
                               {"more", table.more_faults()}}}});
}

}  // namespace huxin::api
