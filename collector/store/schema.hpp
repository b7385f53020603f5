#pragma once
#include <span>
#include <string_view>

namespace huxin::store {

/// The steps that lead an empty database to the present tables; see SealedDatabase::migrate. Steps
/// already shipped are never edited: add one. Times in the tables are milliseconds since 1970 in
/// UTC, days are days since 1970 by the bank's clock, digests are raw bytes where a column is a
/// BLOB and lower-case hex where it is TEXT. The whole file is encrypted by SQLCipher; append-only
/// tables are kept so by triggers.
std::span<const std::string_view> schema_steps();

}  // namespace huxin::store
