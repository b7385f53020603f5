#pragma once
#include "collector/http/message.hpp"
#include "collector/import/csv.hpp"

namespace huxin::api {

/// 422 `import_refused`: what is wrong in an imported table, by line and column (ImportError of
/// openapi.yaml). Nothing was imported.
http::Response table_faults(const imports::CsvTable& table);

}  // namespace huxin::api
