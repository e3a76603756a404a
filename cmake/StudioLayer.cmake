# One flags target for every target of ours, and helpers that keep the layers' CMake files short.

add_library(studio_common INTERFACE)
target_compile_features(studio_common INTERFACE cxx_std_20)
target_compile_options(studio_common INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
    -Wcast-qual -Wformat=2 -Wimplicit-fallthrough -Werror)
# GCC 12 sees an overlap in "literal" + std::string that cannot be (its bug 105651), from -O2 on.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(studio_common INTERFACE -Wno-restrict)
endif()
target_include_directories(studio_common INTERFACE "${CMAKE_SOURCE_DIR}")
if(STUDIO_SANITIZE)
    target_compile_options(studio_common INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer)
    target_link_options(studio_common INTERFACE -fsanitize=address,undefined)
endif()

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
