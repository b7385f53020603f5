# Every library the project links, in one place. ARCHITECTURE.md says why each is here.

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(Protobuf 3.21 REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)

pkg_check_modules(hs REQUIRED IMPORTED_TARGET libhs)
pkg_check_modules(simdjson REQUIRED IMPORTED_TARGET simdjson)
# sqlcipher.pc gives the version of SQLite inside: 3.46 is SQLCipher 4.6.
pkg_check_modules(sqlcipher REQUIRED IMPORTED_TARGET sqlcipher>=3.46)
pkg_check_modules(archive REQUIRED IMPORTED_TARGET libarchive)
pkg_check_modules(leptonica REQUIRED IMPORTED_TARGET lept)
pkg_check_modules(png REQUIRED IMPORTED_TARGET libpng16)
pkg_check_modules(zxing REQUIRED IMPORTED_TARGET zxing)
pkg_check_modules(qpdf REQUIRED IMPORTED_TARGET libqpdf)
pkg_check_modules(seccomp REQUIRED IMPORTED_TARGET libseccomp)
pkg_check_modules(argon2 REQUIRED IMPORTED_TARGET libargon2)
pkg_check_modules(xcb REQUIRED IMPORTED_TARGET xcb xcb-xfixes xcb-res)

# Asio and Beast are compiled once, in certs/net, not in every file.
add_library(huxin_asio INTERFACE)
target_compile_definitions(huxin_asio INTERFACE
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED
  BOOST_ASIO_DISABLE_BOOST_ARRAY BOOST_ASIO_DISABLE_BOOST_DATE_TIME)
target_link_libraries(huxin_asio INTERFACE Boost::boost OpenSSL::SSL Threads::Threads)
