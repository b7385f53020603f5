#pragma once
#include "collector/http/message.hpp"
#include "collector/import/csv.hpp"

namespace huxin::api {

/// 422 `import_refused`: what is wrong in an imported table, by line and column (ImportError of
/// openapi.yaml). Nothing was imported. Lines count from 1, columns from 1 with 0 for the whole
/// line; at most as many as the table lists, and a number of those beyond.
http::Response table_faults(const imports::CsvTable& table);

}  // namespace huxin::api
