# One flags target for every target of ours, and helpers that keep the layers' CMake files short.

add_library(studio_common INTERFACE)
target_compile_features(studio_common INTERFACE cxx_std_20)
target_compile_options(studio_common INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
    -Wcast-qual -Wformat=2 -Wimplicit-fallthrough)
if(STUDIO_WERROR)
    target_compile_options(studio_common INTERFACE -Werror)
endif()
# GCC 12 sees overlaps and overflows within std::string that cannot be (its bugs 105651 and 105329), from -O2 on.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(studio_common INTERFACE -Wno-restrict -Wno-stringop-overread -Wno-stringop-overflow -Wno-array-bounds)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(studio_common INTERFACE -fpch-preprocess)
endif()
target_include_directories(studio_common INTERFACE "${CMAKE_SOURCE_DIR}")
if(STUDIO_SANITIZE)
    target_compile_options(studio_common INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer)
    target_link_options(studio_common INTERFACE -fsanitize=address,undefined)
endif()

# Headers that most files of a kind begin with, read once for all targets of the kind. ccache keeps what is compiled with them
# only where it may take the headers' macros as they are (CCACHE_SLOPPINESS in ./dev) and the compiler says which it read.
function(studio_precompiled_headers name)
    cmake_parse_arguments(HEADERS "" "" "HEADERS;LINKS;OPTIONS" ${ARGN})
    file(WRITE "${CMAKE_BINARY_DIR}/precompiled/${name}.cpp.in" "")
    file(COPY_FILE "${CMAKE_BINARY_DIR}/precompiled/${name}.cpp.in" "${CMAKE_BINARY_DIR}/precompiled/${name}.cpp" ONLY_IF_DIFFERENT)
    add_library(studio_headers_${name} OBJECT "${CMAKE_BINARY_DIR}/precompiled/${name}.cpp")
    target_link_libraries(studio_headers_${name} PRIVATE studio_common ${HEADERS_LINKS})
    target_compile_options(studio_headers_${name} PRIVATE ${HEADERS_OPTIONS})
    target_precompile_headers(studio_headers_${name} PRIVATE ${HEADERS_HEADERS})
endfunction()

# The target must be compiled with the options of the kind's headers.
function(studio_use_headers target name)
    target_precompile_headers(${target} REUSE_FROM studio_headers_${name})
endfunction()

# What is made of widgets.
function(studio_widgets target)
    target_compile_options(${target} PRIVATE -O1)
    studio_use_headers(${target} widgets)
endfunction()

# studio_layer(NAME SOURCES a.cpp … LINKS target …): the static library studio_NAME, alias studio::NAME.
function(studio_layer name)
    cmake_parse_arguments(LAYER "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
    add_library(studio_${name} STATIC ${LAYER_SOURCES})
    add_library(studio::${name} ALIAS studio_${name})
    target_link_libraries(studio_${name} PUBLIC studio_common ${LAYER_LINKS} PRIVATE ${LAYER_PRIVATE_LINKS})
endfunction()

# studio_test(NAME LABEL label SOURCES a.cpp … LINKS target … [TIMEOUT seconds] [ENVIRONMENT K=V …])
# A GoogleTest program registered as one ctest entry, named and labelled as docs/testing.md says.
function(studio_test name)
    cmake_parse_arguments(TEST "" "LABEL;TIMEOUT" "SOURCES;LINKS;ENVIRONMENT" ${ARGN})
    add_executable(${name} ${TEST_SOURCES})
    target_link_libraries(${name} PRIVATE studio_common ${TEST_LINKS} GTest::gmock GTest::gtest_main)
    target_compile_options(${name} PRIVATE -O0) # compiled twice as fast, and tests have no use for more
    studio_use_headers(${name} tests)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    if(NOT TEST_TIMEOUT)
        set(TEST_TIMEOUT 120)
    endif()
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES LABELS "${TEST_LABEL}" TIMEOUT ${TEST_TIMEOUT} COST ${TEST_TIMEOUT}
        ENVIRONMENT "STUDIO_SOURCE_DIR=${CMAKE_SOURCE_DIR};STUDIO_BIN_DIR=${CMAKE_BINARY_DIR}/bin;${TEST_ENVIRONMENT}")
endfunction()

# studio_qt_test(NAME SOURCES …): a QtTest program with its own main, on the offscreen platform, label ui.
function(studio_qt_test name)
    cmake_parse_arguments(TEST "" "TIMEOUT;LABEL" "SOURCES;LINKS;ENVIRONMENT" ${ARGN})
    add_executable(${name} ${TEST_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    target_link_libraries(${name} PRIVATE studio_common ${TEST_LINKS} Qt6::Test)
    target_compile_options(${name} PRIVATE -O0)
    studio_use_headers(${name} qt_tests)
    if(NOT TEST_TIMEOUT)
        set(TEST_TIMEOUT 120)
    endif()
    if(NOT TEST_LABEL)
        set(TEST_LABEL ui)
    endif()
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES LABELS "${TEST_LABEL}" TIMEOUT ${TEST_TIMEOUT} COST ${TEST_TIMEOUT}
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QTWEBENGINE_DISABLE_SANDBOX=1;QTWEBENGINE_CHROMIUM_FLAGS=--disable-gpu --no-sandbox;STUDIO_SOURCE_DIR=${CMAKE_SOURCE_DIR};STUDIO_BIN_DIR=${CMAKE_BINARY_DIR}/bin;${TEST_ENVIRONMENT}")
endfunction()
