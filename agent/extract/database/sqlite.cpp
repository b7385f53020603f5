#include "agent/extract/database/sqlite.hpp"

#include <sqlcipher/sqlite3.h>

#include <algorithm>
#include <new>

namespace huxin::extract {

namespace {

constexpr std::size_t kHeader = 100;
constexpr std::size_t kWriteVersion = 18, kReadVersion = 19, kPageCount = 28;
constexpr std::uint8_t kRollbackJournal = 1, kWal = 2;
constexpr int kStepsBetweenLooks = 1000;
constexpr int kLongestStatement = 1 << 20;

std::size_t u16be(ByteView bytes, std::size_t at) {
  return static_cast<std::size_t>(bytes[at]) << 8U | bytes[at + 1];
}

/// A page size of 65,536 is stored as 1.
std::size_t page_size(ByteView header) {
  const std::size_t stored = u16be(header, 16);
  return stored == 1 ? 65536 : stored;
}

/// Pages that the header counts but the file does not have make SQLite refuse all of it, and so
/// does a log beside it that it cannot look for.
bool header_needs_mending(ByteView content) {
  if (content.size() < kHeader || page_size(content) < 512) return false;
  const std::size_t counted = u16be(content, kPageCount) << 16U | u16be(content, kPageCount + 2);
  return content[kReadVersion] == kWal || content[kWriteVersion] == kWal ||
         counted > content.size() / page_size(content);
}

Bytes with_mended_header(ByteView content) {
  Bytes copy(content.begin(), content.end());
  copy.resize(std::max<std::size_t>(copy.size() / page_size(content), 1) * page_size(content));
  const std::size_t pages = copy.size() / page_size(content);
  copy[kReadVersion] = copy[kWriteVersion] = kRollbackJournal;
  for (std::size_t i = 0; i < 4; ++i)
    copy[kPageCount + i] = static_cast<std::uint8_t>(pages >> (24 - 8 * i));
  return copy;
}

int look_at_clock(void* extraction) {
  auto& running = *static_cast<Extraction*>(extraction);
  running.check_time();
  return running.stopped() ? 1 : 0;
}

int authorise(void*, int action, const char* first, const char*, const char*, const char*) {
  const bool reads = action == SQLITE_SELECT || action == SQLITE_READ;
  const bool lists =
      action == SQLITE_PRAGMA && first != nullptr && std::string_view(first) == "table_xinfo";
  return reads || lists ? SQLITE_OK : SQLITE_DENY;
}

struct Limit {
  int id, value;
};

constexpr Limit kLimits[] = {
    {SQLITE_LIMIT_SQL_LENGTH, kLongestStatement},
    {SQLITE_LIMIT_COLUMN, 2000},
    {SQLITE_LIMIT_EXPR_DEPTH, 100},
    {SQLITE_LIMIT_COMPOUND_SELECT, 2},
    {SQLITE_LIMIT_VDBE_OP, 50'000},
    {SQLITE_LIMIT_FUNCTION_ARG, 8},
    {SQLITE_LIMIT_ATTACHED, 0},
    {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100},
    {SQLITE_LIMIT_VARIABLE_NUMBER, 0},
    {SQLITE_LIMIT_TRIGGER_DEPTH, 1},
    {SQLITE_LIMIT_WORKER_THREADS, 0},
};

constexpr Limit kSwitches[] = {
    {SQLITE_DBCONFIG_DEFENSIVE, 1},      {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
    {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0}, {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
    {SQLITE_DBCONFIG_DQS_DML, 0},        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
};

}  // namespace

SqliteFile::SqliteFile(ByteView content, Extraction& extraction) : extraction_(extraction) {
  if (header_needs_mending(content)) {
    copy_ = with_mended_header(content);
    content = copy_;
  }
  if (!open(content)) extraction.lose("corrupt");
}

bool SqliteFile::open(ByteView content) {
  constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
  if (::sqlite3_open_v2(":memory:", &database_, kFlags, nullptr) != SQLITE_OK) return false;
  // It takes bytes that may be written, and with this flag does not write them.
  auto* const bytes = const_cast<std::uint8_t*>(content.data());
  const auto size = static_cast<sqlite3_int64>(content.size());
  const int code =
      ::sqlite3_deserialize(database_, "main", bytes, size, size, SQLITE_DESERIALIZE_READONLY);
  harden(content.size());  // after it, for it attaches; nothing of the file is looked at before
  return code == SQLITE_OK;
}

void SqliteFile::harden(std::size_t size) {
  for (const Limit& limit : kLimits) ::sqlite3_limit(database_, limit.id, limit.value);
  constexpr std::size_t kLeast = kLongestStatement;
  ::sqlite3_limit(database_, SQLITE_LIMIT_LENGTH,
                  static_cast<int>(std::clamp<std::size_t>(size, kLeast, INT32_MAX / 2)));
  for (const Limit& each : kSwitches) ::sqlite3_db_config(database_, each.id, each.value, nullptr);
  ::sqlite3_exec(database_,
                 "PRAGMA temp_store=MEMORY; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0", nullptr,
                 nullptr, nullptr);
  ::sqlite3_progress_handler(database_, kStepsBetweenLooks, look_at_clock, &extraction_);
  ::sqlite3_set_authorizer(database_, authorise, nullptr);
}

SqliteFile::~SqliteFile() { ::sqlite3_close(database_); }

SqliteRows::SqliteRows(sqlite3* database, const std::string& query, Extraction& extraction)
    : extraction_(extraction) {
  const int code = ::sqlite3_prepare_v3(database, query.data(), static_cast<int>(query.size()),
                                        SQLITE_PREPARE_NO_VTAB, &statement_, nullptr);
  if (code != SQLITE_OK) lose(code);
}

SqliteRows::~SqliteRows() { ::sqlite3_finalize(statement_); }

bool SqliteRows::next() {
  if (statement_ == nullptr || extraction_.stopped()) return false;
  const int code = ::sqlite3_step(statement_);
  if (code != SQLITE_ROW && code != SQLITE_DONE) lose(code);
  return code == SQLITE_ROW;
}

void SqliteRows::lose(int code) {
  // SQLITE_NOMEM too: it is said of some broken schemas, and where memory is out an allocation of
  // ours will say so.
  if (extraction_.stopped()) return;  // interrupted, and the reason is known
  extraction_.lose((code & 0xFF) == SQLITE_TOOBIG ? "too_large" : "corrupt");
}

int SqliteRows::columns() const { return ::sqlite3_column_count(statement_); }

SqliteValue SqliteRows::value(int column) const {
  const auto length = [&] {
    return static_cast<std::size_t>(::sqlite3_column_bytes(statement_, column));
  };
  switch (::sqlite3_column_type(statement_, column)) {
    case SQLITE_INTEGER:
      return std::int64_t{::sqlite3_column_int64(statement_, column)};
    case SQLITE_FLOAT:
      return ::sqlite3_column_double(statement_, column);
    case SQLITE_TEXT: {
      const auto* const text = ::sqlite3_column_text(statement_, column);
      if (text == nullptr) throw std::bad_alloc();
      return std::string_view(reinterpret_cast<const char*>(text), length());
    }
    case SQLITE_BLOB: {
      const void* const blob = ::sqlite3_column_blob(statement_, column);
      return SqliteBlob{ByteView(static_cast<const std::uint8_t*>(blob), length())};
    }
    default:
      return {};
  }
}

std::string SqliteRows::text(int column) const {
  const SqliteValue found = value(column);
  const auto* const text = std::get_if<std::string_view>(&found);
  return text == nullptr ? std::string() : std::string(*text);
}

std::string quoted_name(std::string_view name) {
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"') quoted.push_back('"');
    quoted.push_back(c);
  }
  return quoted + '"';
}

}  // namespace huxin::extract
