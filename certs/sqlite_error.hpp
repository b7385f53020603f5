#pragma once
// Only statement.cpp and sealed_database.cpp include this: it brings the SQLCipher header in.
#define SQLITE_HAS_CODEC 1
#include <sqlcipher/sqlite3.h>

#include "policy/base/result.hpp"

namespace huxin::certs {

/// Makes a failure of the connection's last result code. The message names tables and columns,
/// never a bound value. The codes are those of Statement::step.
std::unexpected<Error> fail_sqlite(sqlite3* db, int code, std::string_view what);

}  // namespace huxin::certs
