#pragma once
#include <functional>
#include <string>
#include <vector>

#include "policy/base/file.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::hostile {

/// One file as a worker is handed it.
struct Input {
  std::string name;
  std::string content;
  Fd file;              ///< instead of the content
  std::string refused;  ///< why it could not be opened; empty: it was
  /// Runs in a thread of its own from the moment the scan begins, and ends by itself; may be empty.
  std::function<void(pid_t worker)> meanwhile;
};

/// One row of the table: input made to break whoever reads it, and what is to become of it.
struct Row {
  std::string name;
  /// What may come of each input: "partial bomb", "inspected", "not_inspected corrupt", …; one
  /// alone where nothing but the input decides.
  std::vector<std::string> allowed;
  /// Made anew for each run; files that are large on disk lie in the folder.
  std::function<std::vector<Input>(const test::TempDir&)> make;
};

using Rows = std::vector<Row>;

/// The families of rows.
Rows bombs();
Rows depths();
Rows pictures();
Rows disguises();
Rows strange_files();
Rows damaged_documents();

/// A row of one file that holds this.
Row row_of(std::string name, std::vector<std::string> allowed,
           std::function<std::string()> content);

}  // namespace huxin::hostile
