# Writes OUTPUT, a C++ source that holds the bytes of SOURCE, which must not be empty. Character by character: a
# string literal of over 64 KiB is more than every compiler takes.
file(READ ${SOURCE} bytes HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
file(WRITE ${OUTPUT} "#include <string_view>\n"
  "namespace huxin::embedded {\n"
  "namespace {\nconstexpr char kText[] = {${bytes}};\n}  // namespace\n"
  "extern const std::string_view ${SYMBOL};\n"
  "constinit const std::string_view ${SYMBOL}(kText, sizeof kText);\n}  // namespace huxin::embedded\n")
