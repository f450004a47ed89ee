#pragma once
// The error type is public: callers of the library handle the same values as its folders do.

#include <forensics/error.hpp>
