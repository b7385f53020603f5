#include "certs/net/asio_headers.hpp"
