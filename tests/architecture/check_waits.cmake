# cmake -DROOT=<folder> -P check_waits.cmake
# Fails, naming file and line, where a test sleeps: it waits for an event, by tests/support/eventually.h or until.mjs. Where the
# passing of time is what the test is about, the line or the one above it says so: "time is the subject: a lease ends".
# Benches measure, so they are left out.
cmake_minimum_required(VERSION 3.23)

set(WAITS tests/support/eventually.h tests/support/until.mjs)
set(sleeps "sleep_for|sleep_until|qWait[(]|msleep|usleep|nanosleep|[^A-Za-z_]sleep[(]|setTimeout|waitForTimeout|node:timers|^[ \t]*sleep ")

set(violations "")
set(sleeps_seen 0)
file(GLOB_RECURSE files RELATIVE "${ROOT}" "${ROOT}/tests/*.h" "${ROOT}/tests/*.cpp" "${ROOT}/tests/*.mjs" "${ROOT}/tests/*.js"
    "${ROOT}/tests/*.sh" "${ROOT}/tests/*.py")
foreach(file IN LISTS files)
    file(READ "${ROOT}/${file}" text)
    if(file IN_LIST WAITS OR file MATCHES "^tests/bench/" OR NOT text MATCHES "${sleeps}|sleep ")
        continue()
    endif()
    string(REGEX REPLACE "[][;\\]" " " text "${text}")
    string(REPLACE "\n" ";" lines "${text}")
    set(number 0)
    set(above "")
    foreach(line IN LISTS lines)
        math(EXPR number "${number} + 1")
        if(line MATCHES "${sleeps}")
            math(EXPR sleeps_seen "${sleeps_seen} + 1")
            if(NOT "${above}\n${line}" MATCHES "(//|#) time is the subject: [^\n]+")
                string(APPEND violations "${file}:${number}: ${line}\n")
            endif()
        endif()
        set(above "${line}")
    endforeach()
endforeach()

if(files STREQUAL "")
    message(FATAL_ERROR "No test found below ${ROOT}/tests: nothing was checked")
endif()
if(NOT violations STREQUAL "")
    message(FATAL_ERROR "Tests that sleep:\n${violations}")
endif()
message(STATUS "${sleeps_seen} tests let time pass, and say why")
